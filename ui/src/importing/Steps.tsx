// Where the import stands: its steps in order, the present one marked.

import { Icon } from "../components/Icon";
import type { Step } from "../state/useImport";

const names: readonly (readonly [Step, string])[] = [
  ["choose", "Choose"],
  ["map", "Match columns"],
  ["check", "See what would change"],
  ["done", "Import"],
];

type Props = {
  step: Step;
  /** Whether there are columns to match; what has a format of its own needs none. */
  columns: boolean;
};

export function Steps({ step, columns }: Props) {
  const shown = names.filter(([id]) => columns || id !== "map");
  const now = shown.findIndex(([id]) => id === step);
  return (
    <ol className="steps" aria-label="Steps of the import">
      {shown.map(([id, name], at) => (
        <li key={id} className="step" aria-current={at === now ? "step" : undefined}>
          <span className="step-mark" aria-hidden="true">
            {at < now || step === "done" ? <Icon name="check" /> : String(at + 1)}
          </span>
          {name}
          {(at < now || step === "done") && <span className="unseen">, done</span>}
        </li>
      ))}
    </ol>
  );
}
