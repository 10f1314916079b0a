// An export: of what, as what, where to, and what came of it.

import { useState } from "react";
import {
  api,
  asApiError,
  type ApiError,
  type Exported,
  type ExportFormat,
  type SearchRequest,
} from "../lib/api";
import { services } from "../lib/words";
import { announce } from "./announcer";
import { useJob, type Job } from "./useJob";

/** What is found now, as it would be exported. */
export type Found = Readonly<{ request: SearchRequest; total: number }>;

export type Exporting = Readonly<{
  job: Job;
  done: Exported | null;
  /** The place could not be asked for. */
  error: ApiError | null;
  /** Asks where to, then writes. No request: the whole directory. */
  begin: (request: SearchRequest | null, format: ExportFormat) => void;
  /** Forgets what the last one did. */
  anew: () => void;
}>;

export function useExport(): Exporting {
  const job = useJob();
  const [done, setDone] = useState<Exported | null>(null);
  const [error, setError] = useState<ApiError | null>(null);

  const write = async (request: SearchRequest | null, format: ExportFormat) => {
    if (job.running !== null) return;
    setError(null);
    setDone(null);
    const to = await api.chooseExport(format);
    if (to === null) return;
    const exported = await job.run("Exporting", (id) => api.exportServices(id, request, format, to));
    if (exported === null) return;
    setDone(exported);
    announce(`Exported ${services(exported.services)}`);
  };

  return {
    job,
    done,
    error: error ?? job.error,
    begin: (request, format) => {
      write(request, format).catch((cause: unknown) => {
        setError(asApiError(cause));
      });
    },
    anew: () => {
      setDone(null);
      setError(null);
      job.dismiss();
    },
  };
}
