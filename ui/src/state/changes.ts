// Tells whoever shows something of the directory that it has changed: by an act here, or by what came in.

import { useSyncExternalStore } from "react";

let times = 0;
const listeners = new Set<() => void>();

export function directoryChanged(): void {
  times += 1;
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** How often the directory has changed since the window opened. */
export function useChanges(): number {
  return useSyncExternalStore(listen, () => times);
}
