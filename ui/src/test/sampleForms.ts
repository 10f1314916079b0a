// Generated sample forms. None of these records exists.

import type {
  EditCheck,
  EditView,
  FieldChangeView,
  FieldFault,
  Kind,
  OrganisationForm,
  PlaceForm,
  RecordForm,
  ScheduleForm,
  ServiceForm,
  TaxonomyChoices,
} from "../lib/api";
import { boroughs, needs, tiers } from "./sample";

const sampleHours: ScheduleForm = {
  days: ["MO", "TU", "WE", "TH", "FR"],
  every: "week",
  ordinals: [],
  opens: "09:00",
  closes: "13:00",
  from: null,
  until: null,
  words: null,
};

const service: ServiceForm = {
  name: "Bolton Befriending 1",
  alternate_name: "Bolton neighbours",
  other_names: [],
  summary: "Volunteers visit or ring older people who see few others, week by week.",
  description: "A sample description of a service that does not exist.",
  organisation: { id: "organisation-0", name: "Sample Trust Bolton" },
  url: "https://example.org/befriending",
  links: [],
  email: "hello@example.org",
  phones: [{ number: "0161 496 0000", description: "weekday mornings" }],
  state: "open",
  state_until: null,
  state_words: null,
  application_process: "Leave a message; somebody rings back.",
  eligibility: "older people",
  minimum_age: "50",
  maximum_age: null,
  wait_time: null,
  fees: null,
  costs: [],
  alert: null,
  schedules: [sampleHours],
  places: [
    {
      place: "place-0",
      name: "Sample community centre",
      address: "1 Sample Street, ZZ99 9ZZ",
      description: null,
      schedules: [],
    },
  ],
  areas: ["bolton"],
  languages: ["English", "Urdu"],
  keywords: [],
  terms: [
    { taxonomy: "need", codes: ["social-isolation"] },
    { taxonomy: "cost", codes: [] },
  ],
  internal: [],
};

const organisation: OrganisationForm = {
  name: "Sample Trust Bolton",
  alternate_name: null,
  description: null,
  website: "https://example.org/",
  links: [{ label: "timetable", url: "https://example.org/times" }],
  email: null,
  phones: [],
};

const place: PlaceForm = {
  name: "Sample community centre",
  description: null,
  address_1: "1 Sample Street",
  address_2: null,
  city: "Sampleton",
  postcode: "ZZ99 9ZZ",
  latitude: "53.5",
  longitude: "-2.4",
  private: false,
  transportation: null,
  access: "Step-free",
  phones: [],
  schedules: [],
};

/** Every list empty, every text unknown. */
function blanked<F extends object>(form: F): F {
  const blanks = Object.entries(form).map(([key, value]) => [key, Array.isArray(value) ? [] : null]);
  return Object.fromEntries(blanks) as F;
}

const blankService: ServiceForm = { ...blanked(service), name: "", state: "open" };

const blankOrganisation: OrganisationForm = { ...blanked(organisation), name: "" };

const blankPlace: PlaceForm = { ...blanked(place), private: false };

export function sampleForm(kind: Kind, fresh: boolean): RecordForm {
  switch (kind) {
    case "service":
      return { kind, form: fresh ? blankService : service };
    case "organisation":
      return { kind, form: fresh ? blankOrganisation : organisation };
    case "place":
      return { kind, form: fresh ? blankPlace : place };
  }
}

const taxonomies: readonly TaxonomyChoices[] = [
  choices("need", "Need", false, needs),
  choices("tier", "Tier", true, tiers),
  choices("way-in", "Way in", false, [{ id: "drop-in", name: "Drop in" }]),
  choices("population", "People", false, [{ id: "carers", name: "Carers" }]),
  choices("meets-you", "Where it meets you", false, [{ id: "home-visit", name: "Home visit" }]),
  choices("cost", "Cost", true, [{ id: "free", name: "Free" }]),
];

function choices(
  taxonomy: string,
  name: string,
  single: boolean,
  terms: readonly { id: string; name: string }[],
): TaxonomyChoices {
  return {
    taxonomy,
    name,
    single,
    terms: terms.map((term) => ({ code: term.id, name: term.name, description: null })),
  };
}

export function sampleView(kind: Kind, id: string, fresh: boolean): EditView {
  return {
    kind,
    id,
    title: fresh ? `New ${kind}` : `Edit ${sampleForm(kind, false).form.name ?? kind}`,
    fresh,
    form: sampleForm(kind, fresh),
    may: "edit",
    may_said: "You may edit this entry.",
    draft_said: null,
    taxonomies: [...taxonomies],
    areas: boroughs.map(({ id: code, name }) => ({ code, name, within: null })),
  };
}

/** What is wrong and what changed, as far as tests need to know. */
export function sampleCheck(form: RecordForm, before: RecordForm): EditCheck {
  const moved = form.kind === "place" && form.form.postcode === "M6 5AB";
  return {
    faults: faults(form),
    changed: changes(form, before),
    area: moved ? "salford" : null,
    area_said: moved ? "M6 5AB is in Salford; its point is filled in." : null,
    latitude: moved ? "53.49" : null,
    longitude: moved ? "-2.29" : null,
  };
}

function faults({ form }: RecordForm): FieldFault[] {
  const found: FieldFault[] = [];
  if (form.name === "") found.push({ field: "name", message: "Name: write what it is called." });
  if (form.phones.some(({ number }) => /[a-z]/i.test(number)))
    found.push({ field: "phones", message: "Telephone: write digits and spaces, such as 0161 496 0000." });
  return found;
}

function changes({ form }: RecordForm, { form: before }: RecordForm): FieldChangeView[] {
  const old = before as Record<string, unknown>;
  return Object.entries(form).flatMap(([field, value]) => {
    if (JSON.stringify(value) === JSON.stringify(old[field])) return [];
    const label = field.charAt(0).toUpperCase() + field.slice(1).replaceAll("_", " ");
    return [{ field, label, group: null, old: said(old[field]), new: said(value), added: [], removed: [] }];
  });
}

function said(value: unknown): string | null {
  if (value === null || value === "") return null;
  return typeof value === "string" ? value : JSON.stringify(value).replaceAll(/[[\]{}"]/g, " ");
}
