// How the local copy and its index are. Asked often while the index is being built, and whenever told to.

import { useCallback, useEffect, useState } from "react";
import { api, asApiError, type ApiError, type DirectoryStatus } from "../lib/api";

const WHILE_BUILDING_MS = 400;

export type StatusState = Readonly<{
  status: DirectoryStatus | null;
  error: ApiError | null;
  again: () => void;
}>;

export function useStatus(): StatusState {
  const [status, setStatus] = useState<DirectoryStatus | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [asked, setAsked] = useState(0);

  const again = useCallback(() => {
    setAsked((count) => count + 1);
  }, []);

  useEffect(() => {
    let wanted = true;
    void api.status().then(
      (answer) => {
        if (!wanted) return;
        setStatus(answer);
        setError(null);
      },
      (cause: unknown) => {
        if (wanted) setError(asApiError(cause));
      },
    );
    return () => {
      wanted = false;
    };
  }, [asked]);

  useEffect(() => {
    if (status?.index.state !== "building") return;
    const timer = setTimeout(again, WHILE_BUILDING_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [status, again]);

  return { status, error, again };
}
