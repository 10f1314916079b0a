// What a service offers, in the directory's own terms. A term that an editor read out of a text says so.

import { Icon } from "../components/Icon";
import type { AssessedTerm, EntryView } from "../lib/api";
import { Row } from "./Row";

export function Offer({ entry }: { entry: EntryView }) {
  const single = (term: AssessedTerm | null) => (term === null ? [] : [term]);
  const rows: readonly (readonly [string, readonly AssessedTerm[]])[] = [
    ["Needs", entry.needs],
    ["Tier", single(entry.tier)],
    ["Delivery level", single(entry.delivery_level)],
    ["Activities", entry.activities],
    ["Support", entry.support_types],
    ["What it does", entry.does],
    ["Model", entry.models],
  ];
  const known = rows.filter(([, terms]) => terms.length > 0);
  if (known.length === 0) return null;
  const assessed = [...known.flatMap(([, terms]) => terms), ...entry.populations].some(
    (term) => term.assessed,
  );
  return (
    <>
      <h3>What it offers</h3>
      <dl className="fact-list">
        {known.map(([label, terms]) => (
          <Row key={label} label={label}>
            <ul className="term-list">
              {terms.map((term) => (
                <Term key={term.id} term={term} />
              ))}
            </ul>
          </Row>
        ))}
      </dl>
      {assessed && (
        <p className="assessed-note">
          <Icon name="pen" /> as read by an editor out of the source’s description, not said by the service
          itself
        </p>
      )}
    </>
  );
}

function Term({ term }: { term: AssessedTerm }) {
  return (
    <li className="tag">
      {term.name}
      {term.detail !== null && ` (${term.detail})`}
      {term.assessed && (
        <>
          {" "}
          <Icon name="pen" />
          <span className="unseen">, as read by an editor</span>
        </>
      )}
    </li>
  );
}
