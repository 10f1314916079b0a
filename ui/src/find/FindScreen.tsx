// The link worker's screen: a question, what was found, and the entry that stands open.

import { useEffect, useRef, useState } from "react";
import type { ApiError, SyncLight } from "../lib/api";
import { ServicePane } from "../service/ServicePane";
import { hitAt } from "../state/results";
import { useFollowed } from "../state/useFollowed";
import { useWays } from "../state/ways";
import { useEntryActs } from "../work/acts";
import { emptyQuery, toRequest, type Query } from "../state/query";
import { useAnnouncedResults } from "../state/useAnnouncedResults";
import type { Found } from "../state/useExport";
import { useInStep } from "../state/useInStep";
import { useKeptElement } from "../state/useKeptElement";
import { useKeys, type Pane } from "../state/useKeys";
import { useLayout } from "../state/useLayout";
import { useReach } from "../state/useReach";
import { useSearch } from "../state/useSearch";
import type { SettingsState } from "../state/useSettings";
import type { StatusState } from "../state/useStatus";
import { entryMeant, useTrail } from "../state/useTrail";
import type { SheetName } from "../Window";
import { Filters } from "./Filters";
import { Masthead } from "./Masthead";
import { focusPane, paneAlong } from "./panes";
import type { ListHandle } from "./ResultList";
import { ResultsPane } from "./ResultsPane";
import { Tidings } from "./Tidings";

type Props = {
  settings: SettingsState;
  health: StatusState;
  /** What goes on in the import meanwhile. */
  busy: string | null;
  light: SyncLight | null;
  /** The entry that another screen leads to. */
  wanted: { id: string } | null;
  /** A form could not be opened. */
  formError: ApiError | null;
  onFormError: () => void;
  onSheet: (sheet: SheetName) => void;
  onImport: () => void;
  onExport: (found: Found) => void;
};

export function FindScreen(props: Props) {
  const { settings, health, busy, light, wanted, formError, onFormError, onSheet, onImport, onExport } =
    props;
  const [query, setQuery] = useState(emptyQuery);
  const [active, setActive] = useState(0);
  const [app, keepApp] = useKeptElement();
  const list = useRef<ListHandle>(null);
  const backToList = useRef(false);
  const layout = useLayout(settings.settings.text_percent);
  const search = useSearch(query);
  const trail = useTrail(query);
  const { response } = search.results;
  const act = useEntryActs();
  const ways = useWays();
  const toList = () => {
    backToList.current = true;
    trail.close();
  };
  useFollowed({ search, health, trail, wanted, onGone: toList });
  useAnnouncedResults(response);
  useInStep(search, health);

  const reading = layout === "one" && trail.openId !== null;
  useEffect(() => {
    if (!backToList.current || reading) return;
    backToList.current = false;
    list.current?.focus();
  });

  const ask = (next: Query) => {
    setQuery(next);
    setActive(0);
    app?.querySelector(".results")?.scrollTo({ top: 0 });
    if (next.text !== query.text) trail.close();
  };
  const reach = useReach(search.results, trail);
  const moveTo = (index: number) => {
    setActive(index);
    if (layout !== "one") reach(index, "show");
  };
  const openAt = (index: number, by: "key" | "pointer") => {
    reach(index, by === "key" || layout === "one" ? "read" : "show");
  };
  const back = () => {
    if (trail.depth > 1) {
      trail.retrace();
      return;
    }
    if (layout !== "one") {
      list.current?.focus();
      return;
    }
    toList();
  };
  const goTo = (pane: Pane) => {
    if (reading && pane !== "service") {
      if (pane === "list") back();
      else trail.close();
      requestAnimationFrame(() => {
        focusPane(pane);
      });
    } else if (pane === "list" && list.current !== null) {
      list.current.focus();
      if (layout !== "one" && trail.openId === null) moveTo(active);
    } else focusPane(pane);
  };
  const exportThese = () => {
    onExport({ request: toRequest(query, 0), total: response?.total ?? 0 });
  };
  useKeys({
    letterKeys: settings.settings.letter_keys,
    goTo,
    goAlong: (from, by) => {
      goTo(paneAlong(from, by, trail.openId !== null));
    },
    openActive: () => {
      openAt(active, "key");
    },
    back,
    showKeys: () => {
      onSheet("keys");
    },
    bringIn: onImport,
    sendOut: exportThese,
    toInbox: ways.inbox,
    toOutbox: ways.outbox,
    addNew: () => {
      ways.edit("service", null);
    },
    act: (what) => {
      const chosen = entryMeant(trail, hitAt(search.results, active));
      if (chosen !== null) act(what, { kind: "service", id: chosen.id, name: chosen.name });
    },
  });

  return (
    <div ref={keepApp} className="app" data-layout={layout} data-view={reading ? "service" : "find"}>
      <Masthead
        query={query}
        near={response?.near ?? null}
        busy={busy}
        light={light}
        onQuery={ask}
        onSheet={onSheet}
        onImport={onImport}
        onExport={exportThese}
      />
      <Tidings health={health} light={light} formError={formError} onFormError={onFormError} />
      {layout === "three" && (
        <section id="filters" className="filters-pane" aria-labelledby="filters-title">
          <h2 id="filters-title" className="unseen">
            Filters
          </h2>
          <Filters
            query={query}
            response={response}
            onChange={(part) => {
              ask({ ...query, ...part });
            }}
          />
        </section>
      )}
      <main id="main" className="panes" tabIndex={-1}>
        {!reading && (
          <ResultsPane
            listRef={list}
            outerScroller={app}
            layout={layout}
            query={query}
            search={search}
            status={health.status}
            active={active}
            openId={trail.listedId}
            onQuery={ask}
            onActive={moveTo}
            onOpen={openAt}
            onExport={exportThese}
          />
        )}
        {(layout !== "one" || reading) && (
          <ServicePane
            headingRef={trail.headingRef}
            open={trail.open}
            why={trail.why}
            back={trail.depth > 1 ? "Back to the last entry" : reading ? "Back to the list" : null}
            onBack={back}
            onOpen={trail.follow}
          />
        )}
      </main>
    </div>
  );
}
