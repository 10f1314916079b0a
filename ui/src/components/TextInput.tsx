// A line of text, or several, with what it is for above it, and below it what to know and what is wrong.

import type { KeyboardEvent, ReactNode } from "react";
import { FieldError, Input, Label, Text, TextArea, TextField } from "react-aria-components";

type Props = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  help?: ReactNode;
  placeholder?: string;
  required?: boolean;
  id?: string;
  /** What is wrong with it, and what to write instead. */
  faults?: readonly string[];
  /** How many lines are there to write in; none: one, and no more. */
  lines?: number;
  inputMode?: "tel" | "email" | "url" | "decimal" | "numeric";
  spellCheck?: boolean;
  /** Has the focus as soon as it is there. */
  focused?: boolean;
  onBlur?: () => void;
  onKeyDown?: (event: KeyboardEvent) => void;
};

export function TextInput(props: Props) {
  const { label, value, onChange, help, placeholder, required, id, faults = [], lines, onBlur } = props;
  const spellCheck = props.spellCheck ?? lines !== undefined;
  return (
    <TextField
      className="input"
      value={value}
      onChange={onChange}
      isRequired={required ?? false}
      isInvalid={faults.length > 0}
      validationBehavior="aria"
      // A sheet that asks for words is opened to write them.
      // eslint-disable-next-line jsx-a11y/no-autofocus -- see the line above
      autoFocus={props.focused ?? false}
      {...(id !== undefined && { id })}
      {...(onBlur !== undefined && { onBlur })}
    >
      <Label>{label}</Label>
      {lines === undefined ? (
        <Input
          autoComplete="off"
          spellCheck={spellCheck}
          {...(placeholder !== undefined && { placeholder })}
          {...(props.inputMode !== undefined && { inputMode: props.inputMode })}
        />
      ) : (
        <TextArea
          rows={lines}
          spellCheck={spellCheck}
          {...(props.onKeyDown !== undefined && { onKeyDown: props.onKeyDown })}
        />
      )}
      {help !== undefined && (
        <Text slot="description" className="input-help">
          {help}
        </Text>
      )}
      <FieldError className="input-fault">{faults.join(" ")}</FieldError>
    </TextField>
  );
}
