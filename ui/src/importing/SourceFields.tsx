// Where the entries come from, and which part of the file is read.

import { Group, Input, Label, NumberField, Text } from "react-aria-components";
import { Pick } from "../components/Pick";
import { TextInput } from "../components/TextInput";
import type { Mapping, TableLook } from "../lib/api";

type Props = {
  table: TableLook;
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
  onLookAgain: (part: Pick<Mapping, "sheet" | "header_line">) => void;
};

export function SourceFields({ table, mapping, onChange, onLookAgain }: Props) {
  const sheet = mapping.sheet ?? table.sheets[0] ?? "";
  return (
    <section aria-labelledby="source-title">
      <h3 id="source-title" tabIndex={-1}>
        The source
      </h3>
      <div className="input-grid">
        <TextInput
          label="What people call it"
          value={mapping.source}
          onChange={(source) => {
            onChange({ ...mapping, source });
          }}
          help="Keep it the same each time: the entries are known again by it."
          required
        />
        <TextInput
          label="Licence of its facts"
          value={mapping.licence ?? ""}
          onChange={(licence) => {
            onChange({ ...mapping, licence: licence === "" ? null : licence });
          }}
          placeholder="e.g. OGL 3.0"
        />
        <TextInput
          label="Date of the source"
          value={mapping.dated ?? ""}
          onChange={(dated) => {
            onChange({ ...mapping, dated: dated === "" ? null : dated });
          }}
          placeholder="e.g. March 2026"
        />
        <NumberField
          className="input"
          value={mapping.header_line ?? Number.NaN}
          minValue={1}
          formatOptions={{ useGrouping: false }}
          onChange={(line) => {
            const header_line = Number.isNaN(line) ? null : line;
            if (header_line !== (mapping.header_line ?? null)) onLookAgain({ header_line });
          }}
        >
          <Label>Line of the headings</Label>
          <Group>
            <Input placeholder="found by itself" />
          </Group>
          <Text slot="description" className="input-help">
            The file is read again from there, with new guesses.
          </Text>
        </NumberField>
        {table.sheets.length > 1 && (
          <div className="input">
            <span className="input-label">Sheet</span>
            <Pick
              label="Sheet"
              shown={sheet}
              groups={[{ title: "Sheets", options: table.sheets.map((name) => ({ id: name, label: name })) }]}
              chosen={[sheet]}
              onChange={([chosen]) => {
                if (chosen !== undefined && chosen !== sheet)
                  onLookAgain({ sheet: chosen, header_line: null });
              }}
            />
          </div>
        )}
      </div>
    </section>
  );
}
