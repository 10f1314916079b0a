// One of a few, each with its words beside it, and a line about it where that helps.

import { Label, RadioButton, RadioField, RadioGroup, Text } from "react-aria-components";

type Props<T extends string> = {
  label: string;
  options: readonly (readonly [id: T, name: string, help?: string])[];
  /** Null: nothing is chosen yet. */
  value: T | null;
  onChange: (value: T) => void;
};

export function Choice<T extends string>({ label, options, value, onChange }: Props<T>) {
  return (
    <RadioGroup
      className="choice"
      value={value}
      onChange={(chosen) => {
        const option = options.find(([id]) => id === chosen);
        if (option) onChange(option[0]);
      }}
    >
      <Label className="choice-title">{label}</Label>
      <div className="choice-options">
        {options.map(([id, name, help]) => (
          <RadioField key={id} value={id}>
            <RadioButton className="radio">
              <span className="radio-dot" aria-hidden="true" />
              {name}
            </RadioButton>
            {help !== undefined && (
              <Text slot="description" className="choice-help">
                {help}
              </Text>
            )}
          </RadioField>
        ))}
      </div>
    </RadioGroup>
  );
}
