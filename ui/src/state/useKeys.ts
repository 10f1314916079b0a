// The keys that work everywhere in the window, in one place. A sheet or menu that stands open
// keeps its own keys.

import { useEffect, useRef } from "react";
import type { Act } from "../work/acts";
import { isTyping } from "./useScreenKeys";

export type Pane = "search" | "filters" | "list" | "service";

export type KeyActions = Readonly<{
  letterKeys: boolean;
  goTo: (pane: Pane) => void;
  /** To the next pane (+1) or the one before (-1), counted from the one that has the focus. */
  goAlong: (from: Pane, by: 1 | -1) => void;
  openActive: () => void;
  back: () => void;
  showKeys: () => void;
  bringIn: () => void;
  sendOut: () => void;
  toInbox: () => void;
  toOutbox: () => void;
  addNew: () => void;
  /** Does something with the entry that stands open, or with the one that is chosen in the list. */
  act: (act: Act) => void;
}>;

export function useKeys(actions: KeyActions): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : document.body;
      if (event.isComposing || target.closest("[role=dialog], .popover") !== null) return;
      if (handle(event, target, latest.current)) {
        event.preventDefault();
        event.stopPropagation();
      }
    };
    // Before the components see the key: a search field would keep it to itself.
    document.addEventListener("keydown", onKeyDown, true);
    return () => {
      document.removeEventListener("keydown", onKeyDown, true);
    };
  }, []);
}

/** What letters do in the list and in the entry. */
const ACTS_BY_LETTER: Readonly<Record<string, Act>> = { e: "edit", f: "flag", v: "check", h: "history" };

const PANES_BY_NUMBER: Readonly<Record<string, Pane>> = { "1": "filters", "2": "list", "3": "service" };

function handle(event: KeyboardEvent, target: HTMLElement, actions: KeyActions): boolean {
  const from = paneOf(target);
  if (event.altKey || event.metaKey) return false;
  if (event.ctrlKey) {
    const key = event.key.toLowerCase();
    const pane = key === "k" ? "search" : PANES_BY_NUMBER[key];
    if (pane !== undefined) actions.goTo(pane);
    else {
      const go = event.shiftKey ? undefined : controlKeys(actions)[key];
      if (go === undefined) return false;
      go();
    }
    return true;
  }
  switch (event.key) {
    case "F6":
      actions.goAlong(from, event.shiftKey ? -1 : 1);
      return true;
    case "F1":
      actions.showKeys();
      return true;
    case "/":
      if (!actions.letterKeys || isTyping(target)) return false;
      actions.goTo("search");
      return true;
    case "?":
      if (!actions.letterKeys || isTyping(target)) return false;
      actions.showKeys();
      return true;
    case "ArrowDown":
      if (target.id !== "search-box") return false;
      actions.goTo("list");
      return true;
    case "Enter":
      if (target.id !== "search-box") return false;
      actions.openActive();
      return true;
    case "Escape":
      return stepBack(target, from, actions);
    default:
      return letter(event, target, from, actions);
  }
}

function controlKeys(actions: KeyActions): Readonly<Record<string, () => void>> {
  const { bringIn, sendOut, toInbox, toOutbox, addNew } = actions;
  return { i: bringIn, e: sendOut, b: toInbox, o: toOutbox, n: addNew };
}

function letter(event: KeyboardEvent, target: HTMLElement, from: Pane, actions: KeyActions): boolean {
  const act = ACTS_BY_LETTER[event.key.toLowerCase()];
  const there = target.id === "results-list" || from === "service";
  if (act === undefined || !actions.letterKeys || event.shiftKey || !there || isTyping(target)) return false;
  actions.act(act);
  return true;
}

/** From the entry to where it was opened, from anywhere else to the search box, which clears itself. */
function stepBack(target: HTMLElement, from: Pane, actions: KeyActions): boolean {
  if (target.id === "search-box") return false;
  if (from === "service") actions.back();
  else actions.goTo("search");
  return true;
}

function paneOf(target: HTMLElement): Pane {
  if (target.closest("#service") !== null) return "service";
  if (target.closest("#filters, .fold") !== null) return "filters";
  return target.closest("[role=search]") === null ? "list" : "search";
}
