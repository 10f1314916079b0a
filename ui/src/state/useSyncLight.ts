// The sync light: asked for once, then told of whenever it changes. What came in shows everywhere at once.

import { useEffect, useState } from "react";
import { api, type SyncLight } from "../lib/api";
import { directoryChanged, useChanges } from "./changes";

export function useSyncLight(): SyncLight | null {
  const [light, setLight] = useState<SyncLight | null>(null);
  const changes = useChanges();

  useEffect(() => {
    let wanted = true;
    void api.syncLight().then(
      (answer) => {
        if (wanted) setLight(answer);
      },
      // Without an answer the last one stands; the panel behind the light says what is wrong.
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [changes]);

  useEffect(() => {
    const listening = Promise.all([api.onSync(setLight), api.onDirectory(directoryChanged)]);
    listening.catch(() => undefined);
    return () => {
      void listening.then(
        (stops) => {
          for (const stop of stops) stop();
        },
        () => undefined,
      );
    };
  }, []);
  return light;
}
