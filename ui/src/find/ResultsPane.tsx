// The middle pane: how many, what to know about the answer, and the list or what to do when there is none.

import type { Ref } from "react";
import { Button } from "react-aria-components";
import { AlertPanel } from "../components/AlertPanel";
import { Icon } from "../components/Icon";
import type { DirectoryStatus } from "../lib/api";
import { services } from "../lib/words";
import { chosenFilters, type Query } from "../state/query";
import { hitAt } from "../state/results";
import { useKeptElement } from "../state/useKeptElement";
import type { Layout } from "../state/useLayout";
import type { Search } from "../state/useSearch";
import { Chips } from "./Chips";
import { FilterFold } from "./FilterFold";
import { IndexProgress } from "./IndexProgress";
import { NothingFound } from "./NothingFound";
import { ResultList, type ListHandle } from "./ResultList";

type Props = {
  listRef: Ref<ListHandle>;
  /** Where the panes are folded into one, the whole window scrolls instead of this pane. */
  outerScroller: HTMLElement | null;
  layout: Layout;
  query: Query;
  search: Search;
  status: DirectoryStatus | null;
  active: number;
  openId: string | null;
  onQuery: (query: Query) => void;
  onActive: (index: number) => void;
  onOpen: (index: number, by: "key" | "pointer") => void;
  onExport: () => void;
};

export function ResultsPane({
  listRef,
  outerScroller,
  layout,
  query,
  search,
  status,
  active,
  openId,
  onQuery,
  onActive,
  onOpen,
  onExport,
}: Props) {
  const [pane, keepPane] = useKeptElement();
  const { response, error } = search.results;
  const filters = chosenFilters(query, response?.facets ?? null);
  const scroller = layout === "one" ? outerScroller : pane;
  const building = status?.index.state === "building";
  return (
    <section ref={keepPane} className="results" aria-labelledby="results-title">
      <div className="results-head" data-above-list>
        <div className="results-line">
          <h2 id="results-title" className="results-title" tabIndex={-1}>
            {response !== null ? services(response.total) : error === null ? "Looking…" : "No answer yet"}
          </h2>
          {status !== null && <p className="results-source">{status.source_line}</p>}
          {response !== null && response.total > 0 && (
            <Button className="button button-small button-quiet" onPress={onExport}>
              Export these…
            </Button>
          )}
        </div>
        {layout !== "three" && (
          <FilterFold query={query} response={response} chosen={filters.length} onQuery={onQuery} />
        )}
        <Chips query={query} filters={filters} onChange={onQuery} />
        {status !== null && <IndexProgress index={status.index} />}
        {error !== null && (
          <AlertPanel
            error={error}
            {...(response !== null && { still: "What you see is from the search before." })}
            onAgain={search.again}
          />
        )}
        {response !== null && response.notes.length > 0 && (
          <ul className="notes" aria-label="About this search">
            {response.notes.map((note) => (
              <li key={note.kind + note.text}>
                <Icon name="info" /> {note.text}
              </li>
            ))}
          </ul>
        )}
      </div>
      {response !== null && response.total === 0 && search.results.query !== null && (
        <NothingFound
          query={search.results.query}
          response={response}
          keep={!building && error === null && search.results.query === query}
          onChange={onQuery}
        />
      )}
      {response !== null && response.total > 0 && scroller !== null && (
        <ResultList
          key={layout}
          ref={listRef}
          scroller={scroller}
          total={response.total}
          hitAt={(index) => hitAt(search.results, index)}
          need={search.need}
          active={Math.min(active, response.total - 1)}
          openId={openId}
          onActive={onActive}
          onOpen={onOpen}
        />
      )}
    </section>
  );
}
