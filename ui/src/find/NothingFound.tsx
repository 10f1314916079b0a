// Nothing was found: says so, shows the ways on, and says plainly what is kept of the question.

import { Button } from "react-aria-components";
import type { SearchResponse } from "../lib/api";
import { services } from "../lib/words";
import { emptyQuery, withoutFilters, type Query } from "../state/query";
import { Keeping } from "./Keeping";

const AREAS_SHOWN = 6;

type Props = {
  query: Query;
  response: SearchResponse;
  /** Whether the question may be kept: not while the index is incomplete. */
  keep: boolean;
  onChange: (query: Query) => void;
};

export function NothingFound({ query, response, keep, onChange }: Props) {
  const filtered = query.needs.length + query.boroughs.length + query.tiers.length > 0;
  const elsewhere = response.facets.borough.filter(
    ({ id, count }) => count > 0 && !query.boroughs.includes(id),
  );
  return (
    <div className="nothing">
      <h3 className="nothing-title">Nothing in the directory answers this</h3>
      {filtered && response.without_filters !== null && response.without_filters > 0 && (
        <p>
          Without the filters there {response.without_filters === 1 ? "is" : "are"}{" "}
          {services(response.without_filters)}.{" "}
          <Button
            className="button"
            onPress={() => {
              onChange(withoutFilters(query));
            }}
          >
            Remove all filters
          </Button>
        </p>
      )}
      {query.boroughs.length > 0 && elsewhere.length > 0 && (
        <div className="nothing-areas" role="group" aria-labelledby="elsewhere">
          <p id="elsewhere">Other areas have some. Add one:</p>
          {elsewhere.slice(0, AREAS_SHOWN).map(({ id, term, count }) => (
            <Button
              key={id}
              className="button button-small"
              onPress={() => {
                onChange({ ...query, boroughs: [...query.boroughs, id] });
              }}
            >
              {term} ({count})
            </Button>
          ))}
        </div>
      )}
      <ul className="nothing-tips">
        <li>Check the spelling, or try fewer words.</li>
        <li>Say it as the person would: “lonely”, “behind with the rent”, “bad chest”.</li>
      </ul>
      {query.text !== "" && (
        <Button
          className="button"
          onPress={() => {
            onChange(emptyQuery);
            document.getElementById("search-box")?.focus();
          }}
        >
          Start again
        </Button>
      )}
      {keep && query.text.trim() !== "" && <Keeping key={JSON.stringify(query)} query={query} />}
    </div>
  );
}
