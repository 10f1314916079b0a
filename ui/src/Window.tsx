// The screens of the window and the sheets over them. The search stays as it was left while another is shown.

import { Activity, memo, useCallback, useMemo, useState } from "react";
import { Announcer } from "./components/Announcer";
import { DoneBar } from "./components/DoneBar";
import { EditScreen } from "./editing/EditScreen";
import { ExportSheet } from "./exporting/ExportSheet";
import { FindScreen } from "./find/FindScreen";
import { DropOverlay } from "./importing/DropOverlay";
import { ImportScreen } from "./importing/ImportScreen";
import { InboxScreen } from "./inbox/InboxScreen";
import { WindowSheets } from "./WindowSheets";
import { useAnnouncedEnd } from "./state/useAnnouncedEnd";
import { useDrop } from "./state/useDrop";
import { useEditing } from "./state/useEditing";
import { useExport, type Found } from "./state/useExport";
import { useImport } from "./state/useImport";
import { useReturn } from "./state/useReturn";
import type { SettingsState } from "./state/useSettings";
import type { StatusState } from "./state/useStatus";
import { useSyncLight } from "./state/useSyncLight";
import { useUndoKey } from "./state/useUndoKey";
import { EntryActs } from "./work/EntryActs";
import { WaysContext, type RecordRef, type Ways } from "./state/ways";

export type SheetName = "settings" | "keys" | "postcodes" | "outbox" | "hub";

/** Not drawn anew at each key of another screen. */
const SteadyFind = memo(FindScreen);

type Props = { settings: SettingsState; health: StatusState };

export function Window({ settings, health }: Props) {
  const [base, setBase] = useState<"find" | "import" | "inbox">("find");
  const [sheet, setSheet] = useState<SheetName | null>(null);
  const [record, setRecord] = useState<RecordRef | null>(null);
  const [found, setFound] = useState<Found | null>(null);
  const [wanted, setWanted] = useState<{ id: string } | null>(null);
  const importing = useImport(health.again);
  const exporting = useExport();
  const editing = useEditing();
  const light = useSyncLight();
  const session = editing.sessions.at(-1);
  const screen = session === undefined ? base : "edit";
  useReturn(screen);
  useUndoKey(screen !== "edit");

  const { begin, beginToSettle } = editing;
  const ways = useMemo(
    (): Ways => ({
      edit: begin,
      editToSettle: beginToSettle,
      entry: (id) => {
        setBase("find");
        setWanted({ id });
      },
      history: setRecord,
      inbox: () => {
        setBase("inbox");
      },
      outbox: () => {
        setSheet("outbox");
      },
      hub: () => {
        setSheet("hub");
      },
    }),
    [begin, beginToSettle],
  );
  const toImport = useCallback(() => {
    setBase("import");
  }, []);
  const toFind = () => {
    setBase("find");
  };
  const { running } = importing.job;
  const busy = running?.long === true ? running.what : null;
  useAnnouncedEnd(busy, screen !== "import");
  const over = useDrop((path) => {
    // A form that stands open is not left by a file let go over it.
    if (screen === "edit") return;
    setSheet(null);
    setFound(null);
    toImport();
    importing.lookAt(path);
  });
  const { text_percent: textPercent, letter_keys: letterKeys } = settings.settings;

  return (
    <WaysContext value={ways}>
      <Activity mode={screen === "find" ? "visible" : "hidden"}>
        <EntryActs>
          <SteadyFind
            settings={settings}
            health={health}
            busy={busy}
            light={light}
            wanted={wanted}
            formError={editing.error}
            onFormError={editing.dismiss}
            onSheet={setSheet}
            onImport={toImport}
            onExport={setFound}
          />
        </EntryActs>
      </Activity>
      {screen === "import" && (
        <ImportScreen importing={importing} textPercent={textPercent} onSheet={setSheet} onLeave={toFind} />
      )}
      {base === "inbox" && (
        <Activity mode={screen === "inbox" ? "visible" : "hidden"}>
          <InboxScreen
            textPercent={textPercent}
            letterKeys={letterKeys}
            light={light}
            formError={editing.error}
            onSheet={setSheet}
            onLeave={toFind}
          />
        </Activity>
      )}
      {session !== undefined && (
        <EditScreen
          key={session.key}
          editing={editing}
          session={session}
          textPercent={textPercent}
          onSheet={setSheet}
          onSaved={({ kind, view, settling, tie }, { id }) => {
            editing.close({ id });
            // What is new is shown; what was there before stands open or in the list already.
            if (kind === "service" && view.fresh && settling === null && tie === null) ways.entry(id);
          }}
        />
      )}
      <WindowSheets
        sheet={sheet}
        record={record}
        settings={settings}
        status={health.status}
        light={light}
        onSheet={setSheet}
        onRecord={setRecord}
      />
      <ExportSheet
        found={found}
        whole={health.status?.entries ?? null}
        exporting={exporting}
        onClose={() => {
          setFound(null);
          if (exporting.done !== null) exporting.anew();
        }}
      />
      <DropOverlay over={over} />
      <DoneBar />
      <Announcer />
    </WaysContext>
  );
}
