// Carries out what is done with an entry: goes to its form or history, or opens the sheet that asks on.

import { useCallback, useState, type ReactNode } from "react";
import { ReasonSheet } from "../components/ReasonSheet";
import { api } from "../lib/api";
import { tellSaved } from "../state/done";
import { useWays, type RecordRef } from "../state/ways";
import { ActsContext, type Act } from "./acts";
import { CheckSheet } from "./CheckSheet";

type Asking = Readonly<{ act: Act; record: RecordRef }>;

export function EntryActs({ children }: { children: ReactNode }) {
  const ways = useWays();
  const [asking, setAsking] = useState<Asking | null>(null);
  const begin = useCallback(
    (act: Act, record: RecordRef) => {
      if (act === "edit") ways.edit(record.kind, record.id);
      else if (act === "history") ways.history(record);
      else setAsking({ act, record });
    },
    [ways],
  );
  const close = () => {
    setAsking(null);
  };
  const id = asking?.record.id ?? "";
  const name = asking?.record.name ?? "";
  return (
    <ActsContext value={begin}>
      {children}
      <ReasonSheet
        title="Something is wrong"
        open={asking?.act === "flag"}
        about={name}
        label="What is wrong"
        help="A few words for a curator, nothing about a person who was helped. Enter sends it."
        send="Tell a curator"
        needed="Write what is wrong: a few words do."
        onSend={(words) => api.flag(id, words).then(tellSaved)}
        onClose={close}
      />
      <ReasonSheet
        title="Remove the entry"
        open={asking?.act === "remove"}
        about={`${name} would no longer be found. Its history stays, and it can be brought back.`}
        label="Why it goes"
        send="Remove it"
        needed="Write why it goes: others will ask."
        danger
        onSend={(words) => api.removeEntry(id, words).then(tellSaved)}
        onClose={close}
      />
      <CheckSheet record={asking?.act === "check" ? asking.record : null} onClose={close} />
    </ActsContext>
  );
}
