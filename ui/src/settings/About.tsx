// What this is, where its words and parts come from, and under which licence.

import { useEffect, useState } from "react";
import { AlertPanel } from "../components/AlertPanel";
import { api, asApiError, type ApiError, type Attribution, type DirectoryStatus } from "../lib/api";
import { count } from "../lib/words";

const font: Attribution = {
  what: "Atkinson Hyperlegible Next, by the Braille Institute of America (the lettering)",
  licence: "SIL Open Font License 1.1",
};

export function About({ status }: { status: DirectoryStatus | null }) {
  const [attributions, setAttributions] = useState<readonly Attribution[]>([]);
  const [error, setError] = useState<ApiError | null>(null);

  useEffect(() => {
    let wanted = true;
    void api.attributions().then(
      (answer) => {
        if (wanted) setAttributions(answer);
      },
      (cause: unknown) => {
        if (wanted) setError(asApiError(cause));
      },
    );
    return () => {
      wanted = false;
    };
  }, []);

  return (
    <section className="about" aria-labelledby="about-title">
      <h3 id="about-title">About</h3>
      {status !== null && (
        <>
          <p>
            Signpost {status.version}. {count(status.entries)} services of {count(status.organisations)}{" "}
            organisations. {status.source_line}.
          </p>
          <p className="about-folder">Kept on this computer in {status.data_folder}</p>
        </>
      )}
      <p>What you search for is neither stored as history nor sent anywhere.</p>
      {error !== null && <AlertPanel error={error} />}
      <ul className="plain-list">
        {[...attributions, font].map(({ what, licence }) => (
          <li key={what}>
            {what}: {licence}
          </li>
        ))}
      </ul>
    </section>
  );
}
