// The link worker's screen: a question, what was found, and the entry that stands open.

import { useEffect, useRef, useState } from "react";
import { AlertPanel } from "../components/AlertPanel";
import { Announcer } from "../components/Announcer";
import { Notices } from "../components/Notices";
import { ServicePane } from "../service/ServicePane";
import { KeysSheet } from "../settings/KeysSheet";
import { SettingsSheet } from "../settings/SettingsSheet";
import { emptyQuery, type Query } from "../state/query";
import { useAnnouncedResults } from "../state/useAnnouncedResults";
import { useInStep } from "../state/useInStep";
import { useKeys, type Pane } from "../state/useKeys";
import { useLayout } from "../state/useLayout";
import { useReach } from "../state/useReach";
import { useSearch } from "../state/useSearch";
import type { SettingsState } from "../state/useSettings";
import type { StatusState } from "../state/useStatus";
import { useTrail } from "../state/useTrail";
import { Filters } from "./Filters";
import { Masthead } from "./Masthead";
import { focusPane, paneAlong } from "./panes";
import type { ListHandle } from "./ResultList";
import { ResultsPane } from "./ResultsPane";

type Props = { settings: SettingsState; health: StatusState };

export function FindScreen({ settings, health }: Props) {
  const [query, setQuery] = useState(emptyQuery);
  const [active, setActive] = useState(0);
  const [sheet, setSheet] = useState<"settings" | "keys" | null>(null);
  const [app, setApp] = useState<HTMLElement | null>(null);
  const list = useRef<ListHandle>(null);
  const backToList = useRef(false);
  const layout = useLayout(settings.settings.text_percent);
  const search = useSearch(query);
  const trail = useTrail(query);
  const { response } = search.results;
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
    backToList.current = true;
    if (layout === "one") trail.close();
    else list.current?.focus();
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
      setSheet("keys");
    },
  });

  return (
    <div ref={setApp} className="app" data-layout={layout} data-view={reading ? "service" : "find"}>
      <Masthead query={query} near={response?.near ?? null} onQuery={ask} onSheet={setSheet} />
      {health.status !== null && <Notices notices={health.status.notices} />}
      {health.error !== null && <AlertPanel error={health.error} onAgain={health.again} />}
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
      <SettingsSheet
        open={sheet === "settings"}
        state={settings}
        status={health.status}
        onClose={() => {
          setSheet(null);
        }}
      />
      <KeysSheet
        open={sheet === "keys"}
        letterKeys={settings.settings.letter_keys}
        onClose={() => {
          setSheet(null);
        }}
      />
      <Announcer />
    </div>
  );
}
