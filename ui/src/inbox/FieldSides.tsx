// A field, or the fields of one group: as it is in the directory now beside what was sent, and which is taken.

import type { KeyboardEvent } from "react";
import { CheckboxButton, CheckboxField } from "react-aria-components";
import { Choice } from "../components/Choice";
import { Icon } from "../components/Icon";
import type { InboxField, InboxItem } from "../lib/api";
import { list } from "../lib/words";
import { takeOf, type FieldSet, type Take, type Takes } from "./groups";
import { takeKeys } from "./InboxList";

type Props = {
  set: FieldSet;
  item: InboxItem;
  takes: Takes;
  letterKeys: boolean;
  onTake: (take: Take) => void;
};

export function FieldSides({ set, item, takes, letterKeys, onTake }: Props) {
  const { sort, from } = item.line;
  const taken = takeOf(sort, takes, set.key);
  const onKeyDown = (event: KeyboardEvent) => {
    const take = takeKeys[event.key];
    if (!letterKeys || sort !== "conflict" || take === undefined || (take === "both" && !set.both)) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    onTake(take);
  };
  const options: (readonly [Take, string])[] = [
    ["mine", `1 As ${from} sent it`],
    ["theirs", "2 As it is now"],
    ...(set.both ? [["both", "3 Both"] as const] : []),
  ];
  return (
    <div className="field-set" data-set={set.key}>
      <h3>{set.label}</h3>
      {set.fields.map((field) => (
        <Sides key={field.field} field={field} from={from} alone={set.fields.length === 1} />
      ))}
      {item.can_settle && sort === "suggestion" && (
        <CheckboxField
          isSelected={taken === "mine"}
          onChange={(ticked) => {
            onTake(ticked ? "mine" : "theirs");
          }}
        >
          <CheckboxButton className="option">
            <span className="option-box">
              <Icon name="check" />
            </span>
            <span className="option-name">
              Take it<span className="unseen">: {set.label}</span>
            </span>
          </CheckboxButton>
        </CheckboxField>
      )}
      {item.can_settle && sort === "conflict" && (
        // The keys 1, 2 and 3 choose as well, wherever in the choice the focus is.
        // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- see the line above
        <div onKeyDown={onKeyDown}>
          <Choice label={`Which holds: ${set.label}`} options={options} value={taken} onChange={onTake} />
        </div>
      )}
    </div>
  );
}

type SidesProps = { field: InboxField; from: string; alone: boolean };

function Sides({ field: { label, base, theirs, mine, added, removed, differs }, from, alone }: SidesProps) {
  if (!differs)
    return (
      <p className="quiet-note">
        {label}: {mine ?? "not known"}, the same on both sides
      </p>
    );
  return (
    <div className="sides" role="group" aria-label={label}>
      {!alone && <p className="sides-label">{label}</p>}
      <div className="side">
        <p className="side-title">In the directory now</p>
        <p>{theirs ?? "not known"}</p>
      </div>
      <div className="side side-sent">
        <p className="side-title">As {from} sent it</p>
        {added.length + removed.length === 0 ? (
          <p>{mine ?? "not known"}</p>
        ) : (
          <>
            {added.length > 0 && (
              <p>
                Adds <ins>{list(added)}</ins>
              </p>
            )}
            {removed.length > 0 && (
              <p>
                Takes out <del>{list(removed)}</del>
              </p>
            )}
          </>
        )}
      </div>
      {added.length + removed.length === 0 && base !== theirs && (
        <p className="side-base">It was, when they wrote: {base ?? "not known"}</p>
      )}
    </div>
  );
}
