// Keeps what is half-written as it is typed, and all of it at once when the form is left.

import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import { api, asApiError, type ApiError } from "../lib/api";
import type { Session } from "./useEditing";

const PAUSE_MS = 400;

export type Draft = Readonly<{
  /** What is written cannot be kept. */
  error: ApiError | null;
  /** Keeps nothing more, while the form is saved or dropped; resolves when nothing is on its way. */
  hold: () => Promise<void>;
  /** It was not saved after all: keeps on. */
  goOn: () => void;
}>;

export function useDraft({ kind, id, form, view, settling }: Session): Draft {
  const [error, setError] = useState<ApiError | null>(null);
  const onItsWay = useRef<Promise<void>>(Promise.resolve());
  const kept = useRef(view.form);
  const held = useRef(false);

  const keep = useEffectEvent(() => {
    // A form that settles an item of the inbox is written at once or not at all.
    if (held.current || settling !== null || kept.current === form) return;
    kept.current = form;
    onItsWay.current = onItsWay.current
      .then(() => api.editDraft(kind, id, form))
      .then(
        () => {
          setError(null);
        },
        (cause: unknown) => {
          setError(asApiError(cause));
        },
      );
  });
  useEffect(() => {
    const timer = setTimeout(keep, PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [form]);
  useEffect(
    () => () => {
      keep();
    },
    [],
  );

  const hold = useCallback(() => {
    held.current = true;
    return onItsWay.current;
  }, []);
  const goOn = useCallback(() => {
    held.current = false;
  }, []);
  return { error, hold, goOn };
}
