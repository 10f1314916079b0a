// The one door to Rust: every command as a promise that gives its answer or throws an `ApiError`.

import {
  commands,
  type AppError,
  type ExportFormat,
  type HowChecked,
  type ImportSource,
  type Kind,
  type LineSort,
  type Mapping,
  type RecordForm,
  type SearchRequest,
  type Settle,
  type SyncLight,
  type Settings as SomeSettings,
} from "./bindings";
import { listenForFiles, type DraggedFiles } from "./files";
import { listenForDirectory, listenForSync } from "./news";

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

  editBegin: (kind: Kind, id: string | null) => unwrap(commands.editBegin(kind, id)),
  editCheck: (kind: Kind, id: string, form: RecordForm) => unwrap(commands.editCheck(kind, id, form)),
  editDraft: (kind: Kind, id: string, form: RecordForm) => unwrap(commands.editDraft(kind, id, form)),
  draftDrop: (kind: Kind, id: string) => unwrap(commands.draftDrop(kind, id)),
  editSave: (kind: Kind, id: string, form: RecordForm, note: string | null) =>
    unwrap(commands.editSave(kind, id, form, note)),
  undoLast: () => unwrap(commands.undoLast()),
  undoOutbox: (row: number) => unwrap(commands.undoOutbox(row)),
  withdraw: (row: number) => unwrap(commands.withdraw(row)),
  flag: (id: string, text: string) => unwrap(commands.flag(id, text)),
  check: (id: string, how: HowChecked, of: string | null) => unwrap(commands.check(id, how, of)),
  removeEntry: (id: string, reason: string) => unwrap(commands.removeEntry(id, reason)),
  findRecords: (kind: Kind, text: string) => unwrap(commands.findRecords(kind, text)),
  outbox: () => unwrap(commands.outbox()),
  history: (kind: Kind, id: string) => unwrap(commands.history(kind, id)),
  restoreVersion: (kind: Kind, id: string, key: string) => unwrap(commands.restoreVersion(kind, id, key)),
  entryWork: (id: string) => unwrap(commands.entryWork(id)),
  inbox: (open: boolean) => unwrap(commands.inbox(open)),
  inboxItem: (item: string) => unwrap(commands.inboxItem(item)),
  editToSettle: (item: string) => unwrap(commands.editToSettle(item)),
  settle: (item: string, settle: Settle) => unwrap(commands.settle(item, settle)),

  syncView: () => unwrap(commands.syncView()),
  syncLight: () => unwrap(commands.syncLight()),
  syncNow: (job: string) => unwrap(commands.syncNow(job)),
  join: (job: string, address: string, code: string | null, deviceName: string) =>
    unwrap(commands.join(job, address, code, deviceName)),
  leave: () => unwrap(commands.leave()),
  loadBundle: (job: string, path: string) => unwrap(commands.loadBundle(job, path)),
  chooseBundle: () => unwrap(commands.chooseBundle()),
  /** How this computer stands to the hub, whenever that changes. Answers how to stop listening. */
  onSync: (heard: (light: SyncLight) => void) => listenForSync(heard),
  /** Entries changed by a sync. Answers how to stop listening. */
  onDirectory: (heard: () => void) => listenForDirectory(heard),

  /** Files dragged over the window and dropped on it. Answers how to stop listening. */
  onDrop: (heard: (files: DraggedFiles) => void) => listenForFiles(heard),
};
