// What waits on an entry, in banners that stay until it is settled: one's own changes that were not sent yet,
// and what others have sent.

import { Button } from "react-aria-components";
import { Icon, type IconName } from "../components/Icon";
import type { EntryWork, InboxLine, OutboxLine } from "../lib/api";
import { useWays } from "../state/ways";

export function Waiting({ work: { waiting, suggestions, flags, conflicts } }: { work: EntryWork }) {
  return (
    <>
      {waiting.length > 0 && <Own lines={waiting} />}
      <Others lines={conflicts} icon="warning" title="Two changes meet: somebody has to choose" />
      <Others lines={flags} icon="flag" title="Somebody says that something is wrong" />
      <Others lines={suggestions} icon="pen" title="A change is suggested" />
    </>
  );
}

function Own({ lines }: { lines: readonly OutboxLine[] }) {
  const ways = useWays();
  return (
    <div className="panel panel-info" role="group" aria-label="Your changes">
      <Icon name="clock" />
      <div className="panel-words">
        {lines.map(({ row, said, state_said }) => (
          <p key={row}>
            <strong>{said}</strong>: {state_said}
          </p>
        ))}
        <Button className="button button-small" onPress={ways.outbox}>
          Your changes…
        </Button>
      </div>
    </div>
  );
}

type OthersProps = { lines: readonly InboxLine[]; icon: IconName; title: string };

function Others({ lines, icon, title }: OthersProps) {
  const ways = useWays();
  if (lines.length === 0) return null;
  return (
    <div className="panel panel-warning" role="group" aria-label={title}>
      <Icon name={icon} />
      <div className="panel-words">
        <p className="panel-title">{title}</p>
        {lines.map(({ item, said, from, at_said, outcome }) => (
          <p key={item}>
            {said} · {from}, {at_said}
            {outcome !== null && `. ${outcome}`}
          </p>
        ))}
        <Button className="button button-small" onPress={ways.inbox}>
          To the inbox
        </Button>
      </div>
    </div>
  );
}
