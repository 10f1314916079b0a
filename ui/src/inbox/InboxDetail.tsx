// One item of the inbox: who sent it, what it would change beside what is there, and the ways to settle it.

import { Button } from "react-aria-components";
import { AlertPanel } from "../components/AlertPanel";
import { Icon } from "../components/Icon";
import { TextInput } from "../components/TextInput";
import type { InboxItem } from "../lib/api";
import { capital } from "../lib/words";
import { useWays } from "../state/ways";
import { FieldSides } from "./FieldSides";
import { setsOf } from "./groups";
import type { InboxActs } from "./InboxList";
import { acceptName, declineName, sortIcons, sortNames } from "./inboxWords";
import type { Settling } from "./useSettling";

type Props = { settling: Settling; letterKeys: boolean; acts: InboxActs };

export function InboxDetail({ settling, letterKeys, acts }: Props) {
  const { item, error, trouble } = settling;
  return (
    <section className="inbox-detail" aria-label="What was sent">
      {error !== null && <AlertPanel error={error} onAgain={settling.again} />}
      {item !== null && (
        <article className="inbox-item" aria-labelledby="inbox-item">
          <Head item={item} />
          {trouble !== null && <AlertPanel error={trouble} title="This was not settled" />}
          {setsOf(item.fields).map((set) => (
            <FieldSides
              key={set.key}
              set={set}
              item={item}
              takes={settling.takes}
              letterKeys={letterKeys}
              onTake={(take) => {
                settling.take(set.key, take);
              }}
            />
          ))}
          {item.can_settle && <Settle item={item} settling={settling} acts={acts} />}
        </article>
      )}
    </section>
  );
}

function Head({ item: { line, note, text, reason } }: { item: InboxItem }) {
  const ways = useWays();
  const { sort, kind, id, name, said, from, at_said, clock_off, outcome, waiting } = line;
  return (
    <>
      <h2 id="inbox-item" tabIndex={-1}>
        {name}
      </h2>
      <p className="inbox-sort">
        <Icon name={sortIcons[sort]} /> <strong>{sortNames[sort]}</strong>: {said}
      </p>
      <p className="quiet-note">
        {from}, {at_said}
        {clock_off && ". Their computer’s clock was wrong then, by more than five minutes"}
      </p>
      {text !== null && <p className="said-words">“{text}”</p>}
      {note !== null && <p className="said-words">“{note}”</p>}
      {reason !== null && (
        <p className="panel panel-warning">
          <Icon name="info" /> <span>{reason}</span>
        </p>
      )}
      {outcome !== null && (
        <p className="panel">
          <Icon name="check" />
          <span>
            {capital(outcome)}
            {waiting && ". It waits to be sent"}
          </span>
        </p>
      )}
      <div className="actions">
        <Button
          className="button button-small"
          onPress={() => {
            if (kind === "service") ways.entry(id);
            else ways.edit(kind, id);
          }}
        >
          {kind === "service" ? "Show the entry" : `Edit the ${kind}`}
        </Button>
        <Button
          className="button button-small"
          onPress={() => {
            ways.history({ kind, id, name });
          }}
        >
          <Icon name="history" /> History
        </Button>
      </div>
    </>
  );
}

type SettleProps = { item: InboxItem; settling: Settling; acts: InboxActs };

function Settle({ item, settling, acts }: SettleProps) {
  const { from } = item.line;
  return (
    <div className="inbox-settle">
      <TextInput
        label={`A word to ${from} (if you like)`}
        value={settling.note}
        onChange={settling.setNote}
        spellCheck
      />
      <div className="actions">
        <Button className="button button-main" onPress={acts.accept}>
          <Icon name="check" /> {acceptName(item)}
        </Button>
        <Button className="button" onPress={acts.edit}>
          <Icon name="pen" /> Edit, then accept…
        </Button>
        <Button className="button" onPress={acts.decline}>
          <Icon name="cross" /> {declineName(item)}
        </Button>
      </div>
    </div>
  );
}
