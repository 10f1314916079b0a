// What somebody does with an entry out of its pane or by a key.

import { createContext, use } from "react";
import type { RecordRef } from "../state/ways";

export type Act = "edit" | "check" | "flag" | "history" | "remove";

type Acts = (act: Act, record: RecordRef) => void;

export const ActsContext = createContext<Acts>(() => undefined);

export function useEntryActs(): Acts {
  return use(ActsContext);
}
