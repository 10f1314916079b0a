// What waits in the inbox, where it is seen: at the top of the window, and conflicts in a banner that stays.

import { Button } from "react-aria-components";
import { Icon } from "../components/Icon";
import { conflictWords } from "../hub/lightWords";
import type { SyncLight } from "../lib/api";
import { count } from "../lib/words";
import { useWays } from "../state/ways";

export function InboxButton({ light }: { light: SyncLight | null }) {
  const ways = useWays();
  if (light === null || light.inbox === 0) return null;
  return (
    <Button
      id="inbox-button"
      className="button-icon inbox-button"
      aria-label={`Inbox: ${count(light.inbox)} waiting`}
      aria-keyshortcuts="Control+B"
      onPress={ways.inbox}
    >
      <Icon name="tray" />
      <span className="inbox-count">{count(light.inbox)}</span>
    </Button>
  );
}

export function Conflicts({ conflicts }: { conflicts: number }) {
  const ways = useWays();
  if (conflicts === 0) return null;
  return (
    <section className="notices" aria-label="Conflicts">
      <div className="panel panel-warning">
        <Icon name="warning" />
        <div className="panel-words">
          <p className="panel-title">
            {conflicts === 1 ? "1 conflict needs you" : `${conflictWords(conflicts)} need you`}
          </p>
          <p>Two people changed the same thing. Both versions are kept until somebody chooses.</p>
        </div>
        <Button className="button" onPress={ways.inbox}>
          To the inbox
        </Button>
      </div>
    </section>
  );
}
