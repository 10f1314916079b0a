// Mappings that were saved by name: use one, save this one, remove one.

import { useState } from "react";
import { Button, Disclosure, DisclosurePanel, Form } from "react-aria-components";
import { AlertPanel } from "../components/AlertPanel";
import { Confirm } from "../components/Confirm";
import { Icon } from "../components/Icon";
import { TextInput } from "../components/TextInput";
import { api, asApiError, type ApiError, type Mapping } from "../lib/api";
import { announce } from "../state/announcer";
import { useAsked } from "../state/useAsked";
import type { Importing } from "../state/useImport";

export function SavedMappings({ importing, mapping }: { importing: Importing; mapping: Mapping }) {
  const { value, error, again } = useAsked(api.mappings);
  const [name, setName] = useState("");
  const [trouble, setTrouble] = useState<ApiError | null>(null);
  const saved = value ?? [];

  const change = (work: Promise<null>, said: string) => {
    setTrouble(null);
    void work.then(
      () => {
        announce(said);
        again();
      },
      (cause: unknown) => {
        setTrouble(asApiError(cause));
      },
    );
  };
  const save = () => {
    const as = name.trim();
    if (as === "") return;
    change(api.saveMapping(as, mapping), `Saved as “${as}”`);
    setName("");
  };

  return (
    <Disclosure className="saved">
      <Button slot="trigger" className="button button-small button-quiet values-button">
        <Icon name="open" /> Saved matchings{saved.length > 0 && ` (${String(saved.length)})`}
      </Button>
      <DisclosurePanel className="saved-panel">
        {error !== null && <AlertPanel error={error} onAgain={again} />}
        {trouble !== null && <AlertPanel error={trouble} title="The saved matchings were not changed" />}
        {saved.length > 0 && (
          <ul className="saved-list">
            {saved.map((one) => (
              <li key={one} className="saved-line">
                <span className="saved-name">{one}</span>
                <Button
                  className="button button-small"
                  aria-label={`Use ${one}`}
                  onPress={() => {
                    importing.useSaved(one);
                  }}
                >
                  Use
                </Button>
                <Confirm
                  what="Remove"
                  whole={`Remove ${one}`}
                  question="Remove this saved matching?"
                  yes="Yes, remove it"
                  no="Keep it"
                  onYes={() => {
                    change(api.removeMapping(one), `Removed “${one}”`);
                    document.getElementById("source-title")?.focus();
                  }}
                />
              </li>
            ))}
          </ul>
        )}
        <Form
          className="with-input"
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <TextInput label="Save this one as" value={name} onChange={setName} />
          <Button className="button" type="submit">
            Save
          </Button>
        </Form>
      </DisclosurePanel>
    </Disclosure>
  );
}
