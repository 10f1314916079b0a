// Where to go when this one does not suit: a tier more, a tier less, something like it, the next area.

import { Button } from "react-aria-components";
import { Icon, type IconName } from "../components/Icon";
import type { Hit, Related } from "../lib/api";

type Props = { related: Related; onOpen: (hit: Hit) => void };

export function LeadsOn({ related, onOpen }: Props) {
  const groups: readonly { title: string; icon: IconName; hits: readonly Hit[] }[] = [
    { title: titled("Step up", related.step_up_tier), icon: "up", hits: related.step_up },
    { title: titled("Step down", related.step_down_tier), icon: "down", hits: related.step_down },
    { title: "Similar", icon: "people", hits: related.similar },
    { title: "In neighbouring areas", icon: "pin", hits: related.neighbouring },
  ];
  const filled = groups.filter(({ hits }) => hits.length > 0);
  if (filled.length === 0) return null;
  return (
    <>
      <h3>If this does not suit</h3>
      {filled.map(({ title, icon, hits }) => (
        <div key={title} className="leads-on">
          <h4>
            <Icon name={icon} /> {title}
          </h4>
          <ul className="plain-list">
            {hits.map((hit) => (
              <li key={hit.id}>
                <Button
                  className="lead"
                  onPress={() => {
                    onOpen(hit);
                  }}
                >
                  <span className="lead-name">{hit.name}</span>
                  <span className="lead-line">
                    {[hit.summary, hit.boroughs.join(", ")].filter(Boolean).join(" · ")}
                  </span>
                </Button>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}

function titled(direction: string, tier: string | null): string {
  return tier === null ? direction : `${direction}: ${tier}`;
}
