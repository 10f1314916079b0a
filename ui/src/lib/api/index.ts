// The one door to Rust: every command as a promise that gives its answer or throws an `ApiError`.

import { commands, type AppError, type SearchRequest, type Settings as SomeSettings } from "./bindings";

export type * from "./bindings";

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
};
