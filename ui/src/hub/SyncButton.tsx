// The sync light: whether this computer is in step with the hub, honestly. Behind it: what waits, and why.

import { Button } from "react-aria-components";
import { Icon } from "../components/Icon";
import type { SyncLight } from "../lib/api";
import { useWays } from "../state/ways";
import { lightBriefly, lightIcons } from "./lightWords";

export function SyncButton({ light }: { light: SyncLight | null }) {
  const ways = useWays();
  if (light === null) return null;
  return (
    <Button id="sync-light" className={`light light-${light.state}`} onPress={ways.hub}>
      <Icon name={lightIcons[light.state]} />
      <span className="light-words">
        <span className="light-brief">
          {lightBriefly(light)}
          <span className="unseen">. </span>
        </span>
        <span className="light-said">
          {light.said}
          <span className="unseen">. Hub and sync</span>
        </span>
      </span>
    </Button>
  );
}
