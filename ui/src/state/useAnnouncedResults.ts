// Says how many were found, once, when typing has paused.

import { useEffect } from "react";
import type { SearchResponse } from "../lib/api";
import { services } from "../lib/words";
import { announce } from "./announcer";

const PAUSE_MS = 700;

export function useAnnouncedResults(response: SearchResponse | null): void {
  useEffect(() => {
    if (response === null) return;
    const timer = setTimeout(() => {
      const found = response.total === 0 ? "Nothing found" : `${services(response.total)} found`;
      announce([found, ...response.notes.map(({ text }) => text)].join(". "));
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [response]);
}
