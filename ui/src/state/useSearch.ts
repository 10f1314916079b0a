// Asks Rust at every change of the query and keeps only the newest question's answer.

import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import { api, asApiError } from "../lib/api";
import { PAGE_SIZE, toRequest, type Query } from "./query";
import { noResults, reduceResults, type Results } from "./results";

export type Search = Readonly<{
  results: Results;
  /** Fetches the pages that hold the rows `first` to `last`, unless they are there or on their way. */
  need: (first: number, last: number) => void;
  /** Asks the same question again. */
  again: () => void;
}>;

export function useSearch(query: Query): Search {
  const [results, dispatch] = useReducer(reduceResults, noResults);
  const [attempt, setAttempt] = useState(0);
  const newest = useRef(0);
  const onTheWay = useRef(new Set<string>());

  useEffect(() => {
    newest.current += 1;
    const ticket = newest.current;
    dispatch({ type: "asked" });
    void api.search(toRequest(query, 0)).then(
      (response) => {
        if (ticket === newest.current) dispatch({ type: "answered", query, response });
      },
      (cause: unknown) => {
        if (ticket === newest.current) dispatch({ type: "failed", error: asApiError(cause) });
      },
    );
  }, [query, attempt]);

  const { query: answered, pages } = results;
  const need = useCallback(
    (first: number, last: number) => {
      if (answered === null) return;
      const until = Math.floor(last / PAGE_SIZE);
      for (let page = Math.floor(first / PAGE_SIZE); page <= until; page += 1) {
        const name = `${String(newest.current)}/${String(page)}`;
        if (pages.has(page) || onTheWay.current.has(name)) continue;
        onTheWay.current.add(name);
        void api
          .search(toRequest(answered, page))
          .then(
            ({ hits }) => {
              dispatch({ type: "page", query: answered, page, hits });
            },
            (cause: unknown) => {
              dispatch({ type: "failed", error: asApiError(cause) });
            },
          )
          .finally(() => onTheWay.current.delete(name));
      }
    },
    [answered, pages],
  );

  const again = useCallback(() => {
    setAttempt((count) => count + 1);
  }, []);
  return { results, need, again };
}
