// Saving a form: once more through what is wrong with it, then as an edit, a suggestion or a settlement.

import { useRef, useState } from "react";
import { api, asApiError, type ApiError, type EditCheck, type FieldFault, type Saved } from "../lib/api";
import { announce } from "./announcer";
import { tellSaved } from "./done";
import type { Draft } from "./useDraft";
import type { Session } from "./useEditing";

export type Saving = Readonly<{
  busy: boolean;
  /** How often somebody has tried to save and was told what to mend. */
  turn: number;
  /** What was to be mended then. */
  faults: readonly FieldFault[];
  /** Why nothing was saved, where nothing is wrong. */
  said: string | null;
  error: ApiError | null;
  save: () => void;
  /** The form is left; drops a draft in which nothing is changed. */
  leave: (check: EditCheck | null) => void;
}>;

export function useSaving(session: Session, draft: Draft, onSaved: (saved: Saved) => void): Saving {
  const [busy, setBusy] = useState(false);
  const [turn, setTurn] = useState(0);
  const [faults, setFaults] = useState<readonly FieldFault[]>([]);
  const [said, setSaid] = useState<string | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const working = useRef(false);
  const { kind, id, form, settling, view, note } = session;

  const write = async () => {
    const check = await api.editCheck(kind, id, form);
    if (check.faults.length > 0) {
      setFaults(check.faults);
      setTurn((count) => count + 1);
      return;
    }
    if (check.changed.length === 0 && settling === null) {
      const why = view.fresh
        ? "Nothing is written yet."
        : "Nothing has been changed: there is nothing to save.";
      setSaid(why);
      announce(why);
      return;
    }
    const why = note.trim() === "" ? null : note.trim();
    await draft.hold();
    const saved =
      settling === null
        ? await api.editSave(kind, id, form, why)
        : await api.settle(settling.line.item, { how: "edit", form, note: why });
    tellSaved(saved);
    onSaved(saved);
  };

  const save = () => {
    if (working.current) return;
    working.current = true;
    setBusy(true);
    setError(null);
    setSaid(null);
    void write()
      .catch((cause: unknown) => {
        draft.goOn();
        setError(asApiError(cause));
      })
      .finally(() => {
        working.current = false;
        setBusy(false);
      });
  };

  return {
    busy,
    turn,
    faults,
    said,
    error,
    save,
    leave: (check) => {
      if (settling !== null || check?.changed.length !== 0) return;
      void draft
        .hold()
        .then(() => api.draftDrop(kind, id))
        .catch(() => undefined);
    },
  };
}
