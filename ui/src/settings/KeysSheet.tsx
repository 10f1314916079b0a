// The keys, for whoever presses `?`.

import { Fragment } from "react";
import { Sheet } from "../components/Sheet";

const keys: readonly (readonly [readonly string[], string])[] = [
  [["/", "Ctrl K"], "To the search box"],
  [["↓"], "From the search box to the list"],
  [["↑", "↓", "Page Up", "Page Down", "Home", "End"], "Along the list"],
  [["Enter"], "Read the whole entry"],
  [["Esc"], "One step back: entry, list, search box; there it clears the words"],
  [["F6", "Shift F6"], "To the next or the last part of the window"],
  [["Ctrl 1", "Ctrl 2", "Ctrl 3"], "To the filters, the list, the entry"],
  [["Ctrl I"], "Import; Esc goes back to the search"],
  [["Ctrl E"], "Export what is found, or everything"],
  [["?", "F1"], "This sheet"],
];

type Props = { open: boolean; letterKeys: boolean; onClose: () => void };

export function KeysSheet({ open, letterKeys, onClose }: Props) {
  return (
    <Sheet title="Keys" open={open} onClose={onClose}>
      <dl className="keys">
        {keys.map(([combinations, what]) => (
          <div key={what} className="keys-row">
            <dt>
              {combinations.map((combination, index) => (
                <Fragment key={combination}>
                  {index > 0 && " or "}
                  <kbd>{combination}</kbd>
                </Fragment>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p>
        {letterKeys
          ? "/ and ? work while you are not typing. They can be switched off in Settings."
          : "/ and ? are switched off in Settings: use Ctrl K and F1."}
      </p>
    </Sheet>
  );
}
