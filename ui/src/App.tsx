// The whole window, or, where the local copy cannot be opened, what to do about that.

import { AlertPanel } from "./components/AlertPanel";
import { Mark } from "./components/Icon";
import { api, type Settings } from "./lib/api";
import { useSettings } from "./state/useSettings";
import { useStatus } from "./state/useStatus";
import { Window } from "./Window";

export function App({ start }: { start: Settings }) {
  const settings = useSettings(start);
  const health = useStatus();
  if (health.error?.code.startsWith("store_")) {
    const again = () => {
      void api.retryStart().then(health.again, health.again);
    };
    return (
      <main className="start-problem">
        <h1 className="brand">
          <Mark /> Signpost
        </h1>
        <AlertPanel error={health.error} onAgain={again} />
      </main>
    );
  }
  return <Window settings={settings} health={health} />;
}
