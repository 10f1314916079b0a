// What a screen reader is told without the focus moving. One region, one voice, last word wins.

import { useSyncExternalStore } from "react";

let message = "";
let turn = false;
const listeners = new Set<() => void>();

export function announce(text: string): void {
  turn = !turn;
  // A trailing no-break space makes the same words count as new, so that they are read again.
  message = turn ? `${text}\u00a0` : text;
  for (const listener of listeners) listener();
}

export function useAnnouncement(): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => message,
  );
}
