// The ways from any part of the window to its other parts.

import { createContext, use } from "react";
import type { Kind } from "../lib/api";

export type RecordRef = Readonly<{ kind: Kind; id: string; name: string }>;

export type Ways = Readonly<{
  /** To the form of a record; no id: of a new one. */
  edit: (kind: Kind, id: string | null) => void;
  /** To the form, to settle an item of the inbox with what is written there. */
  editToSettle: (item: string) => void;
  /** To an entry in the search. */
  entry: (id: string) => void;
  history: (record: RecordRef) => void;
  inbox: () => void;
  outbox: () => void;
  hub: () => void;
}>;

export const WaysContext = createContext<Ways | null>(null);

export function useWays(): Ways {
  const ways = use(WaysContext);
  if (ways === null) throw new Error("no ways lead out of here");
  return ways;
}
