// The filters where there is no room for a pane of their own: folded behind one button.

import { Button, Disclosure, DisclosurePanel } from "react-aria-components";
import { Icon } from "../components/Icon";
import type { SearchResponse } from "../lib/api";
import type { Query } from "../state/query";
import { Filters } from "./Filters";

type Props = {
  query: Query;
  response: SearchResponse | null;
  chosen: number;
  onQuery: (query: Query) => void;
};

export function FilterFold({ query, response, chosen, onQuery }: Props) {
  return (
    <Disclosure className="fold">
      <Button slot="trigger" className="button" id="filters-button">
        <Icon name="filter" /> Filters{chosen > 0 && ` (${String(chosen)} chosen)`}
      </Button>
      <DisclosurePanel className="fold-panel">
        <Filters
          query={query}
          response={response}
          onChange={(part) => {
            onQuery({ ...query, ...part });
          }}
        />
      </DisclosurePanel>
    </Disclosure>
  );
}
