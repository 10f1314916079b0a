// How fresh an entry is and where it came from.

import { Icon } from "../components/Icon";
import type { CheckView, EntryView, SourceView } from "../lib/api";
import { capital } from "../lib/words";

export function Provenance({ entry }: { entry: EntryView }) {
  return (
    <>
      <h3>Checks and source</h3>
      <ul className="plain-list provenance">
        {entry.checks.map((check) => (
          <Check key={check.what + check.said} check={check} />
        ))}
        {entry.checks.length === 0 && <li>{capital(entry.checked.said)}.</li>}
        {entry.sources.map((source) => (
          <Source key={source.source + (source.where ?? "")} source={source} />
        ))}
      </ul>
    </>
  );
}

function Check({ check }: { check: CheckView }) {
  return (
    <li>
      <Icon name={check.stale ? "clock" : "check"} /> {capital(check.what)}: {check.said}
      {check.how !== null && !check.said.includes(check.how) && `, ${check.how}`}
      {check.stale && " (old)"}
    </li>
  );
}

function Source({ source: { source, where, entered_by, licence } }: { source: SourceView }) {
  return (
    <li>
      <Icon name="info" /> From {source}
      {where !== null && `, ${where}`}
      {entered_by !== null && `. Entered by ${entered_by}`}
      {licence !== null && `. Licence: ${licence}`}
    </li>
  );
}
