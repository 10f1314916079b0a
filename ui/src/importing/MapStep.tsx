// The second step, for tables: which column fills what, with the first entries as they would be beside it.

import { Button } from "react-aria-components";
import { JobPanel } from "../components/JobPanel";
import { Icon } from "../components/Icon";
import type { ImportLook, Mapping, TableLook } from "../lib/api";
import { withField, withMeaning } from "../state/mapping";
import { usePreview } from "../state/usePreview";
import type { Importing } from "../state/useImport";
import { ColumnLine } from "./ColumnLine";
import { FixedValues } from "./FixedValues";
import { Missing } from "./Missing";
import { Preview } from "./Preview";
import { SavedMappings } from "./SavedMappings";
import { SourceFields } from "./SourceFields";

export function MapStep({ importing }: { importing: Importing }) {
  const { look, mapping } = importing;
  if (look?.table == null || mapping === null) return null;
  return <Matching importing={importing} look={look} table={look.table} mapping={mapping} />;
}

type Props = { importing: Importing; look: ImportLook; table: TableLook; mapping: Mapping };

function Matching({ importing, look, table, mapping }: Props) {
  const { change, job } = importing;
  const preview = usePreview(look, mapping);
  const missing = preview.value?.missing ?? [];
  const check = () => {
    if (missing.length > 0 && !preview.pending) document.getElementById("missing")?.focus();
    else importing.check();
  };
  return (
    <>
      <div className="import-scroll import-split">
        <div className="import-column">
          <p>
            <strong>{look.name}</strong>: {look.said}.
            {table.taken_from !== null && ` Matched as saved under “${table.taken_from}”.`}
          </p>
          <Missing missing={missing} />
          <SourceFields table={table} mapping={mapping} onChange={change} onLookAgain={importing.lookAgain} />
          <SavedMappings importing={importing} mapping={mapping} />
          <section aria-labelledby="columns-title">
            <h3 id="columns-title">Columns</h3>
            <p className="quiet-note">
              What is not imported stays in the file. A guess says why it was made; change what is wrong.
            </p>
            <ol className="column-list">
              {table.columns.map((column, index) => (
                <ColumnLine
                  key={`${String(index)} ${column.heading}`}
                  column={column}
                  mapped={mapping.columns[index]}
                  proposed={table.mapping.columns[index]?.field ?? null}
                  table={table}
                  onField={(field) => {
                    change(withField(mapping, index, field, table.fields));
                  }}
                  onMeaning={(value, terms) => {
                    change(withMeaning(mapping, index, value, terms));
                  }}
                />
              ))}
            </ol>
          </section>
          <FixedValues table={table} mapping={mapping} onChange={change} />
        </div>
        <Preview preview={preview} />
      </div>
      <div className="import-foot">
        <JobPanel job={job} landing="step-title" />
        <div className="actions">
          <Button
            className="button button-main"
            {...(missing.length > 0 && { "aria-describedby": "missing-words" })}
            onPress={check}
          >
            See what would change
          </Button>
          <Button
            className="button"
            onPress={() => {
              importing.goTo("choose");
            }}
          >
            Back to choosing
          </Button>
          {missing.length > 0 && (
            <p id="missing-words" className="foot-note">
              <Icon name="warning" /> {missing.join(". ")}.
            </p>
          )}
        </div>
      </div>
    </>
  );
}
