import { describe, expect, it } from "vitest";
import { ApiError, type Hit, type SearchResponse } from "../lib/api";
import { search, sampleState } from "../test/sampleDirectory";
import { sampleHit } from "../test/sample";
import { emptyQuery, toRequest, type Query } from "./query";
import { hitAt, noResults, reduceResults } from "./results";

const response: SearchResponse = search(sampleState(), toRequest(emptyQuery, 0));
const answered = reduceResults(noResults, { type: "answered", query: emptyQuery, response });
const page = (number: number): readonly Hit[] => [sampleHit(number * 50)];

describe("the results", () => {
  it("show the first page as soon as a search is answered", () => {
    expect(hitAt(answered, 0)?.id).toBe("sample-0");
    expect(hitAt(answered, 50)).toBeUndefined();
  });

  it("find a row in the page it belongs to", () => {
    const two = reduceResults(answered, { type: "page", query: emptyQuery, page: 1, hits: page(1) });
    expect(hitAt(two, 50)?.id).toBe("sample-50");
  });

  it("drop a page of a question that has been replaced", () => {
    const other: Query = { ...emptyQuery, text: "debt" };
    expect(reduceResults(answered, { type: "page", query: other, page: 1, hits: page(1) })).toBe(answered);
  });

  it("stay as they were when a search fails", () => {
    const failed = reduceResults(answered, {
      type: "failed",
      error: new ApiError({ code: "internal", message: "no" }),
    });
    expect(failed.response).toBe(response);
    expect(failed.error?.code).toBe("internal");
  });

  it("keep only the pages around the one last fetched", () => {
    let results = answered;
    for (let number = 1; number <= 100; number += 1)
      results = reduceResults(results, { type: "page", query: emptyQuery, page: number, hits: page(number) });
    expect(results.pages.size).toBe(40);
    expect(hitAt(results, 100 * 50)).toBeDefined();
    expect(hitAt(results, 0)).toBeUndefined();
  });
});
