// Generated sample data for tests. None of these services exists.

import type { AssessedTerm, EntryView, Hit, ReasonView, TermView } from "../lib/api";

export const needs: readonly TermView[] = [
  "Social isolation",
  "Wellbeing",
  "Physical and mental health",
  "Lifestyle change",
  "Self-care, self-management",
  "Social welfare advice",
  "Employment",
  "Financial advice",
  "Training and learning",
  "Other",
].map(term);

export const boroughs: readonly TermView[] = [
  "Bolton",
  "Bury",
  "Manchester",
  "Oldham",
  "Rochdale",
  "Salford",
  "Stockport",
  "Tameside",
  "Trafford",
  "Wigan",
  "Whole of Greater Manchester",
  "Glossop (neighbouring area)",
].map(term);

export const tiers: readonly TermView[] = [
  "Universal services and activities",
  "Tier 1 Community-based health programme",
  "Tier 2 Specialist health support services",
  "Tier 3 Clinical-based services",
  "Unsure",
].map(term);

const kinds: readonly (readonly [string, string, number])[] = [
  ["Befriending", "Volunteers visit or ring older people who see few others, week by week.", 0],
  ["Walking group", "Gentle walks in local parks with a trained leader and a brew afterwards.", 1],
  ["Debt advice", "Help with bills, bailiffs, benefits and rent arrears from trained advisers.", 5],
  ["Carers’ centre", "A break, a listening ear and practical help for people who look after somebody.", 1],
  ["Art for wellbeing", "Painting, clay and print in a small friendly group. No experience is asked for.", 1],
  ["Health trainers", "One-to-one support over twelve weeks to eat better, move more or stop smoking.", 3],
  ["English café", "Conversation and reading in English for people who are new to the area.", 8],
  ["Back to work club", "Help with a CV, confidence and first steps after a long time out of work.", 6],
  ["Breathe easy group", "For people with a long-term chest condition and those who care for them.", 4],
];

const ways = ["Drop in", "Ring, or ask somebody to ring for you", "Ask a GP or nurse to refer", null];
const costs = ["free", "donation", null, "£3 a session"];
const places = ["comes to you", "at a community centre", null, "by phone"];
const people = ["older people", "adults", null, "carers", "anybody"];

export function sampleHit(index: number): Hit {
  const [kind, summary, need] = pick(kinds, index);
  const borough = pick(boroughs.slice(0, 10), index);
  const way = pick(ways, index);
  const tier = index % 5 === 4 ? null : pick(tiers, index);
  const old = index % 3 !== 1;
  return {
    id: `sample-${String(index)}`,
    name: `${borough.name} ${kind} ${String(index + 1)}`,
    organisation: index % 2 === 0 ? `Sample Trust ${borough.name}` : null,
    summary,
    for_whom: pick(people, index),
    where_line: pick(places, index),
    cost: pick(costs, index),
    needs: [pick(needs, need).name, ...(index % 2 === 0 ? [pick(needs, need + 1).name] : [])],
    boroughs: [borough.name],
    tier: tier?.name ?? null,
    way_in: way === null ? { ways: [], line: "Way in not known: ring first" } : { ways: [way], line: way },
    checked: old
      ? { date: "2018-05-01", said: "checked in spring 2018", stale: true }
      : { date: "2026-10-30", said: "checked 3 weeks ago, by phone", stale: false },
    status:
      index % 7 === 3
        ? { state: "waiting_list", until: null, said: "Waiting list, about 6 weeks" }
        : { state: "open", until: null, said: null },
    distance_km: null,
    why: [],
  };
}

export function sampleReasons(text: string, hit: Hit): ReasonView[] {
  if (text === "") return [];
  if (text.startsWith("lonely")) return [{ kind: "synonym", said: "lonely", found: "Social isolation" }];
  return [{ kind: "word", said: text, found: hit.name.split(" ")[1] ?? text }];
}

export function sampleEntry(index: number): EntryView {
  const hit = sampleHit(index);
  const borough = pick(boroughs.slice(0, 10), index);
  return {
    id: hit.id,
    name: hit.name,
    alternate_names: index % 2 === 0 ? [`${borough.name} neighbours`] : [],
    organisation: {
      id: `organisation-${String(index)}`,
      name: hit.organisation ?? hit.name,
      description: null,
      url: index % 2 === 0 ? "https://example.org/" : null,
    },
    summary: hit.summary,
    description:
      "A sample description of a service that does not exist, long enough to run over a line or two.",
    status: hit.status,
    alert: index % 7 === 3 ? "The hall is being repaired: ask where they meet." : null,
    needs: hit.needs.map((name) => assessed(name)),
    tier: hit.tier === null ? null : assessed(hit.tier),
    delivery_level: assessed("Wider VCSE activities"),
    activities: [assessed("Volunteering and community groups")],
    populations: [assessed("older people")],
    support_types: [assessed("Befriending, volunteering")],
    models: [],
    does: [{ ...assessed("Builds social networks"), assessed: false }],
    coverage: [borough],
    meets_you: ["at home", "by phone"],
    places: [
      {
        name: "Sample community centre",
        address: "1 Sample Street",
        postcode: "ZZ99 9ZZ",
        distance_km: 1.24,
        access: "Step-free",
      },
    ],
    who_for: hit.for_whom,
    ages: "50 and over",
    languages: ["English", "Urdu", "polski"],
    way_in: hit.way_in?.ways ?? [],
    application_process: "Leave a message; somebody rings back.",
    referrers: ["Primary care", "Self-referral"],
    phones: [{ number: "0161 496 0000", dial: "+441614960000", label: "weekday mornings" }],
    email: "hello@example.org",
    url: "https://example.org/befriending",
    opening: ["Monday to Friday, 9 am to 1 pm"],
    cost: hit.cost,
    wait: null,
    access: ["Step-free entrance"],
    checked: hit.checked,
    checks: [
      {
        what: "telephone",
        said: hit.checked.said,
        date: hit.checked.date,
        how: null,
        stale: hit.checked.stale,
      },
    ],
    sources: [
      { source: "Generated sample data", where: "Appendix S, page 1", entered_by: "a test", licence: "none" },
    ],
    not_known: ["wait", "parking", ...(hit.cost === null ? ["cost"] : [])],
  };
}

/** An entry of which next to nothing is known, as those of the report are. */
export function bareEntry(index: number): EntryView {
  return {
    ...sampleEntry(index),
    alternate_names: [],
    alert: null,
    meets_you: [],
    places: [],
    ages: null,
    languages: [],
    application_process: null,
    phones: [],
    email: null,
    url: null,
    opening: [],
    cost: null,
    access: [],
    not_known: ["telephone", "address", "opening hours", "cost", "wait"],
  };
}

function pick<T>(items: readonly T[], index: number): T {
  const item = items[index % items.length];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
}

function term(name: string): TermView {
  return { id: name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-"), name };
}

function assessed(name: string): AssessedTerm {
  return { ...term(name), detail: null, assessed: true };
}
