import { expect, it } from "vitest";
import { chosenFilters, emptyQuery, toRequest, withoutFilter, withoutFilters } from "./query";

const query = { ...emptyQuery, text: "debt", near: "  ", needs: ["a", "b"], tiers: ["t"] };

it("a request leaves out a place that is only spaces", () => {
  expect(toRequest(query, 2)).toMatchObject({ near: null, offset: 100, limit: 50, needs: ["a", "b"] });
});

it("one filter comes off without the others", () => {
  expect(withoutFilter(query, { kind: "needs", id: "a", name: "A" })).toEqual({ ...query, needs: ["b"] });
});

it("all filters come off and the words stay", () => {
  expect(withoutFilters(query)).toMatchObject({ text: "debt", needs: [], boroughs: [], tiers: [] });
});

it("chosen filters have their terms as names, or their ids until those are known", () => {
  const facets = { need: [{ id: "a", term: "Alpha", count: 0 }], borough: [], tier: [] };
  expect(chosenFilters(query, facets).map(({ name }) => name)).toEqual(["Alpha", "b", "t"]);
});
