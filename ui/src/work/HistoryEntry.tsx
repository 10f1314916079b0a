// One version of a record. Before it is brought back, what that would change is shown.

import { useEffect, useRef, useState } from "react";
import { Button } from "react-aria-components";
import { FieldChanges } from "../components/FieldChanges";
import { Icon } from "../components/Icon";
import type { HistoryLine } from "../lib/api";
import { capital } from "../lib/words";
import { wouldRestore } from "./restoring";

type Props = { line: HistoryLine; lines: readonly HistoryLine[]; at: number; onRestore: () => void };

export function HistoryEntry({ line, lines, at, onRestore }: Props) {
  const { at_said, by, what, changes, can_restore, version } = line;
  return (
    <li className="line">
      <p className="line-top">
        <span className="line-name">{capital(what)}</span>
        {version !== null && <span className="tag">version {version}</span>}
        <span className="line-at">
          {at_said}
          {by !== null && `, ${by}`}
        </span>
      </p>
      {changes.length > 0 && <FieldChanges changes={changes} />}
      {can_restore && at > 0 && (
        <Restore named={`as it was ${at_said}`} lines={lines} at={at} onYes={onRestore} />
      )}
    </li>
  );
}

type RestoreProps = { named: string; lines: readonly HistoryLine[]; at: number; onYes: () => void };

function Restore({ named, lines, at, onYes }: RestoreProps) {
  const [asking, setAsking] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const moved = useRef(false);
  useEffect(() => {
    if (moved.current) place.current?.querySelector("button")?.focus();
    moved.current = false;
  }, [asking]);
  const ask = (next: boolean) => {
    moved.current = true;
    setAsking(next);
  };
  if (!asking)
    return (
      <div ref={place}>
        <Button
          className="button button-small"
          aria-label={`Bring this back… ${named}`}
          onPress={() => {
            ask(true);
          }}
        >
          <Icon name="history" /> Bring this back…
        </Button>
      </div>
    );
  const changes = wouldRestore(lines, at);
  return (
    <div ref={place} className="restore" role="group" aria-label={`Bring back ${named}`}>
      <p>
        {changes.length === 0
          ? "As far as is known here, nothing would change."
          : "This would change, as a new change that others can see:"}
      </p>
      {changes.length > 0 && <FieldChanges changes={changes} />}
      <div className="actions">
        <Button
          className="button button-small button-main"
          onPress={() => {
            setAsking(false);
            onYes();
          }}
        >
          Yes, bring it back
        </Button>
        <Button
          className="button button-small"
          onPress={() => {
            ask(false);
          }}
        >
          Leave it as it is
        </Button>
      </div>
    </div>
  );
}
