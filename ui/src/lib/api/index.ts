// The one door to Rust: every command as a promise that gives its answer or throws an `ApiError`.

import { commands, type AppError, type SearchRequest, type Settings as SomeSettings } from "./bindings";
import { listenForFiles, type DraggedFiles } from "./files";
import { interchange } from "./interchange";
import type { ExportFormat, ImportSource, LineSort, Mapping } from "./interchangeTypes";

export type * from "./bindings";
export type * from "./interchangeTypes";
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
  // Only what has a job can be cancelled: the other commands' codes do not know the word.
  return (error.code as string) === "cancelled";
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

  chooseImport: (folder: boolean) => unwrap(interchange.chooseImport(folder)),
  chooseExport: (format: ExportFormat) => unwrap(interchange.chooseExport(format)),
  chooseReport: () => unwrap(interchange.chooseReport()),
  choosePostcodes: () => unwrap(interchange.choosePostcodes()),
  importLook: (job: string, source: ImportSource) => unwrap(interchange.importLook(job, source)),
  importPreview: (source: ImportSource) => unwrap(interchange.importPreview(source)),
  importCheck: (job: string, source: ImportSource) => unwrap(interchange.importCheck(job, source)),
  importLines: (dryRun: string, sort: LineSort, page: number) =>
    unwrap(interchange.importLines(dryRun, sort, page)),
  importReport: (dryRun: string, to: string) => unwrap(interchange.importReport(dryRun, to)),
  importApply: (job: string, dryRun: string) => unwrap(interchange.importApply(job, dryRun)),
  importUndo: (job: string, id: number) => unwrap(interchange.importUndo(job, id)),
  imports: () => unwrap(interchange.imports()),
  mappings: () => unwrap(interchange.mappings()),
  saveMapping: (name: string, mapping: Mapping) => unwrap(interchange.saveMapping(name, mapping)),
  removeMapping: (name: string) => unwrap(interchange.removeMapping(name)),
  mapping: (name: string) => unwrap(interchange.mapping(name)),
  exportServices: (job: string, request: SearchRequest | null, format: ExportFormat, to: string) =>
    unwrap(interchange.exportServices(job, request, format, to)),
  jobProgress: (job: string) => unwrap(interchange.jobProgress(job)),
  jobCancel: (job: string) => unwrap(interchange.jobCancel(job)),
  postcodes: () => unwrap(interchange.postcodes()),
  postcodesImport: (job: string, from: string) => unwrap(interchange.postcodesImport(job, from)),
  postcodesRemove: () => unwrap(interchange.postcodesRemove()),
  /** Files dragged over the window and dropped on it. Answers how to stop listening. */
  onDrop: (heard: (files: DraggedFiles) => void) => listenForFiles(heard),
};
