// The full list of postcodes, which somebody brings in once so that distances are exact. Optional.

import { useCallback, useEffect, useRef, useState } from "react";
import { Button } from "react-aria-components";
import { AlertPanel } from "../components/AlertPanel";
import { Confirm } from "../components/Confirm";
import { JobPanel } from "../components/JobPanel";
import { api, asApiError, type ApiError } from "../lib/api";
import { announce } from "../state/announcer";
import { useAsked } from "../state/useAsked";
import type { Job } from "../state/useJob";

type Props = {
  /** Whether the sheet was opened for this part of it. */
  wanted: boolean;
  /** Goes on when the sheet is closed. */
  job: Job;
};

export function Postcodes({ wanted, job }: Props) {
  const { value, error, pending, again } = useAsked(useCallback(() => api.postcodes(), []));
  const [trouble, setTrouble] = useState<ApiError | null>(null);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (wanted) title.current?.focus();
  }, [wanted]);

  const attempt = (work: () => Promise<string | null>) => {
    setTrouble(null);
    work().then(
      (said) => {
        if (said === null) return;
        announce(said);
        again();
      },
      (cause: unknown) => {
        setTrouble(asApiError(cause));
      },
    );
  };
  const bringIn = async () => {
    const from = await api.choosePostcodes();
    if (from === null) return null;
    const view = await job.run("Reading postcodes", (id) => api.postcodesImport(id, from));
    return view === null ? null : view.said;
  };
  const remove = async () => {
    await api.postcodesRemove();
    return "The list of postcodes is removed";
  };

  const failed = trouble ?? job.error ?? error;
  return (
    <section className="about" aria-labelledby="postcodes-title">
      <h3 ref={title} id="postcodes-title" tabIndex={-1}>
        Postcodes
      </h3>
      {failed !== null && <AlertPanel error={failed} title="The list of postcodes is as it was" />}
      {value !== null && <p>{value.said}</p>}
      {value === null && !pending && (
        <p>
          Distances are measured from the middle of a postcode district. With a full list (the ONS Postcode
          Directory or Code-Point Open, as a CSV or ZIP file) they are exact. It stays on this computer.
        </p>
      )}
      {value !== null && value.licence.length > 0 && (
        <ul className="plain-list quiet-note">
          {value.licence.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <JobPanel job={job} landing="postcodes-title" />
      <div className="actions">
        <Button
          className="button"
          onPress={() => {
            attempt(bringIn);
          }}
        >
          {value === null ? "Import a list…" : "Import a newer list…"}
        </Button>
        {value !== null && (
          <Confirm
            what="Remove"
            whole="Remove the list of postcodes"
            question="Remove the list? It can be imported again."
            yes="Yes, remove it"
            no="Keep it"
            onYes={() => {
              attempt(remove);
              title.current?.focus();
            }}
          />
        )}
      </div>
    </section>
  );
}
