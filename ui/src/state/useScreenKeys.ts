// The keys of a screen that stands in place of the search. What stands open over it (a list, a sheet) keeps
// its own.

import { useEffect, useEffectEvent } from "react";

type Actions = Readonly<{ leave: () => void; showKeys: () => void; save?: () => void }>;

export function useScreenKeys({ leave, showKeys, save }: Actions): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const target = event.target instanceof HTMLElement ? event.target : document.body;
    if (event.isComposing || target.closest("[role=dialog], .popover") !== null) return;
    if (event.altKey || event.metaKey || event.shiftKey) return;
    const control = event.ctrlKey ? event.key.toLowerCase() : null;
    if (event.key === "F1") showKeys();
    else if (event.key === "Escape" || control === "k") leave();
    else if (control === "s" && save !== undefined) save();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  useEffect(() => {
    document.addEventListener("keydown", onKeyDown, true);
    return () => {
      document.removeEventListener("keydown", onKeyDown, true);
    };
  }, []);
}

/** Whether somebody writes there: letters are then letters, and undoing is the field's own. */
export function isTyping(target: HTMLElement): boolean {
  return target.matches(
    "input:not([type=checkbox], [type=radio], [type=range]), textarea, [contenteditable]",
  );
}
