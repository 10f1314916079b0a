// The way out: of what, as what, where to. The whole directory, or what is found now.

import { useState } from "react";
import { Button } from "react-aria-components";
import { AlertPanel } from "../components/AlertPanel";
import { Choice } from "../components/Choice";
import { CopyButton } from "../components/CopyButton";
import { Icon } from "../components/Icon";
import { JobPanel } from "../components/JobPanel";
import type { ExportFormat } from "../lib/api";
import { count, services } from "../lib/words";
import { Sheet } from "../components/Sheet";
import type { Exporting, Found } from "../state/useExport";

const formats: readonly (readonly [ExportFormat, string, string])[] = [
  ["xlsx", "Workbook (XLSX)", "For people: to read, sort and print in Excel or LibreOffice."],
  ["csv", "Table (CSV)", "For people and simple programs: one row a service."],
  ["hsds", "HSDS 3.1 and Open Referral UK 3.0 (JSON)", "For other directories: everything, in one file."],
  ["hsds-ndjson", "The same, one service a line", "For programs that read large files piece by piece."],
  ["hsds-package", "HSDS 3.1 tables (ZIP)", "For databases: a table for each sort of record."],
];

type Props = {
  /** What the search has found; null: the sheet is closed. */
  found: Found | null;
  /** Services in the whole directory. */
  whole: number | null;
  exporting: Exporting;
  onClose: () => void;
};

export function ExportSheet({ found, whole, exporting, onClose }: Props) {
  return (
    <Sheet title="Export" open={found !== null} onClose={onClose}>
      {found !== null && <ExportForm found={found} whole={whole} exporting={exporting} />}
    </Sheet>
  );
}

type FormProps = { found: Found; whole: number | null; exporting: Exporting };

function ExportForm({ found, whole, exporting }: FormProps) {
  const { job, done, error, begin, anew } = exporting;
  const [of, setOf] = useState<"found" | "whole">(found.total > 0 ? "found" : "whole");
  const [format, setFormat] = useState<ExportFormat>("xlsx");

  if (done !== null) {
    return (
      <>
        <div className="panel">
          <Icon name="check" />
          <div className="panel-words">
            <p className="panel-title">Exported {services(done.services)}</p>
            <p>{done.to}</p>
            <CopyButton text={done.to} what="path" />
          </div>
        </div>
        <Button className="button" onPress={anew}>
          Export something else
        </Button>
      </>
    );
  }
  return (
    <>
      {error !== null && <AlertPanel error={error} title="Nothing was exported" />}
      <Choice
        label="Of what"
        options={[
          ["found", `What is found now (${count(found.total)})`],
          ["whole", `The whole directory${whole === null ? "" : ` (${count(whole)})`}`],
        ]}
        value={of}
        onChange={setOf}
      />
      <Choice label="As what" options={formats} value={format} onChange={setFormat} />
      <JobPanel job={job} landing="export-begin" />
      <div className="actions">
        <Button
          id="export-begin"
          className="button button-main"
          onPress={() => {
            begin(of === "whole" ? null : found.request, format);
          }}
        >
          Choose where…
        </Button>
        <p className="foot-note">Notes for staff alone do not go out.</p>
      </div>
    </>
  );
}
