// What every entry of the file gets where its columns give nothing: the borough it covers, a need.

import { Button } from "react-aria-components";
import { Icon } from "../components/Icon";
import { Pick } from "../components/Pick";
import { TextInput } from "../components/TextInput";
import type { Fixed, Mapping, TableLook } from "../lib/api";
import { withFixed, withoutFixed } from "../state/mapping";
import { fieldGroups, fieldName, termGroups } from "./choices";

type Props = { table: TableLook; mapping: Mapping; onChange: (mapping: Mapping) => void };

export function FixedValues({ table, mapping, onChange }: Props) {
  const fixed = mapping.fixed ?? [];
  const open = table.fields.filter(({ field }) => !fixed.some((one) => one.field === field));
  return (
    <section aria-labelledby="fixed-title">
      <h3 id="fixed-title">Every entry gets</h3>
      <p className="quiet-note">
        For what the file does not say because it is true of all: what area, what need.
      </p>
      {fixed.length > 0 && (
        <ul className="fixed-list">
          {fixed.map((one) => (
            <FixedLine
              key={one.field}
              fixed={one}
              table={table}
              onValue={(value) => {
                onChange(withFixed(mapping, one.field, value));
              }}
              onRemove={() => {
                onChange(withoutFixed(mapping, one.field));
                document.getElementById("fixed-add")?.querySelector("button")?.focus();
              }}
            />
          ))}
        </ul>
      )}
      <div id="fixed-add">
        <Pick
          label="Add for every entry"
          shown="Add a field…"
          groups={fieldGroups(open)}
          chosen={[]}
          onChange={([field]) => {
            if (field !== undefined) onChange(withFixed(mapping, field, ""));
          }}
        />
      </div>
    </section>
  );
}

type LineProps = { fixed: Fixed; table: TableLook; onValue: (value: string) => void; onRemove: () => void };

function FixedLine({ fixed: { field, value }, table, onValue, onRemove }: LineProps) {
  const label = fieldName(table.fields, field);
  const terms = table.terms.filter(({ taxonomy }) => field === `term:${taxonomy}`);
  const chosen = terms.find(({ term }) => term === value);
  return (
    <li className="fixed-line">
      {terms.length > 0 ? (
        <div className="input">
          <span className="input-label">{label}</span>
          <Pick
            label={label}
            shown={chosen?.name ?? (value === "" ? "Choose…" : value)}
            groups={termGroups(terms)}
            chosen={chosen === undefined ? [] : [`${chosen.taxonomy}/${chosen.term}`]}
            onChange={([id]) => {
              onValue(terms.find(({ taxonomy, term }) => `${taxonomy}/${term}` === id)?.term ?? "");
            }}
          />
        </div>
      ) : (
        <TextInput label={label} value={value} onChange={onValue} />
      )}
      <Button className="button-icon" aria-label={`Remove ${label}`} onPress={onRemove}>
        <Icon name="cross" />
      </Button>
    </li>
  );
}
