// An answer of Rust's that depends on what is asked. An answer that comes too late is dropped.

import { useCallback, useEffect, useState } from "react";
import { asApiError, type ApiError } from "../lib/api";

export type Asked<T> = Readonly<{
  /** The newest answer; it stays until the next one is there. */
  value: T | null;
  error: ApiError | null;
  /** Whether a newer answer is on its way. */
  pending: boolean;
  again: () => void;
}>;

type Answer<T> = Readonly<{
  ask: () => Promise<T>;
  attempt: number;
  value: T | null;
  error: ApiError | null;
}>;

/** `ask` must stay the same function while the question is the same. `afterMs` waits for typing to pause. */
export function useAsked<T>(ask: () => Promise<T>, afterMs = 0): Asked<T> {
  const [answer, setAnswer] = useState<Answer<T> | null>(null);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(() => {
      void ask().then(
        (value) => {
          if (wanted) setAnswer({ ask, attempt, value, error: null });
        },
        (cause: unknown) => {
          if (wanted)
            setAnswer((last) => ({ ask, attempt, value: last?.value ?? null, error: asApiError(cause) }));
        },
      );
    }, afterMs);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [ask, attempt, afterMs]);

  const again = useCallback(() => {
    setAttempt((count) => count + 1);
  }, []);
  return {
    value: answer?.value ?? null,
    error: answer?.error ?? null,
    pending: answer?.ask !== ask || answer.attempt !== attempt,
    again,
  };
}
