// The keys, for whoever presses `?`.

import { Fragment } from "react";
import { Sheet } from "../components/Sheet";

type Keys = readonly (readonly [readonly string[], string])[];

const groups: readonly (readonly [string, Keys])[] = [
  [
    "Finding",
    [
      [["/", "Ctrl K"], "To the search box"],
      [["↓"], "From the search box to the list"],
      [["↑", "↓", "Page Up", "Page Down", "Home", "End"], "Along the list"],
      [["Enter"], "Read the whole entry"],
      [["Esc"], "One step back: entry, list, search box; there it clears the words"],
      [["F6", "Shift F6"], "To the next or the last part of the window"],
      [["Ctrl 1", "Ctrl 2", "Ctrl 3"], "To the filters, the list, the entry"],
    ],
  ],
  [
    "In the list and the entry",
    [
      [["E"], "Edit the entry, or suggest a change"],
      [["F"], "Something is wrong: a few words, then Enter"],
      [["V"], "Still correct: how you know, then Enter"],
      [["H"], "Its history"],
      [["Ctrl Z"], "Undo what you did last"],
    ],
  ],
  [
    "In a form",
    [
      [["Ctrl S"], "Save"],
      [["Esc"], "Leave: what is written is kept"],
    ],
  ],
  [
    "In the inbox",
    [
      [["↑", "↓"], "Along the list"],
      [["Space", "Enter"], "To what was sent, beside what is there"],
      [["A"], "Accept, with what is ticked or chosen"],
      [["E"], "Edit, then accept"],
      [["R"], "Decline, with a reason"],
      [["1", "2", "3"], "In a conflict: as it was sent, as it is now, both"],
    ],
  ],
  [
    "From the search",
    [
      [["Ctrl B"], "The inbox"],
      [["Ctrl O"], "Your changes"],
      [["Ctrl N"], "A new service"],
      [["Ctrl I"], "Import; Esc goes back to the search"],
      [["Ctrl E"], "Export what is found, or everything"],
      [["?", "F1"], "This sheet"],
    ],
  ],
];

type Props = { open: boolean; letterKeys: boolean; onClose: () => void };

export function KeysSheet({ open, letterKeys, onClose }: Props) {
  return (
    <Sheet title="Keys" open={open} onClose={onClose}>
      <p>
        {letterKeys
          ? "Keys that are a single character work while you are not typing, letters in their list or entry only. They can be switched off in Settings."
          : "Keys that are a single character are switched off in Settings: use Ctrl K and F1, and the buttons."}
      </p>
      {groups.map(([title, keys]) => (
        <section key={title} className="keys" aria-label={title}>
          <h3>{title}</h3>
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
        </section>
      ))}
    </Sheet>
  );
}
