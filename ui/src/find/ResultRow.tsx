// One service on one look: what it is, for whom, where, cost, how to get in, when checked, why it matched.

import { memo } from "react";
import { Freshness } from "../components/Freshness";
import { Icon, type IconName } from "../components/Icon";
import { StatusBadge } from "../components/StatusBadge";
import type { Hit, ReasonView } from "../lib/api";
import { capital, distance, list, reasonBriefly } from "../lib/words";

const REASONS_SHOWN = 3;

/** Drawn again only when the service is another: typing must not wait for the list. */
export const ResultRow = memo(function ResultRow({ hit }: { hit: Hit }) {
  return (
    <>
      <div className="row-top">
        <span className="row-heading">
          <span className="row-name">{hit.name}</span>
          {hit.organisation !== null && hit.organisation !== hit.name && (
            <span className="row-organisation">{hit.organisation}</span>
          )}
          <StatusBadge status={hit.status} />
        </span>
        <span className="row-end">
          <Freshness checked={hit.checked} />
          {hit.distance_km !== null && (
            <span className="row-distance">
              <Icon name="pin" /> {distance(hit.distance_km)}
            </span>
          )}
        </span>
      </div>
      {hit.summary !== null && <div className="row-summary">{hit.summary}</div>}
      <div className="row-facts">
        <Fact icon="people" what="For" said={hit.for_whom} />
        <Fact icon="home" what="Where" said={hit.where_line} />
        <Fact icon="coin" what="Cost" said={hit.cost} />
        <Fact icon="door" what="Way in" said={hit.way_in?.line ?? null} />
        <NotKnown hit={hit} />
      </div>
      <div className="row-tags">
        <Why reasons={hit.why} />
        {hit.needs
          .filter((need) => !isReason(hit, need))
          .map((need) => (
            <span key={need} className="tag">
              {need}
            </span>
          ))}
        {hit.tier !== null && <span className="tag tag-tier">{hit.tier}</span>}
      </div>
    </>
  );
});

/** A need that is shown as the reason already is not shown twice. */
function isReason(hit: Hit, need: string): boolean {
  return hit.why.slice(0, REASONS_SHOWN).some(({ found }) => found === need);
}

function Fact({ icon, what, said }: { icon: IconName; what: string; said: string | null }) {
  if (said === null) return null;
  return (
    <span className="fact">
      <Icon name={icon} /> <span className="unseen">{what}: </span>
      {capital(said)}
    </span>
  );
}

function NotKnown({ hit }: { hit: Hit }) {
  const missing = [
    hit.for_whom === null && "for whom",
    hit.where_line === null && "where",
    hit.cost === null && "cost",
    hit.way_in === null && "way in",
    hit.tier === null && "tier",
  ].filter((word) => word !== false);
  if (missing.length === 0) return null;
  return <span className="row-unknown">Not known: {list(missing)}</span>;
}

function Why({ reasons }: { reasons: readonly ReasonView[] }) {
  if (reasons.length === 0) return null;
  return (
    <span className="row-why">
      matched: <b>{reasons.slice(0, REASONS_SHOWN).map(reasonBriefly).join(" · ")}</b>
    </span>
  );
}
