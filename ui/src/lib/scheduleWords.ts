// Hours in a sentence, as people say them.

import type { ScheduleForm } from "./api";
import { saidDay } from "./typed";
import { capital, list } from "./words";

const names: Readonly<Record<string, string>> = {
  MO: "Monday",
  TU: "Tuesday",
  WE: "Wednesday",
  TH: "Thursday",
  FR: "Friday",
  SA: "Saturday",
  SU: "Sunday",
};
const ORDER = Object.keys(names);

const ordinals: Readonly<Record<string, string>> = {
  "1": "first",
  "2": "second",
  "3": "third",
  "4": "fourth",
  "-1": "last",
};

export function scheduleSaid({
  days,
  every,
  ordinals: nth,
  opens,
  closes,
  from,
  until,
  words,
}: ScheduleForm) {
  const which = list(nth.map((one) => ordinals[String(one)] ?? String(one)));
  const said = daysSaid(days);
  const when = every === "month" && which !== "" ? `the ${which} ${said} of the month` : said;
  const times = opens === null && closes === null ? "times not known" : `${opens ?? "?"} to ${closes ?? "?"}`;
  const bounds = [from !== null && `from ${saidDay(from)}`, until !== null && `until ${saidDay(until)}`];
  const bare = days.length === 0 && opens === null && closes === null;
  if (bare && words !== null) return words;
  return [capital(when), times, ...bounds, words]
    .filter((part) => part !== false && part !== null)
    .join(", ");
}

function daysSaid(days: readonly string[]): string {
  const at = ORDER.flatMap((day, index) => (days.includes(day) ? [index] : []));
  const name = (index: number | undefined) => names[ORDER[index ?? -1] ?? ""] ?? "";
  if (at.length === 0) return "days not known";
  if (at.length === ORDER.length) return "every day";
  const run = at.length > 2 && at.every((index, place) => index === (at[0] ?? 0) + place);
  return run ? `${name(at[0])} to ${name(at.at(-1))}` : list(at.map(name));
}
