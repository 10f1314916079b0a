// How far something is that takes more than a second, with the way to stop it.

import { useEffect } from "react";
import { Button, Label, ProgressBar } from "react-aria-components";
import { timeLeft } from "../lib/words";
import { announce } from "../state/announcer";
import type { Job } from "../state/useJob";
import { Icon } from "./Icon";

type Props = {
  job: Job;
  /** What has the focus once this panel is gone. */
  landing: string;
  /** What holds once it was stopped. */
  cancelledSaid?: string;
};

export function JobPanel({ job, landing, cancelledSaid = "Cancelled. Nothing has changed." }: Props) {
  const { running, cancelled } = job;
  const long = running?.long ?? false;
  const what = running?.progress?.said ?? running?.what ?? "";
  const said = running?.what ?? "";
  useEffect(() => {
    if (long) announce(`${said}. It takes a moment.`);
  }, [long, said]);
  useEffect(() => {
    if (cancelled) announce(cancelledSaid);
  }, [cancelled, cancelledSaid]);

  if (cancelled && running === null) {
    return (
      <p className="quiet-note">
        <Icon name="info" /> {cancelledSaid}
      </p>
    );
  }
  if (running === null || !long) return null;
  const done = running.progress?.per_mille ?? null;
  const left = running.progress?.seconds_left ?? null;
  return (
    <div className="job">
      <ProgressBar
        className="progress"
        isIndeterminate={done === null}
        value={done ?? 0}
        maxValue={1000}
        valueLabel={done === null ? "" : `${String(Math.floor(done / 10))} %`}
      >
        {({ percentage, valueText }) => (
          <>
            <div className="progress-words">
              <Label>{what}</Label>
              <span>
                {valueText}
                {left !== null && `, ${timeLeft(left)}`}
              </span>
            </div>
            <div className="progress-track">
              <div
                className={done === null ? "progress-done progress-unknown" : "progress-done"}
                style={{ width: `${String(percentage ?? 100)}%` }}
              />
            </div>
          </>
        )}
      </ProgressBar>
      <Button
        className="button"
        onPress={() => {
          job.cancel();
          document.getElementById(landing)?.focus();
        }}
      >
        Cancel
      </Button>
    </div>
  );
}
