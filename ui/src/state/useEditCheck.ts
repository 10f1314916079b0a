// What is wrong with a form and what saving it would change, asked anew when typing has paused.

import { useCallback, useEffect, useEffectEvent, useRef } from "react";
import { api, type EditCheck, type PlaceForm, type RecordForm } from "../lib/api";
import { withPoint } from "./forms";
import { useAsked, type Asked } from "./useAsked";
import type { Session } from "./useEditing";

const PAUSE_MS = 300;

export function useEditCheck(
  { kind, id, form, view }: Session,
  onChange: (form: RecordForm) => void,
): Asked<EditCheck> {
  const ask = useCallback(() => api.editCheck(kind, id, form), [kind, id, form]);
  const checked = useAsked(ask, PAUSE_MS);
  const found = useRef<Pick<PlaceForm, "latitude" | "longitude"> | null>(null);

  const { value, pending } = checked;
  const take = useEffectEvent((check: EditCheck) => {
    if (form.kind !== "place" || view.form.kind !== "place") return;
    const moved = withPoint(form.form, view.form.form, found.current, check);
    if (moved === null) return;
    found.current = moved;
    onChange({ kind: "place", form: moved });
  });
  useEffect(() => {
    // An answer to the form as it stands, not to one that has been written on since.
    if (value !== null && !pending) take(value);
  }, [value, pending]);
  return checked;
}
