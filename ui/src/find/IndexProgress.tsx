// The index is being built: how far it is, while searching goes on with what there is.

import { Label, ProgressBar } from "react-aria-components";
import { Icon } from "../components/Icon";
import type { IndexState } from "../lib/api";
import { count } from "../lib/words";

export function IndexProgress({ index }: { index: IndexState }) {
  if (index.state === "ready") return null;
  if (index.state === "failed") {
    return (
      <div className="panel panel-warning" role="alert">
        <Icon name="warning" />
        <div className="panel-words">
          <p className="panel-title">The search index could not be built</p>
          <p>{index.message}</p>
          <p>Close Signpost and start it again: the index is then made anew. No entry is lost.</p>
        </div>
      </div>
    );
  }
  return (
    <ProgressBar
      className="progress"
      value={index.done}
      maxValue={Math.max(index.total, 1)}
      valueLabel={`${count(index.done)} of ${count(index.total)}`}
    >
      {({ percentage, valueText }) => (
        <>
          <div className="progress-words">
            <Label>Getting the search ready: you can search already, not all of it is in yet</Label>
            <span>{valueText}</span>
          </div>
          <div className="progress-track">
            <div className="progress-done" style={{ width: `${String(percentage ?? 0)}%` }} />
          </div>
        </>
      )}
    </ProgressBar>
  );
}
