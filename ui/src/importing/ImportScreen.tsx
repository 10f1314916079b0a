// The curator's way in: choose, match the columns, see what would change, import. One step at a time, and
// nothing changes before the last.

import { useEffect, useRef } from "react";
import { Button } from "react-aria-components";
import { AlertPanel } from "../components/AlertPanel";
import { Icon, Mark } from "../components/Icon";
import { SheetButtons } from "../components/SheetButtons";
import type { Importing, Step } from "../state/useImport";
import { useScreenKeys } from "../state/useScreenKeys";
import { useLayout } from "../state/useLayout";
import type { SheetName } from "../Window";
import { CheckStep } from "./CheckStep";
import { ChooseStep } from "./ChooseStep";
import { DoneStep } from "./DoneStep";
import { MapStep } from "./MapStep";
import { Steps } from "./Steps";

const troubles: Record<Step, string> = {
  choose: "This could not be read",
  map: "This mapping cannot be used as it is",
  check: "This could not be imported",
  done: "The import could not be undone",
};

const titles: Record<Step, string> = {
  choose: "What to import",
  map: "Match the columns",
  check: "What would change",
  done: "Imported",
};

type Props = {
  importing: Importing;
  textPercent: number;
  onSheet: (sheet: SheetName) => void;
  onLeave: () => void;
};

export function ImportScreen({ importing, textPercent, onSheet, onLeave }: Props) {
  const { step, look, job } = importing;
  const layout = useLayout(textPercent);
  const heading = useRef<HTMLHeadingElement>(null);
  useScreenKeys({
    leave: onLeave,
    showKeys: () => {
      onSheet("keys");
    },
  });
  useEffect(() => {
    heading.current?.closest(".import-scroll")?.scrollTo({ top: 0 });
    heading.current?.focus();
  }, [step]);

  return (
    <div className="app import-app" data-layout={layout}>
      <header className="masthead">
        <h1 className="brand">
          <Mark /> Signpost
        </h1>
        <Button className="button import-back" onPress={onLeave}>
          <Icon name="back" /> Back to the search
        </Button>
        <div className="masthead-buttons">
          <SheetButtons onSheet={onSheet} />
        </div>
      </header>
      <main className="import-main" aria-busy={job.running !== null}>
        <div className="import-head">
          <h2 ref={heading} id="step-title" tabIndex={-1}>
            {titles[step]}
          </h2>
          <Steps step={step} columns={look?.table !== null} />
        </div>
        {job.error !== null && (
          <div className="import-trouble">
            <AlertPanel
              error={job.error}
              title={troubles[step]}
              still="Nothing has changed."
              onAgain={importing.again}
              onDismiss={job.dismiss}
            />
          </div>
        )}
        {step === "choose" && <ChooseStep importing={importing} />}
        {step === "map" && <MapStep importing={importing} />}
        {step === "check" && <CheckStep importing={importing} />}
        {step === "done" && <DoneStep importing={importing} onLeave={onLeave} />}
      </main>
    </div>
  );
}
