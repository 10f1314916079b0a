// What can be done with the directory as a whole: quiet, at the edge of the window, each with its key.

import {
  Button,
  Keyboard,
  Menu,
  MenuItem,
  MenuTrigger,
  Popover,
  Separator,
  Text,
} from "react-aria-components";
import { Icon } from "../components/Icon";
import type { Kind } from "../lib/api";
import { count } from "../lib/words";
import { useWays } from "../state/ways";

/** `busy`: what goes on in the import, in a word or two. */
type Props = {
  busy: string | null;
  inbox: number;
  onImport: () => void;
  onExport: () => void;
  onPostcodes: () => void;
};

/** Once the menu is gone and the focus is back on its button: what comes next may hide both. */
function afterwards(action: () => void): () => void {
  return () => {
    requestAnimationFrame(() => requestAnimationFrame(action));
  };
}

export function DirectoryMenu({ busy, inbox, onImport, onExport, onPostcodes }: Props) {
  const ways = useWays();
  const add = (kind: Kind) =>
    afterwards(() => {
      ways.edit(kind, null);
    });
  return (
    <MenuTrigger>
      <Button
        id="directory-menu"
        className="button-icon directory-button"
        aria-label={busy === null ? "Directory" : `Directory (${busy}…)`}
      >
        <Icon name={busy === null ? "directory" : "clock"} />
        <span className="directory-word">Directory{busy !== null && ` (${busy}…)`}</span>
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu className="menu" aria-label="Directory">
          <MenuItem className="menu-item" onAction={afterwards(ways.inbox)}>
            <Text slot="label">Inbox{inbox > 0 && ` (${count(inbox)})`}</Text>
            <Keyboard>Ctrl B</Keyboard>
          </MenuItem>
          <MenuItem className="menu-item" onAction={ways.outbox}>
            <Text slot="label">Your changes…</Text>
            <Keyboard>Ctrl O</Keyboard>
          </MenuItem>
          <MenuItem className="menu-item" onAction={ways.hub}>
            <Text slot="label">Hub and sync…</Text>
          </MenuItem>
          <Separator className="menu-rule" />
          <MenuItem className="menu-item" onAction={add("service")}>
            <Text slot="label">New service…</Text>
            <Keyboard>Ctrl N</Keyboard>
          </MenuItem>
          <MenuItem className="menu-item" onAction={add("organisation")}>
            <Text slot="label">New organisation…</Text>
          </MenuItem>
          <MenuItem className="menu-item" onAction={add("place")}>
            <Text slot="label">New place…</Text>
          </MenuItem>
          <Separator className="menu-rule" />
          <MenuItem className="menu-item" onAction={afterwards(onImport)}>
            <Text slot="label">Import…</Text>
            <Keyboard>Ctrl I</Keyboard>
          </MenuItem>
          <MenuItem className="menu-item" onAction={afterwards(onExport)}>
            <Text slot="label">Export…</Text>
            <Keyboard>Ctrl E</Keyboard>
          </MenuItem>
          <MenuItem className="menu-item" onAction={afterwards(onPostcodes)}>
            <Text slot="label">Postcodes…</Text>
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
