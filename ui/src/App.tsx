// The whole window: the find screen, or, where the local copy cannot be opened, what to do about that.

import { AlertPanel } from "./components/AlertPanel";
import { Mark } from "./components/Icon";
import { FindScreen } from "./find/FindScreen";
import { api, type Settings } from "./lib/api";
import { useSettings } from "./state/useSettings";
import { useStatus } from "./state/useStatus";

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
  return <FindScreen settings={settings} health={health} />;
}
