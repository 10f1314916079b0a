// Changes to a form that come from elsewhere than the keyboard. Pure.

import type { EditCheck, InboxField, OrganisationForm, PhoneForm, PlaceForm, RecordForm } from "../lib/api";
import type { Tie } from "./useEditing";

type Named = Readonly<{ form: RecordForm; tie: Tie | null }>;

/** The form with the organisation or place that was saved on top of it. */
export function withTied(under: RecordForm, { form, tie }: Named, id: string): RecordForm {
  if (under.kind !== "service" || tie === null) return under;
  const service = under.form;
  if (form.kind === "organisation")
    return { ...under, form: { ...service, organisation: { id, name: form.form.name } } };
  if (form.kind !== "place") return under;
  const { name, address_1, city, postcode } = form.form;
  const address = [address_1, city, postcode].filter((part) => part !== null && part !== "").join(", ");
  const said = { place: id, name, address: address === "" ? null : address };
  const known = service.places.some(({ place }) => place === id);
  const places = known
    ? service.places.map((one) => (one.place === id ? { ...one, ...said } : one))
    : [...service.places, { ...said, description: null, schedules: [] }];
  return { ...under, form: { ...service, places } };
}

/** HSDS names of single values, with the names that they have in the form. */
const formKeys: Readonly<Record<string, string>> = {
  eligibility_description: "eligibility",
  fees_description: "fees",
  "signpost.summary": "summary",
  "signpost.keywords": "keywords",
  "signpost.other_names": "other_names",
};

/** The form with what somebody suggested laid over it, as far as it fits the form; the rest is shown beside. */
export function withSuggested(form: RecordForm, fields: readonly InboxField[]): RecordForm {
  const laid = fields.map(({ field, json }) => [formKeys[field] ?? field, parsed(json)] as const);
  const fitting = laid
    .filter(([key, value]) => key in form.form && fits(key, value))
    .map(([key, value]) => [key, key === "phones" ? phones(value) : value] as const);
  return { ...form, form: { ...form.form, ...Object.fromEntries(fitting) } } as RecordForm;
}

/** Whether a value of the record is one of the form too. */
function fits(key: string, value: unknown): boolean {
  const list = ["keywords", "other_names"].includes(key);
  if (list) return Array.isArray(value) && value.every((one) => typeof one === "string");
  if (key === "phones") return Array.isArray(value);
  return typeof value === "string";
}

function phones(value: unknown): PhoneForm[] {
  return (value as { number?: unknown; description?: unknown }[]).map(({ number, description }) => ({
    number: typeof number === "string" ? number : "",
    description: typeof description === "string" ? description : null,
  }));
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return null;
  }
}

type Point = Pick<PlaceForm, "latitude" | "longitude">;

/**
 * A place whose postcode is another one has another point: the one that was found, or none. A point that
 * somebody wrote by hand stays. Null: nothing is to be changed.
 */
export function withPoint(
  form: PlaceForm,
  start: PlaceForm,
  found: Point | null,
  check: EditCheck,
): PlaceForm | null {
  const same = (one: Point | null) =>
    one !== null && one.latitude === form.latitude && one.longitude === form.longitude;
  const moved = form.postcode !== start.postcode;
  if (!moved || !(same(start) || same(found))) return null;
  const { latitude, longitude } = check;
  return same({ latitude, longitude }) ? null : { ...form, latitude, longitude };
}

/** The name that a record goes by on the screen while it is written. */
export function nameOf({ form }: RecordForm): string {
  return (form as OrganisationForm).name;
}
