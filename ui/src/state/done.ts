// What was done last, with the way to take it back. One at a time: the newest counts.

import { useSyncExternalStore } from "react";
import { api, asApiError, type ApiError, type Saved } from "../lib/api";
import { announce } from "./announcer";
import { directoryChanged } from "./changes";

export type Done = Readonly<{ said: string; canUndo: boolean; error: ApiError | null }>;

let done: Done | null = null;
const listeners = new Set<() => void>();

function show(next: Done | null): void {
  done = next;
  for (const listener of listeners) listener();
}

/** Something was saved: says so once, and lets everything that shows the directory ask anew. */
export function tellSaved({ said, nothing }: Saved, canUndo = true): void {
  announce(said);
  show({ said, canUndo: canUndo && !nothing, error: null });
  if (!nothing) directoryChanged();
}

function tellFailed(cause: unknown): void {
  show({ said: "", canUndo: false, error: asApiError(cause) });
}

/** Takes back what was done last in this window. */
export function undoLast(): void {
  void api.undoLast().then((undone) => {
    if (undone === null) {
      announce("There is nothing to undo.");
      show({ said: "There is nothing to undo.", canUndo: false, error: null });
    } else tellSaved(undone, false);
  }, tellFailed);
}

export function putAway(): void {
  show(null);
}

export function useDone(): Done | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => done,
  );
}
