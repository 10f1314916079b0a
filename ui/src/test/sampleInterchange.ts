// Answers the commands of importing and exporting over the sample data. Long jobs end when a test says so.

import type {
  ExportFormat,
  Exported,
  ImportSource,
  ImportView,
  JobProgress,
  LineSort,
  Mapping,
  PostcodesView,
  SearchRequest,
} from "../lib/api";
import { sampleDryRun, sampleLines } from "./sampleDryRun";
import { sampleFile, sampleImported, sampleLook, samplePreview } from "./sampleImport";

export type SampleInterchange = {
  /** What the system's own dialogs answer; null: they were closed. */
  chosen: string | null;
  imports: ImportView[];
  mappings: Map<string, Mapping>;
  postcodes: PostcodesView | null;
  exported: { request: SearchRequest | null; format: ExportFormat; to: string }[];
  reports: string[];
  sources: ImportSource[];
  /** Commands that do not end by themselves. */
  slow: Set<string>;
  waiting: Map<string, Ends>;
};

type Ends = Readonly<{ done: () => void; cancelled: () => void }>;
type Arguments = Readonly<Record<string, unknown>>;

export function sampleInterchange(): SampleInterchange {
  return {
    chosen: sampleFile,
    imports: [],
    mappings: new Map(),
    postcodes: null,
    exported: [],
    reports: [],
    sources: [],
    slow: new Set(),
    waiting: new Map(),
  };
}

const progress: JobProgress = { said: "Reading rows", per_mille: 340, seconds_left: 42 };

/** Answers at once, or, where the command is a slow one, when a test says so. */
export function held(
  state: SampleInterchange,
  command: string,
  { job }: Arguments,
  answerNow: () => unknown,
): unknown {
  if (typeof job !== "string" || !state.slow.has(command)) return answerNow();
  return new Promise((resolve, reject) => {
    state.waiting.set(job, {
      done: () => {
        resolve(answerNow());
      },
      cancelled: () => {
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- Rust's errors are plain objects
        reject({ code: "cancelled", message: "Cancelled." });
      },
    });
  });
}

export function answerInterchange(
  state: SampleInterchange,
  size: number,
  command: string,
  args: Arguments,
): unknown {
  const source = args["source"] as ImportSource;
  const name = args["name"] as string;
  const job = args["job"] as string;
  switch (command) {
    case "choose_import":
    case "choose_export":
    case "choose_report":
    case "choose_postcodes":
      return state.chosen;
    case "import_look":
      return sampleLook(source);
    case "import_preview":
      return samplePreview(source);
    case "import_check":
      state.sources.push(source);
      return sampleDryRun(source);
    case "import_lines":
      return sampleLines(args["sort"] as LineSort, args["page"] as number);
    case "import_report":
      state.reports.push(args["to"] as string);
      return null;
    case "import_apply":
      return apply(state);
    case "import_undo":
      state.imports = state.imports.map((one) => ({ ...one, undone: true, can_undo: false }));
      return { removed: 120, restored: 2, left: 1 };
    case "imports":
      return state.imports;
    case "mappings":
      return [...state.mappings.keys()];
    case "save_mapping":
      state.mappings.set(name, args["mapping"] as Mapping);
      return null;
    case "remove_mapping":
      state.mappings.delete(name);
      return null;
    case "mapping":
      return state.mappings.get(name);
    case "export_services":
      return exportServices(state, size, args);
    case "job_progress":
      return state.waiting.has(job) ? progress : null;
    case "job_cancel":
      state.waiting.get(job)?.cancelled();
      state.waiting.delete(job);
      return null;
    case "postcodes":
      return state.postcodes;
    case "postcodes_import":
      state.postcodes = samplePostcodes;
      return state.postcodes;
    case "postcodes_remove":
      state.postcodes = null;
      return null;
    default:
      throw new Error(`no such command: ${command}`);
  }
}

const samplePostcodes: PostcodesView = {
  said: "1,200 sample postcodes, none of them real, February 2026",
  live: 1000,
  ended: 200,
  licence: ["Sample licence line, said to be shown wherever the list is used."],
  dated: "2026-02",
};

function apply(state: SampleInterchange): ImportView {
  const source = state.sources.at(-1);
  const id = state.imports.length + 1;
  const made = sampleImported(id, source?.mapping?.source ?? "example.org", source?.from ?? sampleFile);
  state.imports = [made, ...state.imports.map((one) => ({ ...one, can_undo: false }))];
  return made;
}

function exportServices(state: SampleInterchange, size: number, args: Arguments): Exported {
  const request = args["request"] as SearchRequest | null;
  const to = args["to"] as string;
  state.exported.push({ request, format: args["format"] as ExportFormat, to });
  return { services: request === null || request.text === "" ? size : 8, to };
}
