// What was changed on this computer: what waits, what was sent, what became of it. What was not sent yet can be
// withdrawn.

import { useRef, useState } from "react";
import { AlertPanel } from "../components/AlertPanel";
import { Sheet } from "../components/Sheet";
import { api, asApiError, type ApiError, type OutboxLine } from "../lib/api";
import { announce } from "../state/announcer";
import { directoryChanged } from "../state/changes";
import { tellSaved } from "../state/done";
import { useCurrent } from "../state/useCurrent";
import { OutboxEntry } from "./OutboxEntry";
import { isUnderway } from "./outboxWords";

type Props = { open: boolean; onClose: () => void };

export function OutboxSheet({ open, onClose }: Props) {
  return (
    <Sheet title="Your changes" wide open={open} onClose={onClose}>
      <Outbox onClose={onClose} />
    </Sheet>
  );
}

function Outbox({ onClose }: { onClose: () => void }) {
  const { value, error, again } = useCurrent(api.outbox);
  const [trouble, setTrouble] = useState<ApiError | null>(null);
  const top = useRef<HTMLParagraphElement>(null);
  const attempt = (work: Promise<void>) => {
    setTrouble(null);
    // The pressed button goes: the focus stays in the sheet.
    top.current?.focus();
    work.catch((cause: unknown) => {
      setTrouble(asApiError(cause));
    });
  };
  const acts = {
    withdraw: ({ row, said }: OutboxLine) => {
      attempt(
        api.withdraw(row).then(() => {
          announce(`Withdrawn: ${said}`);
          directoryChanged();
        }),
      );
    },
    undo: ({ row }: OutboxLine) => {
      attempt(
        api.undoOutbox(row).then((saved) => {
          tellSaved(saved, false);
        }),
      );
    },
    leave: onClose,
  };
  const lines = value?.lines ?? [];
  const parts: readonly (readonly [string, readonly OutboxLine[]])[] = [
    ["Waiting to be sent, or for an answer", lines.filter(isUnderway)],
    ["What became of the others", lines.filter((line) => !isUnderway(line))],
  ];
  return (
    <>
      <p ref={top} tabIndex={-1} className="sheet-lead">
        {value === null
          ? "Looking…"
          : lines.length === 0
            ? "Nothing was changed on this computer yet. What you change shows at once, and waits here until it is sent."
            : "What you change shows here at once, and waits until the hub has answered."}
      </p>
      {error !== null && <AlertPanel error={error} onAgain={again} />}
      {trouble !== null && <AlertPanel error={trouble} title="That could not be taken back" />}
      {parts.map(
        ([title, shown]) =>
          shown.length > 0 && (
            <section key={title} className="outbox-part" aria-label={title}>
              <h3>{title}</h3>
              <ol className="line-list">
                {shown.map((line) => (
                  <OutboxEntry key={line.row} line={line} acts={acts} />
                ))}
              </ol>
            </section>
          ),
      )}
    </>
  );
}
