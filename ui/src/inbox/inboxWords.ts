// How the window shows the sorts of things that wait for a curator.

import type { IconName } from "../components/Icon";
import type { InboxItem, InboxSort } from "../lib/api";

export const sortIcons: Record<InboxSort, IconName> = {
  suggestion: "pen",
  flag: "flag",
  conflict: "warning",
  removal: "cross",
  refused: "stop",
};

export const sortNames: Record<InboxSort, string> = {
  suggestion: "Suggestion",
  flag: "Something is wrong",
  conflict: "Conflict",
  removal: "Removal",
  refused: "Not taken",
};

/** What accepting means. */
export function acceptName({ line: { sort }, reason }: InboxItem): string {
  switch (sort) {
    case "suggestion":
      return "Accept";
    case "flag":
      return "Dealt with";
    case "conflict":
      return "Settle it so";
    case "removal":
      // Without a reason nobody wants it removed: somebody changed what was removed before.
      return reason === null ? "Bring it back, changed so" : "Remove the entry";
    case "refused":
      return "Accept all the same";
  }
}

/** What declining means. */
export function declineName({ line: { sort }, reason }: InboxItem): string {
  switch (sort) {
    case "suggestion":
      return "Decline…";
    case "flag":
      return "It is not so…";
    case "conflict":
      return "Keep what is there…";
    case "removal":
      return reason === null ? "It stays removed…" : "Keep the entry…";
    case "refused":
      return "Leave it out…";
  }
}
