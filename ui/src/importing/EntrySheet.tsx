// An entry of the directory over the import, to compare with.

import { useRef } from "react";
import type { EntryRef } from "../lib/api";
import { ServicePane } from "../service/ServicePane";
import { Sheet } from "../components/Sheet";
import { useEntry } from "../state/useEntry";

type Props = { entry: EntryRef | null; onClose: () => void };

export function EntrySheet({ entry, onClose }: Props) {
  const open = useEntry(entry?.id ?? null, "", []);
  const heading = useRef<HTMLHeadingElement>(null);
  return (
    <Sheet title="In the directory now" open={entry !== null} onClose={onClose}>
      {entry !== null && (
        <ServicePane
          nameId="entry-compared"
          headingRef={heading}
          open={{ ...open, entry: open.entry?.id === entry.id ? open.entry : null, related: null }}
          why={[]}
          back={null}
          onBack={onClose}
          onOpen={onClose}
        />
      )}
    </Sheet>
  );
}
