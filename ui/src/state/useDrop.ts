// Whether somebody drags files over the window, and what to do with those dropped on it.

import { useEffect, useEffectEvent, useState } from "react";
import { api, type DraggedFiles } from "../lib/api";

export function useDrop(dropped: (path: string) => void): boolean {
  const [over, setOver] = useState(false);
  const heard = useEffectEvent((files: DraggedFiles) => {
    setOver(files.state === "over");
    const first = files.state === "dropped" ? files.paths[0] : undefined;
    if (first !== undefined) dropped(first);
  });

  useEffect(() => {
    const listening = api.onDrop(heard);
    // Where the system tells of no drops, a file is still chosen by its button.
    listening.catch(() => undefined);
    return () => {
      void listening.then(
        (stop) => {
          stop();
        },
        () => undefined,
      );
    };
  }, []);
  return over;
}
