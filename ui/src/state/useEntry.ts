// The entry that stands open and what leads on from it. An answer that comes too late is dropped.

import { useEffect, useState } from "react";
import { api, asApiError, type ApiError, type EntryView, type Related } from "../lib/api";

export type OpenEntry = Readonly<{
  entry: EntryView | null;
  related: Related | null;
  error: ApiError | null;
  again: () => void;
}>;

/** What was answered for an entry, or why it was not. */
type Answer<T> = Readonly<{ id: string; value: T | null; error: ApiError | null }>;

/** Keeps showing the last entry until the next is there, so that moving along a list does not flicker. */
export function useEntry(id: string | null, near: string, boroughs: readonly string[]): OpenEntry {
  // Two answers, whichever comes first: neither may be lost to the other.
  const [entry, setEntry] = useState<Answer<EntryView> | null>(null);
  const [related, setRelated] = useState<Answer<Related> | null>(null);
  const [attempt, setAttempt] = useState(0);
  const area = boroughs.join();

  useEffect(() => {
    if (id === null) return;
    let wanted = true;
    const take = <T>(asked: Promise<T>, set: (answer: Answer<T>) => void) => {
      void asked.then(
        (value) => {
          if (wanted) set({ id, value, error: null });
        },
        (cause: unknown) => {
          if (wanted) set({ id, value: null, error: asApiError(cause) });
        },
      );
    };
    take(api.entry(id, near.trim() === "" ? null : near.trim()), setEntry);
    take(api.related(id, area === "" ? [] : area.split(",")), setRelated);
    return () => {
      wanted = false;
    };
  }, [id, near, area, attempt]);

  const shown = id === null ? null : entry;
  const leadsOn = shown !== null && related?.id === shown.id ? related : null;
  return {
    entry: shown?.value ?? null,
    related: leadsOn?.value ?? null,
    error: shown?.error ?? leadsOn?.error ?? null,
    again: () => {
      setAttempt((count) => count + 1);
    },
  };
}
