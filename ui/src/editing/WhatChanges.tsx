// What saving would change, field by field, while it is written.

import { AlertPanel } from "../components/AlertPanel";
import { FieldChanges } from "../components/FieldChanges";
import type { EditCheck } from "../lib/api";
import type { Asked } from "../state/useAsked";

type Props = { check: Asked<EditCheck>; fresh: boolean };

export function WhatChanges({ check: { value, error, again }, fresh }: Props) {
  return (
    <section className="edit-changes" aria-labelledby="edit-changes">
      <h3 id="edit-changes" tabIndex={-1}>
        What changes
      </h3>
      {error !== null && (
        <AlertPanel error={error} title="What would change cannot be shown" onAgain={again} />
      )}
      {value === null && error === null && <p className="quiet-note">Working it out…</p>}
      {value !== null && value.changed.length === 0 && (
        <p className="quiet-note">{fresh ? "Nothing is written yet." : "Nothing has been changed yet."}</p>
      )}
      {value !== null && value.changed.length > 0 && <FieldChanges changes={value.changed} />}
    </section>
  );
}
