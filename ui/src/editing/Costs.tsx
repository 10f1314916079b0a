// Prices, and what only staff may read.

import { TextInput } from "../components/TextInput";
import type { ServiceForm } from "../lib/api";
import { FieldGroup, Section, type Fields } from "./fields";
import { Repeated } from "./Repeated";

const blank = (text: string) => (text === "" ? null : text);

type Props = { of: Fields<ServiceForm> };

export function Costs({ of }: Props) {
  return (
    <FieldGroup field="costs" label="Prices" faults={of.faults("costs")}>
      <Repeated
        items={of.form.costs}
        one="price"
        add="Add a price"
        blank={() => ({ option: null, amount: null, words: null })}
        onChange={(costs) => {
          of.set("costs", costs);
        }}
      >
        {({ option, amount, words }, set) => (
          <div className="input-grid">
            <TextInput
              label="For"
              value={option ?? ""}
              spellCheck
              placeholder="e.g. adults"
              onChange={(text) => {
                set({ option: blank(text) });
              }}
            />
            <TextInput
              label="Pounds"
              value={amount ?? ""}
              inputMode="decimal"
              placeholder="e.g. 3.50"
              onChange={(text) => {
                set({ amount: blank(text) });
              }}
            />
            <TextInput
              label="In words"
              value={words ?? ""}
              spellCheck
              placeholder="e.g. a session"
              onChange={(text) => {
                set({ words: blank(text) });
              }}
            />
          </div>
        )}
      </Repeated>
    </FieldGroup>
  );
}

export function Notes({ of }: Props) {
  return (
    <Section
      id="edit-notes"
      title="Notes for staff"
      hint="Seen by curators of the area, never published. Nothing about a person who was helped."
    >
      <FieldGroup field="internal" label="Notes" faults={of.faults("internal")}>
        <Repeated
          items={of.form.internal}
          one="note"
          add="Add a note"
          blank={() => ({ label: "", text: "" })}
          onChange={(notes) => {
            of.set("internal", notes);
          }}
        >
          {({ label, text }, set) => (
            <>
              <TextInput
                label="About"
                value={label}
                spellCheck
                onChange={(next) => {
                  set({ label: next });
                }}
              />
              <TextInput
                label="Note"
                value={text}
                lines={3}
                onChange={(next) => {
                  set({ text: next });
                }}
              />
            </>
          )}
        </Repeated>
      </FieldGroup>
    </Section>
  );
}
