// Going to another screen and back: the focus returns to the very place that had it.

import { useEffect, useLayoutEffect, useRef } from "react";

/** What has the focus of a screen where the place that had it is gone. */
const landings: Readonly<Record<string, string>> = {
  find: "#search-box",
  inbox: "#inbox-list, #inbox-title",
};

export function useReturn(screen: string): void {
  const places = useRef(new Map<string, HTMLElement>());
  const shown = useRef(screen);
  const before = useRef(screen);

  useLayoutEffect(() => {
    // Before the next screen takes the focus: that is not a place of the last one.
    shown.current = screen;
  }, [screen]);

  useEffect(() => {
    const keep = (event: FocusEvent) => {
      // Sheets and lists over a screen give the focus back to it by themselves.
      const { target } = event;
      if (target instanceof HTMLElement && target.closest(".app") !== null)
        places.current.set(shown.current, target);
    };
    document.addEventListener("focusin", keep);
    return () => {
      document.removeEventListener("focusin", keep);
    };
  }, []);

  useEffect(() => {
    if (before.current === screen) return;
    before.current = screen;
    const landing = landings[screen];
    if (landing === undefined) return;
    const place = places.current.get(screen);
    const there = place?.isConnected === true ? place : null;
    (there ?? document.querySelector<HTMLElement>(landing))?.focus();
  }, [screen]);
}
