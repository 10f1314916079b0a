// One own change: what it was, where it stands and why, and how to take it back.

import { Button, Disclosure, DisclosurePanel } from "react-aria-components";
import { Confirm } from "../components/Confirm";
import { FieldChanges } from "../components/FieldChanges";
import { Icon } from "../components/Icon";
import type { OutboxLine } from "../lib/api";
import { capital } from "../lib/words";
import { useWays } from "../state/ways";
import { stateIcons, whatIcons } from "./outboxWords";

type Acts = {
  withdraw: (line: OutboxLine) => void;
  undo: (line: OutboxLine) => void;
  leave: () => void;
};

export function OutboxEntry({ line, acts }: { line: OutboxLine; acts: Acts }) {
  const ways = useWays();
  const { kind, id, name, said, at_said, state, state_said, reason, changes } = line;
  const bad = state === "refused" || state === "declined" || state === "conflict";
  return (
    <li className="line">
      <p className="line-top">
        <span className="line-name">{name}</span>
        {kind !== "service" && <span className="tag">{kind}</span>}
        <span className="line-at">{at_said}</span>
      </p>
      <p>
        <Icon name={whatIcons[line.what]} /> {said}
      </p>
      <p className={bad ? "outbox-state outbox-bad" : "outbox-state"}>
        <Icon name={stateIcons[state]} /> {capital(state_said)}
        {reason !== null && `: ${reason}`}
      </p>
      {changes.length > 0 && (
        <Disclosure className="values">
          <Button slot="trigger" className="button button-small button-quiet values-button">
            <Icon name="open" /> Field by field<span className="unseen">: {said}</span>
          </Button>
          <DisclosurePanel>
            <FieldChanges changes={changes} />
          </DisclosurePanel>
        </Disclosure>
      )}
      <div className="actions">
        {line.can_withdraw && (
          <Confirm
            what="Withdraw"
            whole={`Withdraw: ${said}, ${name}`}
            question="Take it back before it is sent?"
            yes="Yes, withdraw it"
            no="Leave it"
            onYes={() => {
              acts.withdraw(line);
            }}
          />
        )}
        {line.can_undo && (
          <Confirm
            what="Undo"
            whole={`Undo: ${said}, ${name}`}
            question="Change it back to what it was?"
            yes="Yes, undo it"
            no="Leave it"
            onYes={() => {
              acts.undo(line);
            }}
          />
        )}
        <Button
          className="button button-small button-quiet"
          aria-label={`${kind === "service" ? "Show the entry" : "Edit it"}: ${name}`}
          onPress={() => {
            acts.leave();
            if (kind === "service") ways.entry(id);
            else ways.edit(kind, id);
          }}
        >
          {kind === "service" ? "Show the entry" : "Edit it"}
        </Button>
      </div>
    </li>
  );
}
