// The one door to Rust: every command as a promise that gives its answer or throws an `ApiError`.

import { commands, type AppError, type Result, type SearchRequest, type Settings } from "./bindings";

export type * from "./bindings";

export class ApiError extends Error {
  readonly code: AppError["code"];

  constructor({ code, message }: AppError) {
    super(message);
    this.name = "ApiError";
    this.code = code;
  }
}

export function asApiError(cause: unknown): ApiError {
  if (cause instanceof ApiError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  return new ApiError({ code: "internal", message });
}

async function unwrap<T>(answer: Promise<Result<T, AppError>>): Promise<T> {
  const result = await answer.catch((cause: unknown) => {
    throw asApiError(cause);
  });
  if (result.status === "error") throw new ApiError(result.error);
  return result.data;
}

export const api = {
  search: (request: SearchRequest) => unwrap(commands.search(request)),
  entry: (id: string, near: string | null) => unwrap(commands.entry(id, near)),
  related: (id: string, boroughs: string[]) => unwrap(commands.related(id, boroughs)),
  status: () => unwrap(commands.status()),
  attributions: () => unwrap(commands.attributions()),
  settings: () => unwrap(commands.settings()),
  saveSettings: (settings: Settings) => unwrap(commands.saveSettings(settings)),
  keepUnmet: (request: SearchRequest) => unwrap(commands.keepUnmet(request)),
  openLink: (url: string) => unwrap(commands.openLink(url)),
  retryStart: () => unwrap(commands.retryStart()),
};
