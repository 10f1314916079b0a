// A choice out of many: a button that says what is chosen and opens a list that can be searched.

import { useState } from "react";
import {
  Autocomplete,
  Button,
  Collection,
  DialogTrigger,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Popover,
  SearchField,
  useFilter,
} from "react-aria-components";
import { Icon } from "./Icon";

type PickOption = Readonly<{ id: string; label: string; help?: string }>;
export type PickGroup = Readonly<{ title: string; options: readonly PickOption[] }>;

type Props = {
  /** What is chosen for: `Phone fills`. */
  label: string;
  /** What is chosen, in words. */
  shown: string;
  groups: readonly PickGroup[];
  chosen: readonly string[];
  /** Whether several can be chosen; the list then stays open. */
  many?: boolean;
  quiet?: boolean;
  onChange: (ids: string[]) => void;
};

export function Pick({ label, shown, groups, chosen, many = false, quiet = false, onChange }: Props) {
  const [open, setOpen] = useState(false);
  const { contains } = useFilter({ sensitivity: "base" });
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <Button className={quiet ? "pick pick-quiet" : "pick"} aria-label={`${label}: ${shown}`}>
        <span className="pick-shown">{shown}</span>
        <Icon name="open" />
      </Button>
      <Popover className="popover" placement="bottom start">
        <div className="pick-dialog">
          <Autocomplete filter={contains}>
            <SearchField
              className="input"
              aria-label={`Search: ${label}`}
              // Whoever opens the list types at once, or goes down it with the arrows.
              // eslint-disable-next-line jsx-a11y/no-autofocus -- see the line above
              autoFocus
            >
              <Input
                placeholder="Type to search"
                role="combobox"
                aria-expanded="true"
                aria-haspopup="listbox"
              />
            </SearchField>
            <ListBox
              className="pick-list"
              aria-label={label}
              items={groups.map((group) => ({ ...group, id: group.title }))}
              selectionMode={many ? "multiple" : "single"}
              selectedKeys={chosen}
              renderEmptyState={() => <p className="pick-none">Nothing has these letters</p>}
              onSelectionChange={(keys) => {
                if (keys === "all") return;
                // None of one: what is chosen was chosen again, which keeps it.
                if (many || keys.size > 0) onChange([...keys].map(String));
                if (!many) setOpen(false);
              }}
            >
              {(group) => (
                <ListBoxSection id={group.id}>
                  <Header className="pick-title">{group.title}</Header>
                  <Collection items={group.options}>{(option) => <PickLine option={option} />}</Collection>
                </ListBoxSection>
              )}
            </ListBox>
          </Autocomplete>
          {many && (
            <Button
              className="button"
              onPress={() => {
                setOpen(false);
              }}
            >
              Done
            </Button>
          )}
        </div>
      </Popover>
    </DialogTrigger>
  );
}

function PickLine({ option: { id, label, help } }: { option: PickOption }) {
  return (
    <ListBoxItem className="pick-option" id={id} textValue={`${label} ${help ?? ""}`}>
      <Icon name="check" />
      <span className="pick-words">
        {label}
        {help !== undefined && help !== "" && <span className="pick-help">{help}</span>}
      </span>
    </ListBoxItem>
  );
}
