// A search that found nothing is kept, after it has stood for a while, so that gaps can be found.
// Only the words and the boroughs chosen are kept, never a whole postcode, which is somebody's street;
// the person at the desk can stop it.

import { useEffect, useState } from "react";
import { api, asApiError, type ApiError } from "../lib/api";
import { toRequest, type Query } from "./query";

const STANDS_FOR_MS = 3000;

export type Unmet =
  { state: "waiting" } | { state: "kept" } | { state: "declined" } | { state: "failed"; error: ApiError };

export type KeepUnmet = Readonly<{ unmet: Unmet; decline: () => void }>;

/** `held` stops the clock while somebody is reading or about to choose. Mount it anew for each query. */
export function useKeepUnmet(query: Query, held: boolean): KeepUnmet {
  const [unmet, setUnmet] = useState<Unmet>({ state: "waiting" });
  const waiting = unmet.state === "waiting";

  useEffect(() => {
    if (!waiting || held) return;
    const timer = setTimeout(() => {
      void api.keepUnmet(toRequest({ ...query, near: areaOf(query.near) }, 0)).then(
        () => {
          setUnmet({ state: "kept" });
        },
        (cause: unknown) => {
          setUnmet({ state: "failed", error: asApiError(cause) });
        },
      );
    }, STANDS_FOR_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [waiting, held, query]);

  return {
    unmet,
    decline: () => {
      setUnmet({ state: "declined" });
    },
  };
}

const WHOLE_POSTCODE = /^([a-z]{1,2}\d[a-z\d]?)\s*\d[a-z]{2}$/i;

/** The first half of a postcode: thousands of homes rather than a dozen. */
export function areaOf(near: string): string {
  return WHOLE_POSTCODE.exec(near.trim())?.[1] ?? near;
}
