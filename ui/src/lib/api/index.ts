// The one door to Rust: every command as a promise that gives its answer or throws an `ApiError`.

import {
  commands,
  type AppError,
  type ExportFormat,
  type ImportSource,
  type LineSort,
  type Mapping,
  type SearchRequest,
  type Settings as SomeSettings,
} from "./bindings";
import { listenForFiles, type DraggedFiles } from "./files";

export type * from "./bindings";
export type { DraggedFiles } from "./files";

/** Rust takes settings with some missing, and always gives them whole. */
export type Settings = Required<SomeSettings>;

type Result<T> = { status: "ok"; data: T } | { status: "error"; error: AppError };

export class ApiError extends Error {
  readonly code: AppError["code"];

  constructor({ code, message }: AppError) {
    super(message);
    this.name = "ApiError";
    this.code = code;
  }
}

function isAppError(cause: unknown): cause is AppError {
  return typeof cause === "object" && cause !== null && "code" in cause && "message" in cause;
}

/** Rust's own errors keep their code; what the web view says by itself (a bare string, an `Error`) is internal. */
export function asApiError(cause: unknown): ApiError {
  if (cause instanceof ApiError) return cause;
  if (isAppError(cause) && !(cause instanceof Error)) return new ApiError(cause);
  const message = cause instanceof Error ? cause.message : String(cause);
  return new ApiError({ code: "internal", message });
}

/** Whether the person stopped it. */
export function wasCancelled(error: ApiError): boolean {
  return error.code === "cancelled";
}

async function unwrap<T>(answer: Promise<Result<T>>): Promise<T> {
  const result = await answer.catch((cause: unknown) => {
    throw asApiError(cause);
  });
  if (result.status === "error") throw asApiError(result.error);
  return result.data;
}

export const api = {
  search: (request: SearchRequest) => unwrap(commands.search(request)),
  entry: (id: string, near: string | null) => unwrap(commands.entry(id, near)),
  related: (id: string, boroughs: string[]) => unwrap(commands.related(id, boroughs)),
  status: () => unwrap(commands.status()),
  attributions: () => unwrap(commands.attributions()),
  settings: () => unwrap(commands.settings()) as Promise<Settings>,
  saveSettings: (settings: Settings) => unwrap(commands.saveSettings(settings)) as Promise<Settings>,
  keepUnmet: (request: SearchRequest) => unwrap(commands.keepUnmet(request)),
  openLink: (url: string) => unwrap(commands.openLink(url)),
  retryStart: () => unwrap(commands.retryStart()),

  chooseImport: (folder: boolean) => unwrap(commands.chooseImport(folder)),
  chooseExport: (format: ExportFormat) => unwrap(commands.chooseExport(format)),
  chooseReport: () => unwrap(commands.chooseReport()),
  choosePostcodes: () => unwrap(commands.choosePostcodes()),
  importLook: (job: string, source: ImportSource) => unwrap(commands.importLook(job, source)),
  importPreview: (source: ImportSource) => unwrap(commands.importPreview(source)),
  importCheck: (job: string, source: ImportSource) => unwrap(commands.importCheck(job, source)),
  importLines: (dryRun: string, sort: LineSort, page: number) =>
    unwrap(commands.importLines(dryRun, sort, page)),
  importReport: (dryRun: string, to: string) => unwrap(commands.importReport(dryRun, to)),
  importApply: (job: string, dryRun: string) => unwrap(commands.importApply(job, dryRun)),
  importUndo: (job: string, id: number) => unwrap(commands.importUndo(job, id)),
  imports: () => unwrap(commands.imports()),
  mappings: () => unwrap(commands.mappings()),
  saveMapping: (name: string, mapping: Mapping) => unwrap(commands.saveMapping(name, mapping)),
  removeMapping: (name: string) => unwrap(commands.removeMapping(name)),
  mapping: (name: string) => unwrap(commands.mapping(name)),
  exportServices: (job: string, request: SearchRequest | null, format: ExportFormat, to: string) =>
    unwrap(commands.exportServices(job, request, format, to)),
  jobProgress: (job: string) => unwrap(commands.jobProgress(job)),
  jobCancel: (job: string) => unwrap(commands.jobCancel(job)),
  postcodes: () => unwrap(commands.postcodes()),
  postcodesImport: (job: string, from: string) => unwrap(commands.postcodesImport(job, from)),
  postcodesRemove: () => unwrap(commands.postcodesRemove()),
  /** Files dragged over the window and dropped on it. Answers how to stop listening. */
  onDrop: (heard: (files: DraggedFiles) => void) => listenForFiles(heard),
};
