// What somebody sent, beside the form in which a curator settles it.

import { FieldChanges } from "../components/FieldChanges";
import type { InboxItem } from "../lib/api";

export function Suggested({ item: { line, text, note, fields } }: { item: InboxItem }) {
  return (
    <section className="edit-changes" aria-labelledby="edit-suggested">
      <h3 id="edit-suggested">What {line.from} sent</h3>
      {text !== null && <p className="said-words">“{text}”</p>}
      {note !== null && <p className="said-words">“{note}”</p>}
      {fields.length > 0 && (
        <FieldChanges changes={fields.map((one) => ({ ...one, old: one.theirs, new: one.mine }))} />
      )}
      <p className="quiet-note">It stands in the form already. Change it as you see fit.</p>
    </section>
  );
}
