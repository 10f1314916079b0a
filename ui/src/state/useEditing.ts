// The forms that stand open: a record, and on it the organisation or place that was opened out of it.
// What is written is kept as it is typed, so that nothing is lost by leaving.

import { useCallback, useRef, useState } from "react";
import {
  api,
  asApiError,
  type ApiError,
  type EditView,
  type InboxItem,
  type Kind,
  type RecordForm,
} from "../lib/api";
import { withTied } from "./forms";

/** What the record that is edited on top of another one is to it. */
export type Tie = "organisation" | "place";

export type Session = Readonly<{
  key: number;
  kind: Kind;
  id: string;
  view: EditView;
  form: RecordForm;
  tie: Tie | null;
  /** Why, or where from: what is said with the change. */
  note: string;
  /** The field that has the focus once the form on top of this one is closed. */
  returnTo: string | null;
  /** The item of the inbox that this settles. */
  settling: InboxItem | null;
}>;

type Opening = Readonly<{ kind: Kind; id: string | null; tie: Tie | null; item: string | null }>;

export type Editing = Readonly<{
  sessions: readonly Session[];
  /** A form could not be opened. */
  error: ApiError | null;
  dismiss: () => void;
  begin: (kind: Kind, id: string | null, tie?: Tie) => void;
  /** Opens the record of an item of the inbox with what was suggested filled in. */
  beginToSettle: (item: string) => void;
  change: (form: RecordForm) => void;
  setNote: (note: string) => void;
  /** Drops what was half-written and takes the record as it is. */
  startAgain: () => void;
  /** Back to what lies under the top form; `saved` is what was saved there. */
  close: (saved: { id: string } | null) => void;
}>;

export function useEditing(): Editing {
  const [sessions, setSessions] = useState<readonly Session[]>([]);
  const [error, setError] = useState<ApiError | null>(null);
  const opened = useRef(0);
  const opening = useRef(false);

  const open = useCallback((what: Opening, replaced: number | null = null) => {
    if (opening.current) return;
    opening.current = true;
    setError(null);
    void load(what)
      .then(
        (loaded) => {
          opened.current += 1;
          const session = { ...loaded, key: opened.current };
          setSessions((now) => [...now.filter(({ key }) => key !== replaced), session]);
        },
        (cause: unknown) => {
          setError(asApiError(cause));
        },
      )
      .finally(() => {
        opening.current = false;
      });
  }, []);

  const begin = useCallback(
    (kind: Kind, id: string | null, tie: Tie | null = null) => {
      open({ kind, id, tie, item: null });
    },
    [open],
  );
  const beginToSettle = useCallback(
    (item: string) => {
      open({ kind: "service", id: null, tie: null, item });
    },
    [open],
  );

  const dismiss = useCallback(() => {
    setError(null);
  }, []);
  const top = sessions.at(-1);
  const changeTop = (part: Partial<Session>) => {
    setSessions((now) => now.map((one, at) => (at === now.length - 1 ? { ...one, ...part } : one)));
  };
  return {
    sessions,
    error,
    dismiss,
    begin,
    beginToSettle,
    change: (form) => {
      changeTop({ form });
    },
    setNote: (note) => {
      changeTop({ note });
    },
    startAgain: () => {
      if (top === undefined) return;
      const { kind, id, tie, view, key } = top;
      void api.draftDrop(kind, id).then(
        () => {
          open({ kind, id: view.fresh ? null : id, tie, item: null }, key);
        },
        (cause: unknown) => {
          setError(asApiError(cause));
        },
      );
    },
    close: (saved) => {
      setError(null);
      setSessions((now) => {
        const closed = now.at(-1);
        const rest = now.slice(0, -1);
        const under = rest.at(-1);
        if (closed === undefined || under === undefined) return rest;
        const form = saved === null ? under.form : withTied(under.form, closed, saved.id);
        const returnTo = closed.tie === "place" ? "places" : "organisation";
        return [...rest.slice(0, -1), { ...under, form, returnTo }];
      });
    },
  };
}

async function load({ kind, id, tie, item }: Opening): Promise<Omit<Session, "key">> {
  const settling = item === null ? null : await api.inboxItem(item);
  const view = await (item === null ? api.editBegin(kind, id) : api.editToSettle(item));
  return { kind: view.kind, id: view.id, view, form: view.form, tie, settling, note: "", returnTo: null };
}
