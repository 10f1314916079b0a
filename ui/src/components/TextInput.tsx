// A line of text with what it is for above it and what to know about it below.

import type { ReactNode } from "react";
import { Input, Label, Text, TextField } from "react-aria-components";

type Props = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  help?: ReactNode;
  placeholder?: string;
  required?: boolean;
};

export function TextInput({ label, value, onChange, help, placeholder, required }: Props) {
  return (
    <TextField className="input" value={value} onChange={onChange} isRequired={required ?? false}>
      <Label>{label}</Label>
      <Input autoComplete="off" spellCheck="false" {...(placeholder !== undefined && { placeholder })} />
      {help !== undefined && (
        <Text slot="description" className="input-help">
          {help}
        </Text>
      )}
    </TextField>
  );
}
