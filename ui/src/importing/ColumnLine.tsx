// One column: what it holds, what it fills, why that was guessed, and what its values mean.

import { useMemo } from "react";
import { Button, Disclosure, DisclosurePanel } from "react-aria-components";
import { Icon } from "../components/Icon";
import { Pick, type PickGroup } from "../components/Pick";
import type { Column, ColumnLook, TableLook, TermRef } from "../lib/api";
import { count, list } from "../lib/words";
import { meaningOf } from "../state/mapping";
import { fieldGroups, fieldName, termGroups, termId, termName, termsOf } from "./choices";

const EXAMPLES_SHOWN = 3;
const NOT_IMPORTED = "not imported";

type Props = {
  column: ColumnLook;
  mapped: Column | undefined;
  /** What was proposed for it. */
  proposed: string | null;
  table: TableLook;
  onField: (field: string | null) => void;
  onMeaning: (value: string, terms: readonly TermRef[]) => void;
};

export function ColumnLine({ column, mapped, proposed, table, onField, onMeaning }: Props) {
  const field = mapped?.field ?? null;
  const groups = useMemo(
    (): PickGroup[] => [
      { title: "Leave it out", options: [{ id: NOT_IMPORTED, label: "Not imported" }] },
      ...fieldGroups(table.fields),
    ],
    [table.fields],
  );
  const shown = field === null ? "Not imported" : fieldName(table.fields, field);
  return (
    <li className="column-line">
      <div className="column-words">
        <h4>{column.heading}</h4>
        <p className="column-examples">
          {column.examples.length === 0
            ? "Empty"
            : column.examples.slice(0, EXAMPLES_SHOWN).map((example) => (
                <span key={example} className="example">
                  {example}
                </span>
              ))}
        </p>
      </div>
      <div className="column-fills">
        <Pick
          label={`${column.heading} fills`}
          shown={shown}
          groups={groups}
          chosen={[field ?? NOT_IMPORTED]}
          quiet={field === null}
          onChange={([chosen]) => {
            onField(chosen === undefined || chosen === NOT_IMPORTED ? null : chosen);
          }}
        />
        {column.why !== null && field !== null && field === proposed && (
          <p className="column-why">{column.why}</p>
        )}
      </div>
      {column.values.length > 0 && (
        <Values column={column} mapped={mapped} table={table} onMeaning={onMeaning} />
      )}
    </li>
  );
}

function Values({ column, mapped, table, onMeaning }: Omit<Props, "onField" | "proposed">) {
  const groups = useMemo(() => termGroups(table.terms), [table.terms]);
  const given = column.values.filter(
    ({ value }) => mapped !== undefined && meaningOf(mapped, value).length > 0,
  ).length;
  return (
    <Disclosure className="values">
      <Button slot="trigger" className="button button-small button-quiet values-button">
        <Icon name="open" /> What its values mean
        {given > 0 && ` (${count(given)} of ${count(column.values.length)} given a meaning)`}
        <span className="unseen">: {column.heading}</span>
      </Button>
      <DisclosurePanel>
        <ul className="value-list">
          {column.values.map(({ value, times }) => {
            const terms = mapped === undefined ? [] : meaningOf(mapped, value);
            return (
              <li key={value} className="value-line">
                <span>
                  {value} <span className="quiet-note">{count(times)}×</span>
                </span>
                <Pick
                  label={`${value} means`}
                  shown={
                    terms.length === 0
                      ? "As it stands"
                      : list(terms.map((term) => termName(table.terms, term)))
                  }
                  groups={groups}
                  chosen={terms.map(termId)}
                  many
                  quiet={terms.length === 0}
                  onChange={(ids) => {
                    onMeaning(value, termsOf(ids, table.terms));
                  }}
                />
              </li>
            );
          })}
        </ul>
      </DisclosurePanel>
    </Disclosure>
  );
}
