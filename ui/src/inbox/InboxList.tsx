// The list of the inbox. Its single letters act only while it has the focus, and can be switched off.

import type { KeyboardEvent } from "react";
import { ListBox, ListBoxItem } from "react-aria-components";
import { Icon } from "../components/Icon";
import type { InboxLine } from "../lib/api";
import { capital } from "../lib/words";
import type { Take } from "./groups";
import { sortIcons, sortNames } from "./inboxWords";

export type InboxActs = {
  accept: () => void;
  edit: () => void;
  decline: () => void;
  look: () => void;
  take: (take: Take) => void;
};

type Props = {
  lines: readonly InboxLine[];
  chosen: string | null;
  letterKeys: boolean;
  acts: InboxActs;
  onChoose: (item: string) => void;
};

export const takeKeys: Readonly<Record<string, Take>> = { "1": "mine", "2": "theirs", "3": "both" };

export function InboxList({ lines, chosen, letterKeys, acts, onChoose }: Props) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const act = actOf(event.key.toLowerCase(), letterKeys, acts);
    if (act === null) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    // Before the list sees them: it would look for a line that begins with the letter.
    <div className="inbox-scroll" onKeyDownCapture={onKeyDown} role="presentation">
      <ListBox
        id="inbox-list"
        className="inbox-list"
        aria-label="Inbox"
        items={lines.map((line) => ({ ...line, id: line.item }))}
        selectionMode="single"
        selectionBehavior="replace"
        disallowEmptySelection
        selectedKeys={chosen === null ? [] : [chosen]}
        onSelectionChange={(keys) => {
          const [key] = keys === "all" ? [] : [...keys];
          if (key !== undefined) onChoose(String(key));
        }}
        onAction={acts.look}
      >
        {(line) => <Line line={line} />}
      </ListBox>
    </div>
  );
}

function actOf(key: string, letterKeys: boolean, acts: InboxActs): (() => void) | null {
  if (key === "enter" || key === " ") return acts.look;
  if (!letterKeys) return null;
  const take = takeKeys[key];
  if (take !== undefined)
    return () => {
      acts.take(take);
    };
  switch (key) {
    case "a":
      return acts.accept;
    case "e":
      return acts.edit;
    case "r":
      return acts.decline;
    default:
      return null;
  }
}

function Line({ line }: { line: InboxLine }) {
  const { item, sort, name, said, from, at_said, clock_off, outcome, waiting } = line;
  return (
    <ListBoxItem id={item} className="inbox-line" textValue={`${sortNames[sort]}: ${name}`}>
      <Icon name={sortIcons[sort]} />
      <span className="inbox-words">
        <span className="inbox-name">
          <span className="unseen">{sortNames[sort]}: </span>
          {name}
        </span>
        <span className="inbox-said">
          {said} · {from}, {at_said}
          {clock_off && " (their clock was wrong)"}
          {outcome !== null && <span className="inbox-outcome"> · {capital(outcome)}</span>}
          {waiting && <span className="inbox-outcome"> · settled here, waits to be sent</span>}
        </span>
      </span>
    </ListBoxItem>
  );
}
