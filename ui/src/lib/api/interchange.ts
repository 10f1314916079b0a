// The commands of importing and exporting, as Rust answers them.

import { invoke } from "@tauri-apps/api/core";
import type { AppError, SearchRequest } from "./bindings";
import type {
  DryRun,
  DryRunPage,
  Exported,
  ExportFormat,
  ImportLook,
  ImportPreview,
  ImportSource,
  ImportView,
  JobProgress,
  LineSort,
  Mapping,
  PostcodesView,
  Undone,
} from "./interchangeTypes";

type Result<T> = { status: "ok"; data: T } | { status: "error"; error: AppError };

async function ask<T>(command: string, args: Record<string, unknown> = {}): Promise<Result<T>> {
  return { status: "ok", data: await invoke<T>(command, args) };
}

export const interchange = {
  chooseImport: (folder: boolean) => ask<string | null>("choose_import", { folder }),
  chooseExport: (format: ExportFormat) => ask<string | null>("choose_export", { format }),
  chooseReport: () => ask<string | null>("choose_report"),
  choosePostcodes: () => ask<string | null>("choose_postcodes"),
  importLook: (job: string, source: ImportSource) => ask<ImportLook>("import_look", { job, source }),
  importPreview: (source: ImportSource) => ask<ImportPreview>("import_preview", { source }),
  importCheck: (job: string, source: ImportSource) => ask<DryRun>("import_check", { job, source }),
  importLines: (dryRun: string, sort: LineSort, page: number) =>
    ask<DryRunPage>("import_lines", { dryRun, sort, page }),
  importReport: (dryRun: string, to: string) => ask<null>("import_report", { dryRun, to }),
  importApply: (job: string, dryRun: string) => ask<ImportView>("import_apply", { job, dryRun }),
  importUndo: (job: string, id: number) => ask<Undone>("import_undo", { job, id }),
  imports: () => ask<ImportView[]>("imports"),
  mappings: () => ask<string[]>("mappings"),
  saveMapping: (name: string, mapping: Mapping) => ask<null>("save_mapping", { name, mapping }),
  removeMapping: (name: string) => ask<null>("remove_mapping", { name }),
  mapping: (name: string) => ask<Mapping>("mapping", { name }),
  exportServices: (job: string, request: SearchRequest | null, format: ExportFormat, to: string) =>
    ask<Exported>("export_services", { job, request, format, to }),
  jobProgress: (job: string) => ask<JobProgress | null>("job_progress", { job }),
  jobCancel: (job: string) => ask<null>("job_cancel", { job }),
  postcodes: () => ask<PostcodesView | null>("postcodes"),
  postcodesImport: (job: string, from: string) => ask<PostcodesView>("postcodes_import", { job, from }),
  postcodesRemove: () => ask<null>("postcodes_remove"),
};
