// The fields of whatever sort of record is edited.

import { useState } from "react";
import type { EditCheck, RecordForm } from "../lib/api";
import type { Session, Tie } from "../state/useEditing";
import type { Fields } from "./fields";
import { OrganisationSections } from "./OrganisationSections";
import { PlaceSections } from "./PlaceSections";
import { ServiceSections } from "./ServiceSections";
import { WithinContext } from "./within";

type Props = {
  session: Session;
  check: EditCheck | null;
  /** Whether somebody has tried to save: from then on every fault shows. */
  tried: boolean;
  onChange: (form: RecordForm) => void;
  onWithin: (tie: Tie, id: string | null) => void;
};

export function EditForm({ session: { form, view }, check, tried, onChange, onWithin }: Props) {
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const fieldsOf = <F extends RecordForm["form"]>(fields: F): Fields<F> => ({
    form: fields,
    set: (key, value) => {
      setTouched((now) => new Set([...now, String(key)]));
      onChange({ kind: form.kind, form: { ...fields, [key]: value } } as unknown as RecordForm);
    },
    faults: (field) =>
      tried || touched.has(field)
        ? (check?.faults ?? []).filter((fault) => rootOf(fault.field) === field).map(({ message }) => message)
        : [],
  });
  return (
    <div className="edit-form">
      <WithinContext value={onWithin}>
        {form.kind === "service" && <ServiceSections of={fieldsOf(form.form)} view={view} />}
        {form.kind === "organisation" && <OrganisationSections of={fieldsOf(form.form)} />}
        {form.kind === "place" && <PlaceSections of={fieldsOf(form.form)} check={check} />}
      </WithinContext>
    </div>
  );
}

/** A fault in a part of a list (`phones.1.number`) is one of the list. */
export function rootOf(field: string): string {
  return field.split(/[.[]/)[0] ?? field;
}
