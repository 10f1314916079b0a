// An organisation or a place out of all there are: what is typed is looked for in the directory.

import { useCallback, useState } from "react";
import {
  Autocomplete,
  Button,
  DialogTrigger,
  Input,
  ListBox,
  ListBoxItem,
  Popover,
  SearchField,
} from "react-aria-components";
import { AlertPanel } from "../components/AlertPanel";
import { Icon } from "../components/Icon";
import { api, type RecordBrief } from "../lib/api";
import { useAsked } from "../state/useAsked";

const PAUSE_MS = 150;

type Props = {
  kind: "organisation" | "place";
  /** What is chosen for, and what is chosen. */
  label: string;
  shown: string;
  onPick: (record: RecordBrief) => void;
  onNew: () => void;
};

export function RecordPick({ kind, label, shown, onPick, onNew }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <Button className="pick" aria-label={`${label}: ${shown}`}>
        <span className="pick-shown">{shown}</span>
        <Icon name="open" />
      </Button>
      <Popover className="popover" placement="bottom start">
        <div className="pick-dialog">
          <Finder
            kind={kind}
            label={label}
            onPick={(record) => {
              setOpen(false);
              onPick(record);
            }}
          />
          <Button
            className="button"
            onPress={() => {
              setOpen(false);
              onNew();
            }}
          >
            <Icon name="plus" /> New {kind}…
          </Button>
        </div>
      </Popover>
    </DialogTrigger>
  );
}

type FinderProps = Pick<Props, "kind" | "label" | "onPick">;

function Finder({ kind, label, onPick }: FinderProps) {
  const [text, setText] = useState("");
  const ask = useCallback(() => api.findRecords(kind, text), [kind, text]);
  const { value, error, again } = useAsked(ask, PAUSE_MS);
  const found = value ?? [];
  return (
    <Autocomplete inputValue={text} onInputChange={setText}>
      <SearchField
        className="input"
        aria-label={`Search: ${label}`}
        // Whoever opens the list types at once, or goes down it with the arrows.
        // eslint-disable-next-line jsx-a11y/no-autofocus -- see the line above
        autoFocus
      >
        <Input placeholder="Type to search" role="combobox" aria-expanded="true" aria-haspopup="listbox" />
      </SearchField>
      {error !== null && <AlertPanel error={error} onAgain={again} />}
      <ListBox
        className="pick-list"
        aria-label={label}
        items={found}
        renderEmptyState={() => (
          <p className="pick-none">{value === null ? "Looking…" : "None is called so"}</p>
        )}
        onAction={(key) => {
          const record = found.find(({ id }) => id === key);
          if (record !== undefined) onPick(record);
        }}
      >
        {({ id, name, line }) => (
          <ListBoxItem className="pick-option" id={id} textValue={`${name} ${line ?? ""}`}>
            <span className="pick-words">
              {name}
              {line !== null && <span className="pick-help">{line}</span>}
            </span>
          </ListBoxItem>
        )}
      </ListBox>
    </Autocomplete>
  );
}
