// The item of the inbox that stands open, what was chosen for each of its fields, and the ways to settle it.

import { useCallback, useRef, useState } from "react";
import { api, asApiError, type ApiError, type InboxItem, type Settle } from "../lib/api";
import { announce } from "../state/announcer";
import { tellSaved } from "../state/done";
import { useCurrent } from "../state/useCurrent";
import { chosen, setsOf, type Take, type Takes } from "./groups";

export type Settling = Readonly<{
  item: InboxItem | null;
  error: ApiError | null;
  /** It could not be settled. */
  trouble: ApiError | null;
  again: () => void;
  takes: Takes;
  take: (key: string, take: Take) => void;
  /** The same for all fields; both only where both can hold. */
  takeAll: (take: Take) => void;
  note: string;
  setNote: (note: string) => void;
  accept: () => void;
  decline: (reason: string) => Promise<void>;
}>;

type Written = Readonly<{ of: string | null; takes: Takes; note: string }>;

export function useSettling(id: string | null, onSettled: () => void): Settling {
  const ask = useCallback(() => (id === null ? Promise.resolve(null) : api.inboxItem(id)), [id]);
  const { value, error, again } = useCurrent(ask);
  const [written, setWritten] = useState<Written>({ of: null, takes: {}, note: "" });
  const [trouble, setTrouble] = useState<ApiError | null>(null);
  const busy = useRef(false);
  const item = value?.line.item === id ? value : null;
  const { takes, note } = written.of === id ? written : { takes: {}, note: "" };
  const write = (part: Partial<Written>) => {
    setWritten({ takes, note, ...part, of: id });
  };

  const settle = async (how: Settle) => {
    if (item === null || busy.current) return;
    busy.current = true;
    setTrouble(null);
    try {
      tellSaved(await api.settle(item.line.item, how));
      onSettled();
    } finally {
      busy.current = false;
    }
  };

  const accept = () => {
    if (item?.can_settle !== true) return;
    const choice = chosen(item, takes);
    if ("missing" in choice) {
      announce(`Choose first: ${choice.missing.label}`);
      document.querySelector<HTMLElement>(`[data-set="${choice.missing.key}"] input`)?.focus();
      return;
    }
    if ("nothing" in choice) {
      announce("Nothing is ticked. Tick what is to be taken, or decline.");
      return;
    }
    const said = note.trim() === "" ? null : note.trim();
    settle({ how: "accept", choices: choice.choices, note: said }).catch((cause: unknown) => {
      setTrouble(asApiError(cause));
    });
  };

  return {
    item,
    error,
    trouble,
    again,
    takes,
    take: (key, take) => {
      write({ takes: { ...takes, [key]: take } });
    },
    takeAll: (take) => {
      if (item === null) return;
      const sets = setsOf(item.fields).filter(({ both }) => take !== "both" || both);
      write({ takes: { ...takes, ...Object.fromEntries(sets.map(({ key }) => [key, take])) } });
      const side = { mine: "as it was sent", theirs: "as it is now", both: "both" }[take];
      announce(`Taken ${side}: ${sets.map(({ label }) => label).join(", ")}`);
    },
    note,
    setNote: (next) => {
      write({ note: next });
    },
    accept,
    decline: (reason) => settle({ how: "decline", reason }),
  };
}
