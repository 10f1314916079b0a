// How the window says what an import would do, did, and what undoing it did.

import type { DryRunCounts, ImportView, LineSort, Undone } from "./api";
import { count, list, services } from "./words";

export function broughtIn({ new: added, changed }: Pick<ImportView, "new" | "changed">): string {
  return `${services(added)} new, ${count(changed)} changed`;
}

export function undoneWords({ removed, restored, left }: Undone): string {
  const kept =
    left === 0
      ? ""
      : ` ${count(left)} stayed as ${left === 1 ? "it is: it was" : "they are: they were"} changed since.`;
  return `The import is undone: ${count(removed)} taken out, ${count(restored)} put back as before.${kept}`;
}

export const SORTS: readonly LineSort[] = [
  "new",
  "changed",
  "duplicate",
  "doubtful",
  "refused",
  "vanished",
  "tidied",
];

export const sortNames: Record<LineSort, string> = {
  new: "New",
  changed: "Changed",
  refused: "Refused",
  doubtful: "Doubtful",
  duplicate: "Probable duplicates",
  vanished: "No longer in the source",
  tidied: "Tidied",
};

export const sortMeanings: Record<LineSort, string> = {
  new: "These are not in the directory yet and would be added.",
  changed: "These are in the directory and would change.",
  refused: "These cannot come in as they are.",
  doubtful: "These come in. Something about them should be looked at.",
  duplicate: "These would be added, though the directory probably has them already.",
  vanished: "These came from this source before and are no longer in it. They stay in the directory.",
  tidied: "These come in a little other than the source writes them: nothing was guessed.",
};

export function countOf(counts: DryRunCounts, sort: LineSort): number {
  switch (sort) {
    case "new":
      return counts.new_services + counts.new_others;
    case "changed":
      return counts.changed_services + counts.changed_others;
    case "refused":
      return counts.refused;
    case "doubtful":
      return counts.doubtful;
    case "duplicate":
      return counts.duplicates;
    case "vanished":
      return counts.vanished;
    case "tidied":
      return counts.tidied;
  }
}

export function sameWords({ same_services, same_others }: DryRunCounts): string {
  return `The same as now: ${services(same_services)}${same_others === 0 ? "" : `, ${others(same_others)}`}.`;
}

/** What the button brings in: `120 services and 14 organisations or places`. */
export function wouldComeIn(counts: DryRunCounts): string {
  const coming = counts.new_services + counts.changed_services;
  const beside = counts.new_others + counts.changed_others;
  const parts = [coming > 0 && services(coming), beside > 0 && others(beside)];
  return list(parts.filter((part) => part !== false));
}

function others(amount: number): string {
  return amount === 1 ? "1 organisation or place" : `${count(amount)} organisations and places`;
}
