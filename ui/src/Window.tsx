// The screens of the window and the sheets over them. The search stays as it was left while another is shown.

import { Activity, memo, useCallback, useEffect, useRef, useState } from "react";
import { Announcer } from "./components/Announcer";
import { ExportSheet } from "./exporting/ExportSheet";
import { FindScreen } from "./find/FindScreen";
import { DropOverlay } from "./importing/DropOverlay";
import { ImportScreen } from "./importing/ImportScreen";
import { KeysSheet } from "./settings/KeysSheet";
import { SettingsSheet } from "./settings/SettingsSheet";
import { useDrop } from "./state/useDrop";
import { useExport, type Found } from "./state/useExport";
import { useImport } from "./state/useImport";
import { useJob } from "./state/useJob";
import { useAnnouncedEnd } from "./state/useAnnouncedEnd";
import type { SettingsState } from "./state/useSettings";
import type { StatusState } from "./state/useStatus";

export type SheetName = "settings" | "keys" | "postcodes";

/** Not drawn anew at each key of another screen. */
const SteadyFind = memo(FindScreen);

type Props = { settings: SettingsState; health: StatusState };

export function Window({ settings, health }: Props) {
  const [screen, setScreen] = useState<"find" | "import">("find");
  const [sheet, setSheet] = useState<SheetName | null>(null);
  const [found, setFound] = useState<Found | null>(null);
  const importing = useImport(health.again);
  const exporting = useExport();
  const postcodes = useJob();
  const left = useRef<Element | null>(null);

  const toImport = useCallback(() => {
    left.current = document.activeElement;
    setScreen("import");
  }, []);
  const { running } = importing.job;
  const busy = running?.long === true ? running.what : null;
  useAnnouncedEnd(busy, screen === "find");
  const over = useDrop((path) => {
    setSheet(null);
    setFound(null);
    if (screen === "find") toImport();
    importing.lookAt(path);
  });
  useEffect(() => {
    if (screen === "import" || left.current === null) return;
    // Back where the search was left: the very place that had the focus.
    const { current } = left;
    left.current = null;
    const place = current.isConnected && current !== document.body ? current : null;
    (place instanceof HTMLElement ? place : document.getElementById("search-box"))?.focus();
  }, [screen]);

  const closeSheet = () => {
    setSheet(null);
  };
  return (
    <>
      <Activity mode={screen === "find" ? "visible" : "hidden"}>
        <SteadyFind
          settings={settings}
          health={health}
          busy={busy}
          onSheet={setSheet}
          onImport={toImport}
          onExport={setFound}
        />
      </Activity>
      {screen === "import" && (
        <ImportScreen
          importing={importing}
          textPercent={settings.settings.text_percent}
          onSheet={setSheet}
          onLeave={() => {
            setScreen("find");
          }}
        />
      )}
      <SettingsSheet
        open={sheet === "settings" || sheet === "postcodes"}
        at={sheet === "postcodes" ? "postcodes" : null}
        postcodes={postcodes}
        state={settings}
        status={health.status}
        onClose={closeSheet}
      />
      <KeysSheet open={sheet === "keys"} letterKeys={settings.settings.letter_keys} onClose={closeSheet} />
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
      <Announcer />
    </>
  );
}
