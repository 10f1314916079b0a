// Which hub, who this desk is there, and how far it has come.

import { Button } from "react-aria-components";
import { Icon } from "../components/Icon";
import type { SyncView } from "../lib/api";
import { count, list } from "../lib/words";
import { Known, Row } from "../service/Row";
import { useWays } from "../state/ways";

const roles: Record<NonNullable<SyncView["role"]>, string> = {
  contributor: "contributor: what you change goes to a curator as a suggestion",
  curator: "curator: you may edit and settle what others send",
  administrator: "administrator: you may do everything",
};

export function HubFacts({ view }: { view: SyncView }) {
  const ways = useWays();
  const { light, boroughs, role, refused } = view;
  return (
    <>
      <dl className="fact-list">
        <Known label="Hub" said={view.hub} />
        {view.address !== null && <Row label="Address">{view.address}</Row>}
        <Known label="You are" said={view.account} />
        <Row label="Your role">
          {role === null ? "none yet: you can read, and what you change stays here" : roles[role]}
          {role === "curator" && (boroughs.length === 0 ? ", in all boroughs" : `, in ${list(boroughs)}`)}
        </Row>
        <Known label="This computer" said={view.device} />
        <Known label="Last in step" said={view.last_in_step ?? "never yet"} />
        {view.sequence !== null && (
          <Row label="Position">
            {count(view.sequence)}
            {view.epoch !== null && `, epoch ${String(view.epoch)}`}
          </Row>
        )}
        <Known label="Its key" said={view.key_kept} />
        <Row label="Waiting">
          {light.waiting === 0 ? "nothing" : `${count(light.waiting)} of your changes`}{" "}
          <Button className="button button-small" onPress={ways.outbox}>
            Your changes…
          </Button>
        </Row>
      </dl>
      {refused.length > 0 && (
        <section className="outbox-part" aria-labelledby="refused-title">
          <h3 id="refused-title">Not taken by the hub</h3>
          <ul className="plain-list">
            {refused.map(({ row, name, said, reason, at_said }) => (
              <li key={row} className="outbox-bad">
                <Icon name="warning" /> {name}: {said}, {at_said}
                {reason !== null && `. ${reason}`}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
