// The fields of an item as they are settled: those of one group go as one. Pure.

import type { InboxField, InboxItem, InboxSort, SettleChoice } from "../lib/api";

export type Take = SettleChoice["take"];
export type Takes = Readonly<Record<string, Take>>;

export type FieldSet = Readonly<{
  key: string;
  label: string;
  fields: readonly InboxField[];
  /** A list, of which both sides can hold. */
  both: boolean;
}>;

export function setsOf(fields: readonly InboxField[]): FieldSet[] {
  const keys = [...new Set(fields.map(keyOf))];
  return keys.map((key) => {
    const own = fields.filter((field) => keyOf(field) === key);
    const group = own[0]?.group ?? null;
    return {
      key,
      label: group ?? own[0]?.label ?? key,
      fields: own,
      // Half of the one and half of the other makes no opening hours: a group is one side's.
      both: group === null && own.every(isList),
    };
  });
}

function keyOf({ field, group }: InboxField): string {
  return group === null ? `field ${field}` : `group ${group}`;
}

function isList({ added, removed, json }: InboxField): boolean {
  return added.length + removed.length > 0 || json.startsWith("[");
}

/** Of a suggestion everything is taken unless it is unticked. A conflict is never settled by not choosing. */
export function takeOf(sort: InboxSort, takes: Takes, key: string): Take | null {
  return takes[key] ?? (sort === "conflict" ? null : "mine");
}

/** What was chosen for each field; or the set that is still to be chosen for; or why nothing can be taken. */
export type Chosen = { choices: SettleChoice[] } | { missing: FieldSet } | { nothing: true };

export function chosen({ line: { sort }, fields }: InboxItem, takes: Takes): Chosen {
  const sets = setsOf(fields);
  const missing = sets.find(({ key }) => takeOf(sort, takes, key) === null);
  if (missing !== undefined) return { missing };
  const choices = sets.flatMap(({ key, fields: own }) =>
    own.map(({ field }) => ({ field, take: takeOf(sort, takes, key) ?? "theirs" })),
  );
  if (sort === "suggestion" && choices.length > 0 && choices.every(({ take }) => take === "theirs"))
    return { nothing: true };
  return { choices };
}
