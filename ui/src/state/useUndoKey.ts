// Control Z takes back what was done last, but in a field, where it takes back what was typed.

import { useEffect, useEffectEvent } from "react";
import { undoLast } from "./done";
import { isTyping } from "./useScreenKeys";

export function useUndoKey(active: boolean): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const target = event.target instanceof HTMLElement ? event.target : document.body;
    const pressed = event.ctrlKey && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "z";
    if (!active || !pressed || isTyping(target)) return;
    event.preventDefault();
    undoLast();
  });
  useEffect(() => {
    document.addEventListener("keydown", onKeyDown);
    return () => {
      document.removeEventListener("keydown", onKeyDown);
    };
  }, []);
}
