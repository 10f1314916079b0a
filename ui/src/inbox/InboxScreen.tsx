// Everything that waits for a curator in one list, and the one that is chosen side by side, field by field.

import { useCallback, useEffect, useRef, useState } from "react";
import { Button } from "react-aria-components";
import { AlertPanel } from "../components/AlertPanel";
import { Choice } from "../components/Choice";
import { Icon, Mark } from "../components/Icon";
import { ReasonSheet } from "../components/ReasonSheet";
import { SheetButtons } from "../components/SheetButtons";
import { api, type ApiError, type InboxLine, type SyncLight } from "../lib/api";
import { SyncButton } from "../hub/SyncButton";
import { count } from "../lib/words";
import { useCurrent } from "../state/useCurrent";
import { useLayout } from "../state/useLayout";
import { useScreenKeys } from "../state/useScreenKeys";
import { useWays } from "../state/ways";
import type { SheetName } from "../Window";
import { InboxDetail } from "./InboxDetail";
import { InboxList } from "./InboxList";
import { useSettling } from "./useSettling";

type Props = {
  textPercent: number;
  letterKeys: boolean;
  light: SyncLight | null;
  /** A form could not be opened. */
  formError: ApiError | null;
  onSheet: (sheet: SheetName) => void;
  onLeave: () => void;
};

export function InboxScreen({ textPercent, letterKeys, light, formError, onSheet, onLeave }: Props) {
  const layout = useLayout(textPercent);
  const ways = useWays();
  const [open, setOpen] = useState(true);
  const [at, setAt] = useState<{ item: string | null; index: number }>({ item: null, index: 0 });
  const [reading, setReading] = useState(false);
  const [declining, setDeclining] = useState<InboxLine | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const { value, error, again } = useCurrent(useCallback(() => api.inbox(open), [open]));
  const lines = value?.lines ?? [];
  // What was settled is gone from the list: the one that took its place is next.
  const line = lines.find(({ item }) => item === at.item) ?? lines[Math.min(at.index, lines.length - 1)];
  const toList = () => {
    setReading(false);
    requestAnimationFrame(focusList);
  };
  const settling = useSettling(line?.item ?? null, toList);
  const toItem = () => {
    setReading(true);
    requestAnimationFrame(() => document.getElementById("inbox-item")?.focus());
  };
  const leave = () => {
    const inItem = document.activeElement?.closest(".inbox-detail") != null;
    if (inItem || (reading && layout === "one")) toList();
    else onLeave();
  };
  useScreenKeys({
    leave,
    showKeys: () => {
      onSheet("keys");
    },
  });
  useEffect(() => {
    heading.current?.focus();
  }, []);
  const shown = line?.item;
  useEffect(() => {
    // The line that had the focus is gone from the list: it goes on to the one that took its place.
    if (shown === undefined || document.activeElement !== document.body) return;
    const frame = requestAnimationFrame(focusList);
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [shown]);
  const listed = lines.length > 0;
  useEffect(() => {
    if (!listed) return;
    // As soon as its lines are there the list has the focus, unless somebody has gone elsewhere meanwhile.
    const frame = requestAnimationFrame(() => {
      if (document.activeElement === heading.current) focusList();
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [listed]);
  const acts = {
    accept: settling.accept,
    edit: () => {
      if (line === undefined) return;
      if (settling.item?.can_settle === true) ways.editToSettle(line.item);
      else ways.edit(line.kind, line.id);
    },
    decline: () => {
      if (line !== undefined && settling.item?.can_settle === true) setDeclining(line);
    },
    look: toItem,
    take: settling.takeAll,
  };
  const one = layout === "one";

  return (
    <div className="app inbox-app" data-layout={layout}>
      <header className="masthead">
        <h1 className="brand">
          <Mark /> Signpost
        </h1>
        <Button className="button import-back" onPress={leave}>
          <Icon name="back" /> {one && reading ? "Back to the inbox" : "Back to the search"}
        </Button>
        <SyncButton light={light} />
        <div className="masthead-buttons">
          <SheetButtons onSheet={onSheet} />
        </div>
      </header>
      <main className="inbox-main">
        {(!one || !reading) && (
          <section className="inbox-side" aria-labelledby="inbox-title">
            <div className="inbox-head">
              <h2 ref={heading} id="inbox-title" tabIndex={-1}>
                Inbox
              </h2>
              <Choice
                label="Show"
                options={[
                  ["open", `What waits${value === null ? "" : ` (${count(value.open)})`}`],
                  ["settled", "What is settled"],
                ]}
                value={open ? "open" : "settled"}
                onChange={(which) => {
                  setOpen(which === "open");
                  setAt({ item: null, index: 0 });
                }}
              />
              {formError !== null && <AlertPanel error={formError} title="That could not be opened" />}
              {error !== null && <AlertPanel error={error} onAgain={again} />}
              {value !== null && lines.length === 0 && <Empty open={open} />}
            </div>
            {lines.length > 0 && (
              <InboxList
                lines={lines}
                chosen={line?.item ?? null}
                letterKeys={letterKeys}
                acts={acts}
                onChoose={(item) => {
                  setAt({
                    item,
                    index: Math.max(
                      0,
                      lines.findIndex((other) => other.item === item),
                    ),
                  });
                }}
              />
            )}
          </section>
        )}
        {(!one || reading) && line !== undefined && (
          <InboxDetail settling={settling} letterKeys={letterKeys} acts={acts} />
        )}
      </main>
      <ReasonSheet
        title="Decline"
        open={declining !== null}
        about={declining === null ? "" : `${declining.name}: ${declining.said}`}
        label={`Why: ${declining?.from ?? ""} will read it`}
        send="Decline it"
        needed="Write why: whoever sent it wants to know."
        onSend={settling.decline}
        onClose={() => {
          setDeclining(null);
        }}
      />
    </div>
  );
}

/** The list, at the line that it stands at; where it has the focus already, nothing moves. */
function focusList(): void {
  const list = document.getElementById("inbox-list");
  if (list?.contains(document.activeElement) === true) return;
  (list ?? document.getElementById("inbox-title"))?.focus();
}

function Empty({ open }: { open: boolean }) {
  return (
    <div className="panel">
      <Icon name="check" />
      <div className="panel-words">
        <p className="panel-title">{open ? "Nothing waits for you" : "Nothing has been settled yet"}</p>
        <p>
          {open
            ? "Suggestions, flags, conflicts and removals come here, and what the hub would not take."
            : "What you settle stays here, with what became of it."}
        </p>
      </div>
    </div>
  );
}
