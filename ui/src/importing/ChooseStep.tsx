// The first step: a file, a folder or an address; and what was imported before.

import { useState } from "react";
import { Button, Form } from "react-aria-components";
import { AlertPanel } from "../components/AlertPanel";
import { Icon } from "../components/Icon";
import { JobPanel } from "../components/JobPanel";
import { TextInput } from "../components/TextInput";
import { api, asApiError, type ApiError } from "../lib/api";
import type { Importing } from "../state/useImport";
import { EarlierImports } from "./EarlierImports";

export function ChooseStep({ importing }: { importing: Importing }) {
  const { look, job, lookAt, goTo } = importing;
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<ApiError | null>(null);

  const choose = (folder: boolean) => {
    setError(null);
    void api.chooseImport(folder).then(
      (from) => {
        if (from !== null) lookAt(from);
      },
      (cause: unknown) => {
        setError(asApiError(cause));
      },
    );
  };

  return (
    <div className="import-scroll">
      <div className="import-column">
        <p>
          Tables (CSV, Excel, OpenDocument) and whole directories (HSDS, Open Referral UK) can be read.
          Nothing changes until you have seen what would.
        </p>
        <div className="actions">
          <Button
            className="button button-main"
            onPress={() => {
              choose(false);
            }}
          >
            Choose a file…
          </Button>
          <Button
            className="button"
            onPress={() => {
              choose(true);
            }}
          >
            Choose a folder…
          </Button>
          {look?.table != null && (
            <Button
              className="button button-quiet"
              onPress={() => {
                goTo("map");
              }}
            >
              Go on with {look.name}
            </Button>
          )}
        </div>
        <Form
          className="with-input"
          onSubmit={(event) => {
            event.preventDefault();
            const from = unquoted(typed);
            if (from !== "") lookAt(from);
          }}
        >
          <TextInput
            label="Or type a path or a web address"
            value={typed}
            onChange={setTyped}
            placeholder="e.g. Documents/clubs.csv"
          />
          <Button className="button" type="submit">
            Read it
          </Button>
        </Form>
        <p className="quiet-note">
          <Icon name="bring" /> Or drop a file anywhere on this window.
        </p>
        {error !== null && <AlertPanel error={error} title="No file could be asked for" />}
        <JobPanel job={job} landing="step-title" />
        <EarlierImports importing={importing} />
      </div>
    </div>
  );
}

/** A path as it was meant: file managers copy it with quotation marks around it. */
function unquoted(typed: string): string {
  const path = typed.trim();
  return /^(["']).*\1$/.test(path) ? path.slice(1, -1) : path;
}
