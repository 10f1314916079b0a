// The entry that stands open and what leads on from it. An answer that comes too late is dropped.

import { useEffect, useState } from "react";
import { api, asApiError, type ApiError, type EntryView, type Related } from "../lib/api";

export type OpenEntry = Readonly<{
  entry: EntryView | null;
  related: Related | null;
  error: ApiError | null;
  again: () => void;
}>;

type Answer = Readonly<{
  id: string;
  entry: EntryView | null;
  related: Related | null;
  error: ApiError | null;
}>;

/** Keeps showing the last entry until the next is there, so that moving along a list does not flicker. */
export function useEntry(id: string | null, near: string, boroughs: readonly string[]): OpenEntry {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [attempt, setAttempt] = useState(0);
  const area = boroughs.join();

  useEffect(() => {
    if (id === null) return;
    let wanted = true;
    const where = near.trim() === "" ? null : near.trim();
    void api.entry(id, where).then(
      (entry) => {
        if (wanted)
          setAnswer((last) => ({ id, entry, error: null, related: last?.id === id ? last.related : null }));
      },
      (cause: unknown) => {
        if (wanted) setAnswer({ id, entry: null, related: null, error: asApiError(cause) });
      },
    );
    void api.related(id, area === "" ? [] : area.split(",")).then(
      (related) => {
        if (wanted) setAnswer((last) => ({ id, entry: null, error: null, ...last, related }));
      },
      (cause: unknown) => {
        if (wanted)
          setAnswer((last) =>
            last?.error ? last : { id, entry: null, related: null, ...last, error: asApiError(cause) },
          );
      },
    );
    return () => {
      wanted = false;
    };
  }, [id, near, area, attempt]);

  return {
    entry: id === null ? null : (answer?.entry ?? null),
    related: id === null ? null : (answer?.related ?? null),
    error: id === null ? null : (answer?.error ?? null),
    again: () => {
      setAttempt((count) => count + 1);
    },
  };
}
