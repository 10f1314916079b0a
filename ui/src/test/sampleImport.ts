// Generated sample data for imports. None of these services, files or folders exists.

import type {
  Column,
  ColumnLook,
  FieldOption,
  ImportLook,
  ImportPreview,
  ImportSource,
  ImportView,
  Mapping,
  TermChoice,
} from "../lib/api";
import { needs, sampleHit } from "./sample";

export const sampleFile = "Downloads/activities.csv";

const fields: readonly FieldOption[] = [
  option("name", "Name", "service", false),
  option("summary", "Summary", "service", false, "The line that matters"),
  option("description", "Description", "service", false),
  option("phone", "Telephone", "getting_in", true),
  option("email", "Email", "getting_in", false),
  option("contact", "Contact", "getting_in", true, "Each value tells what it is"),
  option("term:need", "Need", "terms", true),
  option("coverage", "Area covered", "terms", true, "By name or code"),
  option("organisation_name", "Organisation", "organisation", false),
  option("place_name", "Name of the place", "place", false),
  option("address", "Address", "place", true, "A line of it, or all"),
  option("postcode", "Postcode", "place", false),
  option("internal", "For staff alone", "other", true, "Kept, marked not public"),
];

const terms: readonly TermChoice[] = [
  ...needs.map(({ id, name }) => ({ taxonomy: "need", taxonomy_name: "Need", term: id, name })),
  ...["Older people", "Carers", "LGBT+ people"].map((name) => ({
    taxonomy: "population",
    taxonomy_name: "For whom",
    term: name.toLowerCase().replaceAll(/[^a-z]+/g, "-"),
    name,
  })),
];

const columns: readonly (readonly [ColumnLook, string | null])[] = [
  column("Activity", ["Tea and talk", "Chair yoga"], "name", "heading says “activity”"),
  column("What happens", ["A brew and a chat, every week"], "description", "long texts"),
  column("Run by", ["Sample Trust", "Example Friends"], "organisation_name", "heading says “run by”"),
  column("Theme", ["Social", "Keep fit"], null, null, [
    { value: "Social", times: 94 },
    { value: "Keep fit", times: 61 },
    { value: "Money", times: 12 },
  ]),
  column("Ring", ["0161 496 0000", "0161 496 0101"], "phone", "holds telephone numbers"),
  column("Where", ["Sample Hall, 1 Sample Street"], "address", "holds addresses"),
  column("Post code", ["ZZ99 9ZZ"], "postcode", "heading says “post code”"),
  column("Remarks", ["ask for Sam on Mondays"], "internal", "heading says “remarks”"),
];

export function sampleLook(source: ImportSource): ImportLook {
  const name = source.from.split("/").at(-1) ?? source.from;
  if (source.from.startsWith("https://") || name.endsWith(".json")) {
    return {
      from: source.from,
      name,
      format: "oruk",
      said: "Open Referral UK 3.0, 420 services",
      table: null,
    };
  }
  const workbook = name.endsWith(".xlsx");
  return {
    from: source.from,
    name,
    format: workbook ? "xlsx" : "csv",
    said: workbook ? "workbook, 171 rows" : "CSV, 171 rows, Windows-1252, commas",
    table: {
      sheets: workbook ? ["Activities", "Old ones"] : [""],
      columns: columns.map(([look]) => look),
      mapping: sampleMapping(source.mapping),
      taken_from: null,
      fields: [...fields],
      terms: [...terms],
    },
  };
}

function sampleMapping(asked: Mapping | null): Mapping {
  return {
    source: "activities",
    licence: null,
    dated: null,
    sheet: asked?.sheet ?? null,
    header_line: asked?.header_line ?? null,
    columns: columns.map(([{ heading, nth }, field]): Column => ({ heading, nth, field, values: [] })),
    fixed: [],
  };
}

export function samplePreview({ mapping }: ImportSource): ImportPreview {
  const filled = (field: string) => mapping?.columns.some((one) => one.field === field) ?? false;
  const shown = fields.filter(({ field }) => filled(field) && field !== "name");
  const rows = Array.from({ length: 4 }, (_, index) => ({
    line: index + 2,
    name: filled("name") && index !== 2 ? sampleHit(index).name : null,
    fields: [
      ...shown.map(({ field, label }) => ({ label, value: exampleOf(mapping, field) })),
      ...(mapping?.fixed ?? []).map(({ field, value }) => ({ label: labelOf(field), value })),
    ],
    findings: index === 2 ? ["The cell of the name is empty"] : [],
  }));
  return { rows, missing: filled("name") ? [] : ["No column fills the name"] };
}

export function sampleImported(id: number, source: string, from: string): ImportView {
  return { id, source, from, when: "today, 10:12", new: 120, changed: 3, undone: false, can_undo: true };
}

function option(
  field: string,
  label: string,
  group: FieldOption["group"],
  many: boolean,
  help = "",
): FieldOption {
  return { field, label, group, many, help };
}

function column(
  heading: string,
  examples: string[],
  field: string | null,
  why: string | null,
  values: ColumnLook["values"] = [],
): readonly [ColumnLook, string | null] {
  return [{ heading, nth: 0, examples, values, filled: 171, why }, field];
}

function exampleOf(mapping: Mapping | null, field: string): string {
  const index = mapping?.columns.findIndex((one) => one.field === field) ?? -1;
  return columns[index]?.[0].examples[0] ?? "";
}

function labelOf(field: string): string {
  return fields.find((one) => one.field === field)?.label ?? field;
}
