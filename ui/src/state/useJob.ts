// Something that takes a while: how far it is, and the way to stop it. One at a time for each use.

import { useCallback, useEffect, useRef, useState } from "react";
import { api, asApiError, wasCancelled, type ApiError, type JobProgress } from "../lib/api";

const ASKED_EACH_MS = 200;
const SHOWN_AFTER_MS = 1000;

type Running = Readonly<{
  id: string;
  /** What is being done, in words, until Rust says it better. */
  what: string;
  progress: JobProgress | null;
  /** Whether it has taken long enough to be shown. */
  long: boolean;
}>;

export type Job = Readonly<{
  running: Running | null;
  error: ApiError | null;
  /** Whether the last one was stopped by the person. */
  cancelled: boolean;
  /** Does it and gives its answer; null: failed, cancelled, or another one is still running. */
  run: <T>(what: string, work: (job: string) => Promise<T>) => Promise<T | null>;
  cancel: () => void;
  dismiss: () => void;
}>;

type Ended = Readonly<{ error: ApiError | null; cancelled: boolean }>;

const nothing: Ended = { error: null, cancelled: false };

export function useJob(): Job {
  const [running, setRunning] = useState<Running | null>(null);
  const [ended, setEnded] = useState(nothing);
  const busy = useRef<string | null>(null);
  const id = running?.id ?? null;

  useEffect(() => {
    if (id === null) return;
    const change = (part: Partial<Running>) => {
      setRunning((now) => (now?.id === id ? { ...now, ...part } : now));
    };
    const shown = setTimeout(() => {
      change({ long: true });
    }, SHOWN_AFTER_MS);
    const asking = setInterval(() => {
      void api.jobProgress(id).then(
        (progress) => {
          if (progress !== null) change({ progress });
        },
        // Without an answer the last one stands: the job itself will say how it ends.
        () => undefined,
      );
    }, ASKED_EACH_MS);
    return () => {
      clearTimeout(shown);
      clearInterval(asking);
    };
  }, [id]);

  const run = useCallback(async <T>(what: string, work: (job: string) => Promise<T>): Promise<T | null> => {
    if (busy.current !== null) return null;
    const job = crypto.randomUUID();
    busy.current = job;
    setEnded(nothing);
    setRunning({ id: job, what, progress: null, long: false });
    try {
      return await work(job);
    } catch (cause) {
      const error = asApiError(cause);
      const cancelled = wasCancelled(error);
      setEnded({ error: cancelled ? null : error, cancelled });
      return null;
    } finally {
      busy.current = null;
      setRunning(null);
    }
  }, []);

  const cancel = useCallback(() => {
    // A job that has just ended has nothing to cancel.
    if (busy.current !== null) void api.jobCancel(busy.current).catch(() => undefined);
  }, []);

  const dismiss = useCallback(() => {
    setEnded(nothing);
  }, []);

  return { running, ...ended, run, cancel, dismiss };
}
