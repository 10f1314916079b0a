// The top of the window: whose it is, the question, and the way to everything else.

import { Mark } from "../components/Icon";
import { SheetButtons } from "../components/SheetButtons";
import { InboxButton } from "../inbox/InboxButton";
import { SyncButton } from "../hub/SyncButton";
import type { SearchResponse, SyncLight } from "../lib/api";
import type { Query } from "../state/query";
import type { SheetName } from "../Window";
import { DirectoryMenu } from "./DirectoryMenu";
import { SearchBar } from "./SearchBar";

type Props = {
  query: Query;
  near: SearchResponse["near"];
  busy: string | null;
  light: SyncLight | null;
  onQuery: (query: Query) => void;
  onSheet: (sheet: SheetName) => void;
  onImport: () => void;
  onExport: () => void;
};

export function Masthead({ query, near, busy, light, onQuery, onSheet, onImport, onExport }: Props) {
  return (
    <header className="masthead" data-above-list>
      <a className="skip" href="#main">
        Skip to the results
      </a>
      <h1 className="brand">
        <Mark /> Signpost
      </h1>
      <SearchBar
        query={query}
        near={near}
        onChange={(part) => {
          onQuery({ ...query, ...part });
        }}
      />
      <SyncButton light={light} />
      <div className="masthead-buttons">
        <InboxButton light={light} />
        <DirectoryMenu
          busy={busy}
          inbox={light?.inbox ?? 0}
          onImport={onImport}
          onExport={onExport}
          onPostcodes={() => {
            onSheet("postcodes");
          }}
        />
        <SheetButtons onSheet={onSheet} />
      </div>
    </header>
  );
}
