// How a record came to be as it is: who changed what, when, field by field. Any version can be brought back.

import { useCallback, useRef, useState } from "react";
import { AlertPanel } from "../components/AlertPanel";
import { Icon } from "../components/Icon";
import { Sheet } from "../components/Sheet";
import { api, asApiError, type ApiError, type HistoryLine, type HistoryView } from "../lib/api";
import { tellSaved } from "../state/done";
import { useCurrent } from "../state/useCurrent";
import type { RecordRef } from "../state/ways";
import { HistoryEntry } from "./HistoryEntry";

type Props = { record: RecordRef | null; onClose: () => void };

export function HistorySheet({ record, onClose }: Props) {
  return (
    <Sheet title="History" wide open={record !== null} onClose={onClose}>
      {record !== null && <History record={record} />}
    </Sheet>
  );
}

function History({ record: { kind, id, name } }: { record: RecordRef }) {
  const { value, error, again } = useCurrent(useCallback(() => api.history(kind, id), [kind, id]));
  const [trouble, setTrouble] = useState<ApiError | null>(null);
  const top = useRef<HTMLParagraphElement>(null);
  const restore = ({ key }: HistoryLine) => {
    setTrouble(null);
    top.current?.focus();
    api.restoreVersion(kind, id, key).then(tellSaved, (cause: unknown) => {
      setTrouble(asApiError(cause));
    });
  };
  return (
    <>
      <p ref={top} tabIndex={-1} className="sheet-lead">
        <strong>{name}</strong>
      </p>
      {error !== null && <AlertPanel error={error} onAgain={again} />}
      {trouble !== null && <AlertPanel error={trouble} title="That version was not brought back" />}
      {value?.hub_said != null && (
        <p className="quiet-note">
          <Icon name="info" /> {value.hub_said}
        </p>
      )}
      {value === null ? error === null && <p>Looking…</p> : <Lines view={value} onRestore={restore} />}
    </>
  );
}

type LinesProps = { view: HistoryView; onRestore: (line: HistoryLine) => void };

function Lines({ view: { lines }, onRestore }: LinesProps) {
  if (lines.length === 0) return <p>Nothing is known of what was before.</p>;
  return (
    <ol className="line-list">
      {lines.map((line, at) => (
        <HistoryEntry
          key={line.key}
          line={line}
          lines={lines}
          at={at}
          onRestore={() => {
            onRestore(line);
          }}
        />
      ))}
    </ol>
  );
}
