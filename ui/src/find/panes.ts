// The parts of the window, in the order in which F6 visits them, and where the focus lands in each.

import type { Pane } from "../state/useKeys";

const order: readonly Pane[] = ["search", "filters", "list", "service"];

const landing: Record<Pane, string> = {
  search: "#search-box",
  filters: "#filters input, #filters-button",
  list: "#results-list, #results-title",
  service: "#entry-name",
};

export function focusPane(pane: Pane): void {
  const element = document.querySelector<HTMLElement>(landing[pane]);
  element?.focus();
  if (element instanceof HTMLInputElement && pane === "search") element.select();
}

export function paneAlong(from: Pane, by: 1 | -1, entryIsOpen: boolean): Pane {
  const panes = entryIsOpen ? order : order.filter((pane) => pane !== "service");
  const next = (panes.indexOf(from) + by + panes.length) % panes.length;
  return panes[next] ?? "search";
}
