// How the window shows where an own change stands: a picture with each, never a colour alone.

import type { IconName } from "../components/Icon";
import type { OutboxLine, OutboxState } from "../lib/api";

export const stateIcons: Record<OutboxState, IconName> = {
  waiting: "clock",
  sent: "send",
  applied: "check",
  merged: "check",
  conflict: "warning",
  queued: "tray",
  accepted: "check",
  declined: "cross",
  refused: "warning",
  not_understood: "warning",
  withdrawn: "back",
};

export const whatIcons: Record<OutboxLine["what"], IconName> = {
  edit: "pen",
  suggest: "pen",
  flag: "flag",
  check: "check",
  remove: "cross",
  resolve: "tray",
};

/** Not sent or not answered yet. */
export function isUnderway({ state }: OutboxLine): boolean {
  return state === "waiting" || state === "sent";
}
