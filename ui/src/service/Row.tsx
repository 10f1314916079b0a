// One line of a summary list: a word for it and what is known, in words of text or in parts.

import type { ReactNode } from "react";
import { capital } from "../lib/words";

export function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="fact-row">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Shows nothing where nothing is known: the entry says apart, and plainly, what is not known. */
export function Known({ label, said }: { label: string; said: string | readonly string[] | null }) {
  if (said === null || said.length === 0) return null;
  if (typeof said === "string") return <Row label={label}>{capital(said)}</Row>;
  return (
    <Row label={label}>
      <ul className="plain-list">
        {said.map((one) => (
          <li key={one}>{capital(one)}</li>
        ))}
      </ul>
    </Row>
  );
}
