// Field by field what was and what becomes of it. Lists say what comes in and what goes.

import type { FieldChangeView } from "../lib/api";
import { list } from "../lib/words";
import { Icon } from "./Icon";

export function FieldChanges({ changes }: { changes: readonly FieldChangeView[] }) {
  return (
    <dl className="changes">
      {changes.map((change, at) => (
        <div key={`${change.field} ${String(at)}`} className="fact-row">
          <dt>{change.label}</dt>
          <dd>
            <OldAndNew change={change} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function OldAndNew({ change: { old, new: next, added, removed } }: { change: FieldChangeView }) {
  if (added.length + removed.length > 0)
    return (
      <>
        {added.length > 0 && (
          <p>
            Added: <ins>{list(added)}</ins>
          </p>
        )}
        {removed.length > 0 && (
          <p>
            Taken out: <del>{list(removed)}</del>
          </p>
        )}
      </>
    );
  return (
    <>
      <del>{old ?? "not known"}</del> <Icon name="on" />
      <span className="unseen">becomes</span> <ins>{next ?? "not known"}</ins>
    </>
  );
}
