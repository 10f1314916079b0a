// What was done last, with the way to take it back. It goes by itself after a while, not while somebody is at
// it; Control Z and the outbox undo it then.

import { useEffect } from "react";
import { Button, Group } from "react-aria-components";
import { putAway, undoLast, useDone } from "../state/done";
import { AlertPanel } from "./AlertPanel";
import { Icon } from "./Icon";

const STAYS_MS = 20_000;

export function DoneBar() {
  const done = useDone();
  if (done === null) return null;
  if (done.error !== null)
    return (
      <section className="done-bar" aria-label="Done last">
        <AlertPanel error={done.error} title="That could not be done" onDismiss={putAway} />
      </section>
    );
  return (
    <Group className="done-bar" role="region" aria-label="Done last">
      {({ isHovered, isFocusWithin }) => (
        <>
          <Clock key={done.said} held={isHovered || isFocusWithin} />
          <p>
            <Icon name="check" /> {done.said}
          </p>
          {done.canUndo && (
            <Button className="button button-small" aria-keyshortcuts="Control+Z" onPress={undoLast}>
              Undo
            </Button>
          )}
          <Button
            className="button-icon"
            aria-label="Put this away"
            onPress={() => {
              putAway();
              document.querySelector<HTMLElement>("#inbox-list, #results-list, #search-box")?.focus();
            }}
          >
            <Icon name="cross" />
          </Button>
        </>
      )}
    </Group>
  );
}

function Clock({ held }: { held: boolean }) {
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(putAway, STAYS_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [held]);
  return null;
}
