// The chosen filters, each with a way to take it off again.

import { Button } from "react-aria-components";
import { Icon } from "../components/Icon";
import { withoutFilter, withoutFilters, type Filter, type Query } from "../state/query";

type Props = {
  query: Query;
  filters: readonly Filter[];
  onChange: (query: Query) => void;
};

export function Chips({ query, filters, onChange }: Props) {
  if (filters.length === 0) return null;
  const remove = (filter: Filter, index: number) => {
    onChange(withoutFilter(query, filter));
    // The pressed chip is gone: the focus goes to its neighbour, or to the search box after the last.
    const next = filters[index + 1] ?? filters[index - 1];
    document.getElementById(next ? chipId(next) : "search-box")?.focus();
  };
  return (
    <div className="chips" role="group" aria-label="Chosen filters">
      {filters.map((filter, index) => (
        <Button
          key={chipId(filter)}
          id={chipId(filter)}
          className="chip"
          aria-label={`Remove filter: ${filter.name}`}
          onPress={() => {
            remove(filter, index);
          }}
        >
          {filter.name} <Icon name="cross" />
        </Button>
      ))}
      {filters.length > 1 && (
        <Button
          className="button button-quiet"
          onPress={() => {
            onChange(withoutFilters(query));
            document.getElementById("search-box")?.focus();
          }}
        >
          Remove all filters
        </Button>
      )}
    </div>
  );
}

function chipId({ kind, id }: Filter): string {
  return `chip-${kind}-${id}`;
}
