// The fields of a form, by the names that the form has for them. A blank means not known.

import { useState, type ReactNode } from "react";
import { TextInput } from "../components/TextInput";
import { saidDay, typedDay, typedTime } from "../lib/typed";

export type Fields<F> = Readonly<{
  form: F;
  set: <K extends keyof F>(key: K, value: F[K]) => void;
  /** What is wrong with a field, once somebody has been there or has tried to save. */
  faults: (field: keyof F & string) => readonly string[];
}>;

/** The fields that hold text. */
type TextKey<F> = { [K in keyof F]: F[K] extends string | null ? K : never }[keyof F] & string;

/** Where the focus goes for a field that has a fault. */
export function fieldId(field: string): string {
  return `field-${field}`;
}

export function focusField(field: string): void {
  const place = document.getElementById(fieldId(field));
  const first = place?.matches("input, textarea, button")
    ? place
    : place?.querySelector<HTMLElement>("input, textarea, button");
  const landing = first ?? place;
  landing?.scrollIntoView({ block: "center" });
  landing?.focus();
}

type LineProps<F> = {
  of: Fields<F>;
  field: TextKey<F>;
  label: string;
  help?: ReactNode;
  placeholder?: string;
  required?: boolean;
  lines?: number;
  inputMode?: "tel" | "email" | "url" | "decimal" | "numeric";
};

export function Line<F>({ of, field, required = false, ...rest }: LineProps<F>) {
  const value = (of.form as Record<string, string | null>)[field];
  return (
    <div id={fieldId(field)}>
      <TextInput
        {...rest}
        required={required}
        value={value ?? ""}
        faults={of.faults(field)}
        onChange={(text) => {
          of.set(field, (text === "" && !required ? null : text) as F[TextKey<F>]);
        }}
      />
    </div>
  );
}

type ReadProps = {
  label: string;
  value: string | null;
  onChange: (value: string | null) => void;
  help?: string;
  faults?: readonly string[];
};

type ReadAs = { read: (typed: string) => string; said: (value: string) => string; placeholder: string };

export function TimeInput(props: ReadProps) {
  return <ReadInput {...props} read={typedTime} said={(value) => value} placeholder="e.g. 9:30" />;
}

export function DayInput(props: ReadProps) {
  return <ReadInput {...props} read={typedDay} said={saidDay} placeholder="e.g. 31 March 2026" />;
}

/** Text that is read as something: shown as it is typed, and as it was read once the field is left. */
function ReadInput({ value, onChange, read, said, ...rest }: ReadProps & ReadAs) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextInput
      {...rest}
      value={typed ?? (value === null ? "" : said(value))}
      onChange={(text) => {
        setTyped(text);
        onChange(text.trim() === "" ? null : read(text));
      }}
      onBlur={() => {
        setTyped(null);
      }}
    />
  );
}

type SectionProps = { id: string; title: string; hint?: string; children: ReactNode };

export function Section({ id, title, hint, children }: SectionProps) {
  return (
    <section className="edit-section" aria-labelledby={id}>
      <h3 id={id} tabIndex={-1}>
        {title}
      </h3>
      {hint !== undefined && <p className="quiet-note">{hint}</p>}
      {children}
    </section>
  );
}

/** Several inputs that are one field: with its name above and what is wrong with it below. */
export function FieldGroup({ field, label, faults, help, children }: GroupProps) {
  const id = fieldId(field);
  const described = [help === undefined ? "" : `${id}-help`, faults.length > 0 ? `${id}-fault` : ""].join(
    " ",
  );
  return (
    <div
      id={id}
      className="field-group"
      role="group"
      aria-labelledby={`${id}-label`}
      {...(described.trim() !== "" && { "aria-describedby": described.trim() })}
      tabIndex={-1}
    >
      <h4 id={`${id}-label`} className="input-label">
        {label}
      </h4>
      {help !== undefined && (
        <p id={`${id}-help`} className="input-help">
          {help}
        </p>
      )}
      {children}
      {faults.length > 0 && (
        <p id={`${id}-fault`} className="input-fault">
          {faults.join(" ")}
        </p>
      )}
    </div>
  );
}

type GroupProps = {
  field: string;
  label: string;
  faults: readonly string[];
  help?: string;
  children: ReactNode;
};
