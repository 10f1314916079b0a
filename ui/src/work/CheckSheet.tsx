// Still correct: how somebody knows, of the whole entry or of a part of it. Never an edit.

import { useState } from "react";
import { Button } from "react-aria-components";
import { AlertPanel } from "../components/AlertPanel";
import { Icon, type IconName } from "../components/Icon";
import { Pick } from "../components/Pick";
import { Sheet } from "../components/Sheet";
import { api, asApiError, type ApiError } from "../lib/api";
import { tellSaved } from "../state/done";
import type { RecordRef } from "../state/ways";

type How = Parameters<typeof api.check>[1];

const ways: readonly (readonly [How, IconName, string])[] = [
  ["phoned", "phone", "I phoned"],
  ["visited", "door", "I visited"],
  ["web", "out", "I looked at their web page"],
  ["told_us", "people", "They told us"],
];

const ALL = "whole";

const parts: readonly { id: string; label: string }[] = [
  { id: ALL, label: "The whole entry" },
  { id: "telephone", label: "Telephone" },
  { id: "address", label: "Address" },
  { id: "opening hours", label: "Opening hours" },
  { id: "who it is for", label: "Who it is for" },
  { id: "way in", label: "Way in" },
  { id: "cost", label: "Cost" },
  { id: "status", label: "Whether it is open" },
];

export function CheckSheet({ record, onClose }: { record: RecordRef | null; onClose: () => void }) {
  return (
    <Sheet title="Still correct" open={record !== null} onClose={onClose}>
      {record !== null && <CheckForm record={record} onClose={onClose} />}
    </Sheet>
  );
}

function CheckForm({ record: { id, name }, onClose }: { record: RecordRef; onClose: () => void }) {
  const [of, setOf] = useState(ALL);
  const [error, setError] = useState<ApiError | null>(null);
  const check = (how: How) => {
    setError(null);
    api.check(id, how, of === ALL ? null : of).then(
      (saved) => {
        tellSaved(saved);
        onClose();
      },
      (cause: unknown) => {
        setError(asApiError(cause));
      },
    );
  };
  return (
    <>
      <p>{name}</p>
      {error !== null && <AlertPanel error={error} title="The check was not kept" />}
      <div className="check-ways" role="group" aria-label="How you know">
        {ways.map(([how, icon, said], at) => (
          <Button
            key={how}
            className="button"
            // Pressing V and Enter is the whole of the commonest check.
            // eslint-disable-next-line jsx-a11y/no-autofocus -- see the line above
            autoFocus={at === 0}
            onPress={() => {
              check(how);
            }}
          >
            <Icon name={icon} /> {said}
          </Button>
        ))}
      </div>
      <div className="input">
        <span className="input-label">What you checked</span>
        <Pick
          label="What you checked"
          shown={parts.find((part) => part.id === of)?.label ?? of}
          groups={[{ title: "What you checked", options: parts }]}
          chosen={[of]}
          onChange={([part]) => {
            if (part !== undefined) setOf(part);
          }}
        />
      </div>
    </>
  );
}
