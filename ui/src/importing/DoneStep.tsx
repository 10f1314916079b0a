// The last step: what came in, and the way to take it out again.

import { Button } from "react-aria-components";
import { Confirm } from "../components/Confirm";
import { Icon } from "../components/Icon";
import { JobPanel } from "../components/JobPanel";
import { broughtIn, undoneWords } from "../lib/importWords";
import type { Importing } from "../state/useImport";

export function DoneStep({ importing, onLeave }: { importing: Importing; onLeave: () => void }) {
  const { made, undone, job, goTo } = importing;
  if (made === null) return null;
  return (
    <div className="import-scroll">
      <div className="import-column">
        <div className="panel">
          <Icon name="check" />
          <div className="panel-words" role="status">
            <p className="panel-title">
              {made.source}: {broughtIn(made)}
            </p>
            <p>{undone === null ? "They can be found at once." : undoneWords(undone)}</p>
          </div>
        </div>
        <JobPanel job={job} landing="step-title" />
        <div className="actions">
          <Button className="button button-main" onPress={onLeave}>
            Go to the search
          </Button>
          <Button
            className="button"
            onPress={() => {
              goTo("choose");
            }}
          >
            Import something else
          </Button>
          {undone === null && (
            <Confirm
              what="Undo this import"
              question="Take out what it brought in, and put back what it changed?"
              yes="Yes, undo it"
              no="Leave it"
              onYes={() => {
                importing.undo(made.id, () => undefined);
                document.getElementById("step-title")?.focus();
              }}
            />
          )}
        </div>
      </div>
    </div>
  );
}
