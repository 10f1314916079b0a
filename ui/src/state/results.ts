// What has been found: the newest answer, the pages fetched so far, and an error that leaves both standing.

import type { ApiError, Hit, SearchResponse } from "../lib/api";
import { PAGE_SIZE, type Query } from "./query";

/** Pages kept in memory at once; those furthest from where the person looks go first. */
const PAGES_KEPT = 40;

export type Results = Readonly<{
  /** The question that `response` and `pages` answer; null until the first answer. */
  query: Query | null;
  response: SearchResponse | null;
  pages: ReadonlyMap<number, readonly Hit[]>;
  /** Whether a newer question is still on its way. */
  pending: boolean;
  error: ApiError | null;
}>;

export type ResultsEvent =
  | { type: "asked" }
  | { type: "answered"; query: Query; response: SearchResponse }
  | { type: "page"; query: Query; page: number; hits: readonly Hit[] }
  | { type: "failed"; error: ApiError };

export const noResults: Results = {
  query: null,
  response: null,
  pages: new Map(),
  pending: false,
  error: null,
};

export function reduceResults(results: Results, event: ResultsEvent): Results {
  switch (event.type) {
    case "asked":
      return { ...results, pending: true };
    case "answered":
      return {
        query: event.query,
        response: event.response,
        pages: new Map([[0, event.response.hits]]),
        pending: false,
        error: null,
      };
    case "page":
      if (event.query !== results.query) return results;
      return { ...results, pages: keepNear(results.pages, event.page, event.hits) };
    case "failed":
      return { ...results, pending: false, error: event.error };
  }
}

export function hitAt(results: Results, index: number): Hit | undefined {
  return results.pages.get(Math.floor(index / PAGE_SIZE))?.[index % PAGE_SIZE];
}

function keepNear(
  pages: ReadonlyMap<number, readonly Hit[]>,
  page: number,
  hits: readonly Hit[],
): ReadonlyMap<number, readonly Hit[]> {
  const all = [...pages, [page, hits] as const];
  if (all.length <= PAGES_KEPT) return new Map(all);
  all.sort(([a], [b]) => Math.abs(a - page) - Math.abs(b - page));
  return new Map(all.slice(0, PAGES_KEPT));
}
