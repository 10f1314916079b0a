// The sync light in a word or two, with a picture: its state is never told by a colour alone.

import type { IconName } from "../components/Icon";
import type { LightState, SyncLight } from "../lib/api";
import { count } from "../lib/words";

export const lightIcons: Record<LightState, IconName> = {
  alone: "alone",
  in_step: "check",
  syncing: "round",
  waiting: "clock",
  offline: "away",
  attention: "warning",
  stopped: "stop",
};

export function lightBriefly({ state, waiting, conflicts }: SyncLight): string {
  const left = waiting === 0 ? "" : `${count(waiting)} waiting`;
  switch (state) {
    case "alone":
      return left === "" ? "Only here" : left;
    case "in_step":
      return "In step";
    case "syncing":
      return "Syncing";
    case "waiting":
      return left === "" ? "Waiting" : left;
    case "offline":
      return left === "" ? "Offline" : `Offline, ${left}`;
    case "attention":
      return conflicts === 0 ? "Needs you" : conflictWords(conflicts);
    case "stopped":
      return "Stopped";
  }
}

export function conflictWords(conflicts: number): string {
  return `${count(conflicts)} ${conflicts === 1 ? "conflict" : "conflicts"}`;
}

/** The code as it is written on the curator's screen, however it is typed or pasted. */
export function codeWritten(typed: string): string {
  const code = typed
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, "")
    .slice(0, 8);
  return code.length > 4 ? `${code.slice(0, 4)}-${code.slice(4)}` : code;
}
