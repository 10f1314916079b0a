// Says that what went on behind another screen has ended.

import { useEffect, useRef } from "react";
import { announce } from "./announcer";

export function useAnnouncedEnd(busy: string | null, away: boolean): void {
  const before = useRef(busy);
  useEffect(() => {
    if (before.current !== null && busy === null && away)
      announce(`${before.current}: ended. Control I goes to the import.`);
    before.current = busy;
  }, [busy, away]);
}
