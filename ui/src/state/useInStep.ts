// Keeps the search and what is known of the index in step.

import { useEffect, useRef } from "react";
import type { Search } from "./useSearch";
import type { StatusState } from "./useStatus";

export function useInStep({ results, again }: Search, health: StatusState): void {
  const index = health.status?.index.state;
  const before = useRef(index);
  useEffect(() => {
    // What was found while the index was being built may be too little: ask once more when it is whole.
    if (before.current === "building" && index === "ready") again();
    before.current = index;
  }, [index, again]);

  const askStatus = health.again;
  useEffect(() => {
    // A search that fails may mean that the index is being mended: find out.
    if (results.error !== null) askStatus();
  }, [results.error, askStatus]);
}
