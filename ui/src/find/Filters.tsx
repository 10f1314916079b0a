// Need, borough and tier, several of each, with how many services every option would show.

import { CheckboxButton, CheckboxField, CheckboxGroup, Label } from "react-aria-components";
import { Icon } from "../components/Icon";
import type { FacetCount, SearchResponse } from "../lib/api";
import { count, services } from "../lib/words";
import { facetOf, FILTER_KINDS, type FilterKind, type Query } from "../state/query";

const titles: Record<FilterKind, string> = { needs: "Need", boroughs: "Borough", tiers: "Tier" };

type Props = {
  query: Query;
  response: SearchResponse | null;
  onChange: (part: Partial<Query>) => void;
};

export function Filters({ query, response, onChange }: Props) {
  return (
    <div className="filters">
      {FILTER_KINDS.map((kind) => (
        <FilterGroup
          key={kind}
          title={titles[kind]}
          options={response?.facets[facetOf[kind]] ?? []}
          unknown={response?.unknown_by[facetOf[kind]] ?? 0}
          chosen={query[kind]}
          onChange={(ids) => {
            onChange({ [kind]: ids });
          }}
        />
      ))}
    </div>
  );
}

type GroupProps = {
  title: string;
  options: readonly FacetCount[];
  unknown: number;
  chosen: readonly string[];
  onChange: (ids: string[]) => void;
};

function FilterGroup({ title, options, unknown, chosen, onChange }: GroupProps) {
  return (
    <CheckboxGroup className="filter-group" value={[...chosen]} onChange={onChange}>
      <Label className="filter-title">{title}</Label>
      {options.map((option) => (
        <CheckboxField key={option.id} value={option.id}>
          <CheckboxButton className={option.count === 0 ? "option option-none" : "option"}>
            <span className="option-box">
              <Icon name="check" />
            </span>
            <span className="option-name">{option.term}</span>
            <span className="option-count" aria-hidden="true">
              {count(option.count)}
            </span>
            <span className="unseen">, {services(option.count)}</span>
          </CheckboxButton>
        </CheckboxField>
      ))}
      {unknown > 0 && (
        <p className="filter-unknown">
          {count(unknown)} with {title.toLowerCase()} not known
        </p>
      )}
    </CheckboxGroup>
  );
}
