// The sheets that can be opened from any screen. What goes on in them goes on when they are closed.

import { HubSheet } from "./hub/HubSheet";
import type { DirectoryStatus, SyncLight } from "./lib/api";
import { KeysSheet } from "./settings/KeysSheet";
import { SettingsSheet } from "./settings/SettingsSheet";
import { useJob } from "./state/useJob";
import type { SettingsState } from "./state/useSettings";
import type { RecordRef } from "./state/ways";
import type { SheetName } from "./Window";
import { HistorySheet } from "./work/HistorySheet";
import { OutboxSheet } from "./work/OutboxSheet";

type Props = {
  sheet: SheetName | null;
  /** Whose history stands open. */
  record: RecordRef | null;
  settings: SettingsState;
  status: DirectoryStatus | null;
  light: SyncLight | null;
  onSheet: (sheet: SheetName | null) => void;
  onRecord: (record: RecordRef | null) => void;
};

export function WindowSheets({ sheet, record, settings, status, light, onSheet, onRecord }: Props) {
  const postcodes = useJob();
  const syncing = useJob();
  const close = () => {
    onSheet(null);
  };
  return (
    <>
      <SettingsSheet
        open={sheet === "settings" || sheet === "postcodes"}
        at={sheet === "postcodes" ? "postcodes" : null}
        postcodes={postcodes}
        state={settings}
        status={status}
        light={light}
        onHub={() => {
          onSheet("hub");
        }}
        onClose={close}
      />
      <KeysSheet open={sheet === "keys"} letterKeys={settings.settings.letter_keys} onClose={close} />
      <OutboxSheet open={sheet === "outbox"} onClose={close} />
      <HubSheet open={sheet === "hub"} job={syncing} onClose={close} />
      <HistorySheet
        record={record}
        onClose={() => {
          onRecord(null);
        }}
      />
    </>
  );
}
