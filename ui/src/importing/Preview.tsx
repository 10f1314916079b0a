// The first rows as the entries that they would become.

import { AlertPanel } from "../components/AlertPanel";
import { Icon } from "../components/Icon";
import type { ImportPreview, PreviewRow } from "../lib/api";
import { count } from "../lib/words";
import type { Asked } from "../state/useAsked";

export function Preview({ preview }: { preview: Asked<ImportPreview> }) {
  const { value, error, pending, again } = preview;
  return (
    <section className="preview" aria-labelledby="preview-title" aria-busy={pending}>
      <h3 id="preview-title">The first rows as entries</h3>
      {error !== null && <AlertPanel error={error} title="The first rows cannot be shown" onAgain={again} />}
      {value === null && error === null && <p className="quiet-note">Reading…</p>}
      {value?.rows.map((row) => (
        <PreviewCard key={row.line} row={row} />
      ))}
    </section>
  );
}

function PreviewCard({ row: { line, name, fields, findings } }: { row: PreviewRow }) {
  return (
    <article
      className={name === null ? "preview-card preview-refused" : "preview-card"}
      aria-label={name ?? `Line ${count(line)}: refused`}
    >
      <p className="quiet-note">Line {count(line)}</p>
      <h4>{name ?? "Refused: no entry comes of it"}</h4>
      {fields.length > 0 && (
        <dl className="fact-list">
          {fields.map(({ label, value }, at) => (
            <div key={`${label} ${String(at)}`} className="fact-row">
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {findings.length > 0 && (
        <ul className="findings">
          {findings.map((finding) => (
            <li key={finding}>
              <Icon name="warning" /> {finding}
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}
