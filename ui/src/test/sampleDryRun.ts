// A generated dry run. Nothing in it exists.

import type { DryRun, DryRunLine, ImportSource, LineSort } from "../lib/api";
import { sampleHit } from "./sample";

const perSort: Record<LineSort, number> = {
  new: 120,
  changed: 3,
  refused: 2,
  doubtful: 1,
  duplicate: 2,
  vanished: 0,
  tidied: 4,
};

export function sampleDryRun(source: ImportSource): DryRun {
  return {
    id: "dry-run-1",
    source: source.mapping?.source ?? "example.org",
    said: "171 rows",
    counts: {
      new_services: perSort.new,
      changed_services: perSort.changed,
      same_services: 46,
      new_others: 0,
      changed_others: 0,
      same_others: 0,
      refused: perSort.refused,
      doubtful: perSort.doubtful,
      duplicates: perSort.duplicate,
      vanished: perSort.vanished,
      tidied: perSort.tidied,
    },
    can_import: true,
  };
}

const messages: Record<LineSort, string> = {
  new: "",
  changed: "",
  refused: "It has no name. Fill the cell, or leave the row out.",
  doubtful: "“0161 496” is too short for a telephone number. It is kept as it stands.",
  duplicate: "Same name and postcode.",
  vanished: "It was in the last import.",
  tidied: "The telephone number has its 0 again.",
};

export function sampleLines(sort: LineSort, page: number) {
  const total = perSort[sort];
  const first = page * 50;
  return {
    total,
    lines: Array.from({ length: Math.min(50, total - first) }, (_, at) => sampleLine(sort, first + at)),
  };
}

function sampleLine(sort: LineSort, index: number): DryRunLine {
  const hit = sampleHit(index);
  const known = sort === "duplicate" || sort === "changed";
  return {
    sort,
    kind: sort === "refused" ? "" : "service",
    name: sort === "refused" ? "" : hit.name,
    at: `line ${String(index + 2)}`,
    message: messages[sort],
    changes:
      sort === "changed"
        ? [
            { field: "phones", from: "0161 496 0000", to: "0161 496 0101" },
            { field: "fees_description", from: null, to: "£2 a session" },
          ]
        : [],
    entry: known ? { id: hit.id, name: hit.name } : null,
  };
}
