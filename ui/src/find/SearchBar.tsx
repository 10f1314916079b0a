// The words and the place. Every key searches; nothing is kept, completed or sent anywhere.

import { useId } from "react";
import { Button, Input, Label, SearchField, TextField } from "react-aria-components";
import { Icon } from "../components/Icon";
import type { SearchResponse } from "../lib/api";
import type { Query } from "../state/query";

type Props = {
  query: Query;
  near: SearchResponse["near"];
  onChange: (part: Partial<Query>) => void;
};

export function SearchBar({ query, near, onChange }: Props) {
  const understood = useId();
  return (
    <div className="search-bar" role="search">
      <SearchField
        className="field field-words"
        value={query.text}
        onChange={(text) => {
          onChange({ text });
        }}
      >
        <Label>What is needed</Label>
        <div className="field-box">
          <Icon name="search" />
          <Input
            id="search-box"
            // The window opens on the question: whoever sits down can type at once.
            // eslint-disable-next-line jsx-a11y/no-autofocus -- the search box is what the window is for
            autoFocus
            autoComplete="off"
            autoCapitalize="off"
            spellCheck="true"
            placeholder="e.g. lonely, can’t pay the gas, a name"
            aria-keyshortcuts="/ Control+K"
          />
          <Button className="field-clear" aria-label="Clear the words">
            <Icon name="cross" />
          </Button>
        </div>
      </SearchField>
      <TextField
        className="field field-near"
        value={query.near}
        onChange={(text) => {
          onChange({ near: text });
        }}
        aria-describedby={understood}
      >
        <div className="field-top">
          <Label>Near a postcode</Label>
          <span className="field-note" id={understood}>
            {near !== null && (near.coarse ? `${near.label} (roughly)` : near.label)}
          </span>
        </div>
        <div className="field-box">
          <Icon name="pin" />
          <Input
            id="near-box"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck="false"
            placeholder="e.g. M6 or M6 5AB"
          />
          {query.near !== "" && (
            <Button
              className="field-clear"
              aria-label="Clear the place"
              onPress={() => {
                onChange({ near: "" });
                document.getElementById("near-box")?.focus();
              }}
            >
              <Icon name="cross" />
            </Button>
          )}
        </div>
      </TextField>
    </div>
  );
}
