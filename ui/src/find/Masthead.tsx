// The top of the window: whose it is, the question, and the way to everything else.

import { Mark } from "../components/Icon";
import { SheetButtons } from "../components/SheetButtons";
import type { SearchResponse } from "../lib/api";
import type { Query } from "../state/query";
import type { SheetName } from "../Window";
import { DirectoryMenu } from "./DirectoryMenu";
import { SearchBar } from "./SearchBar";

type Props = {
  query: Query;
  near: SearchResponse["near"];
  busy: string | null;
  onQuery: (query: Query) => void;
  onSheet: (sheet: SheetName) => void;
  onImport: () => void;
  onExport: () => void;
};

export function Masthead({ query, near, busy, onQuery, onSheet, onImport, onExport }: Props) {
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
      <div className="masthead-buttons">
        <DirectoryMenu
          busy={busy}
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
