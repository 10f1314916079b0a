// What the person asks for: the words, the place and the chosen filters. Pure; never stored.

import type { Facets, SearchRequest } from "../lib/api";

export const PAGE_SIZE = 50;

export type FilterKind = "needs" | "boroughs" | "tiers";

export type Query = Readonly<{
  text: string;
  near: string;
  needs: readonly string[];
  boroughs: readonly string[];
  tiers: readonly string[];
}>;

export type Filter = Readonly<{ kind: FilterKind; id: string; name: string }>;

export const emptyQuery: Query = { text: "", near: "", needs: [], boroughs: [], tiers: [] };

export const FILTER_KINDS: readonly FilterKind[] = ["needs", "boroughs", "tiers"];

export const facetOf = { needs: "need", boroughs: "borough", tiers: "tier" } as const satisfies Record<
  FilterKind,
  keyof Facets
>;

export function withoutFilter(query: Query, { kind, id }: Filter): Query {
  return { ...query, [kind]: query[kind].filter((chosen) => chosen !== id) };
}

export function withoutFilters(query: Query): Query {
  return { ...query, needs: [], boroughs: [], tiers: [] };
}

export function chosenFilters(query: Query, facets: Facets | null): Filter[] {
  return FILTER_KINDS.flatMap((kind) =>
    query[kind].map((id) => {
      const option = facets?.[facetOf[kind]].find((candidate) => candidate.id === id);
      return { kind, id, name: option?.term ?? id };
    }),
  );
}

export function toRequest(query: Query, page: number): SearchRequest {
  return {
    text: query.text,
    needs: [...query.needs],
    boroughs: [...query.boroughs],
    tiers: [...query.tiers],
    near: query.near.trim() === "" ? null : query.near.trim(),
    offset: page * PAGE_SIZE,
    limit: PAGE_SIZE,
  };
}
