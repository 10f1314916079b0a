// The types of importing and exporting, as Rust writes them.

/** What is to be imported, and as what. */
export type ImportSource = { from: string; format: ImportFormat | null; mapping: Mapping | null };

/** A format that can be imported. */
type ImportFormat = "csv" | "xlsx" | "hsds" | "oruk";

/** What a file is found to be, before anything is imported. */
export type ImportLook = {
  from: string;
  name: string;
  format: ImportFormat;
  said: string;
  table: TableLook | null;
};

/** A table and the mapping that is proposed for it. */
export type TableLook = {
  sheets: string[];
  columns: ColumnLook[];
  mapping: Mapping;
  taken_from: string | null;
  fields: FieldOption[];
  terms: TermChoice[];
};

/** A column with examples of what it holds. */
export type ColumnLook = {
  heading: string;
  nth: number;
  examples: string[];
  values: ValueCount[];
  filled: number;
  why: string | null;
};

/** How often a value stands in a column. */
type ValueCount = { value: string; times: number };

/** A term that a value may mean. */
export type TermChoice = { taxonomy: string; taxonomy_name: string; term: string; name: string };

/** What the first rows become under a mapping. */
export type ImportPreview = { rows: PreviewRow[]; missing: string[] };

/** A row and what it becomes. */
export type PreviewRow = { line: number; name: string | null; fields: PreviewField[]; findings: string[] };

/** A field as it would be. */
type PreviewField = { label: string; value: string };

/** What an import would do. Nothing has changed yet. */
export type DryRun = { id: string; source: string; said: string; counts: DryRunCounts; can_import: boolean };

/** How many of each sort. Services, organisations and places count alike. */
export type DryRunCounts = {
  new_services: number;
  changed_services: number;
  same_services: number;
  new_others: number;
  changed_others: number;
  same_others: number;
  refused: number;
  doubtful: number;
  duplicates: number;
  vanished: number;
};

/** A sort of line of a dry run. */
export type LineSort = "new" | "changed" | "refused" | "doubtful" | "duplicate" | "vanished";

/** A page of the lines of one sort. */
export type DryRunPage = { total: number; lines: DryRunLine[] };

/** What would become of one record, or what is the matter with it. */
export type DryRunLine = {
  sort: LineSort;
  kind: string;
  name: string;
  at: string;
  message: string;
  changes: FieldChange[];
  entry: EntryRef | null;
};

/** A field before and after. */
type FieldChange = { field: string; from: string | null; to: string | null };

/** An entry by identifier and name. */
export type EntryRef = { id: string; name: string };

/** An import that was made. */
export type ImportView = {
  id: number;
  source: string;
  from: string;
  when: string;
  new: number;
  changed: number;
  undone: boolean;
  can_undo: boolean;
};

/** What undoing an import did. */
export type Undone = { removed: number; restored: number; left: number };

/** How far something is that takes a while. */
export type JobProgress = { said: string; per_mille: number | null; seconds_left: number | null };

/** As what the directory, or a part of it, goes out. */
export type ExportFormat = "hsds" | "hsds-ndjson" | "hsds-package" | "csv" | "xlsx";

/** What went out. */
export type Exported = { services: number; to: string };

/** The full list of postcodes, where one was imported. */
export type PostcodesView = {
  said: string;
  live: number;
  ended: number;
  licence: string[];
  dated: string | null;
};

/** A sort of field, as a list of choices is divided. */
export type FieldGroup = "service" | "getting_in" | "terms" | "organisation" | "place" | "other";

/** A field as somebody chooses it. */
export type FieldOption = { field: string; label: string; group: FieldGroup; help: string; many: boolean };

/** A term of a taxonomy by its codes. */
export type TermRef = { taxonomy: string; term: string };

/** What a value of a column means. */
type ValueRule = { value: string; terms: TermRef[] };

/** What becomes of a column. */
export type Column = { heading: string; nth: number; field: string | null; values?: ValueRule[] };

/** A value that every record of the file gets, where its columns give none. */
export type Fixed = { field: string; value: string };

/** How a table is read. */
export type Mapping = {
  source: string;
  licence?: string | null;
  dated?: string | null;
  sheet?: string | null;
  header_line?: number | null;
  columns: Column[];
  fixed?: Fixed[];
};
