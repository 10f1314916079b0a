// An answer of Rust's that is asked for anew whenever the directory has changed.

import { useEffect, useRef } from "react";
import { useChanges } from "./changes";
import { useAsked, type Asked } from "./useAsked";

export function useCurrent<T>(ask: () => Promise<T>): Asked<T> {
  const asked = useAsked(ask);
  const changes = useChanges();
  const seen = useRef(changes);
  const { again } = asked;
  useEffect(() => {
    if (seen.current === changes) return;
    seen.current = changes;
    again();
  }, [changes, again]);
  return asked;
}
