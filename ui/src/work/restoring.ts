// What going back to an earlier version would change, from what each version since has changed. Pure.

import type { FieldChangeView, HistoryLine } from "../lib/api";

/** `at`: the place of the version in the lines, which are the newest first. */
export function wouldRestore(lines: readonly HistoryLine[], at: number): FieldChangeView[] {
  const back = new Map<string, FieldChangeView>();
  for (const { changes } of lines.slice(0, at)) for (const change of changes) put(back, change);
  return [...back.values()].filter(
    ({ old, new: next, added, removed }) => old !== next || added.length + removed.length > 0,
  );
}

/** Lays an older change under those that came after it, turned round. */
function put(back: Map<string, FieldChangeView>, change: FieldChangeView): void {
  const later = back.get(change.field);
  const without = (these: readonly string[], those: readonly string[]) =>
    these.filter((one) => !those.includes(one));
  const added = later?.added ?? [];
  const removed = later?.removed ?? [];
  back.set(change.field, {
    ...change,
    old: later === undefined ? change.new : later.old,
    new: change.old,
    added: [...without(added, change.added), ...without(change.removed, removed)],
    removed: [...without(removed, change.removed), ...without(change.added, added)],
  });
}
