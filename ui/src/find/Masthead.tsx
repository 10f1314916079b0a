// The top of the window: whose it is, the question, and the way to keys and settings.

import { Button } from "react-aria-components";
import { Icon, Mark } from "../components/Icon";
import type { SearchResponse } from "../lib/api";
import type { Query } from "../state/query";
import { SearchBar } from "./SearchBar";

type Props = {
  query: Query;
  near: SearchResponse["near"];
  onQuery: (query: Query) => void;
  onSheet: (sheet: "settings" | "keys") => void;
};

export function Masthead({ query, near, onQuery, onSheet }: Props) {
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
        <Button
          className="button-icon"
          aria-label="Keys"
          onPress={() => {
            onSheet("keys");
          }}
        >
          <Icon name="keys" />
        </Button>
        <Button
          className="button-icon"
          aria-label="Settings"
          onPress={() => {
            onSheet("settings");
          }}
        >
          <Icon name="gear" />
        </Button>
      </div>
    </header>
  );
}
