// Telephones, email, web: the same for services, organisations and places.

import { TextInput } from "../components/TextInput";
import type { LinkForm, PhoneForm } from "../lib/api";
import { FieldGroup } from "./fields";
import { Repeated } from "./Repeated";

const blank = (text: string) => (text === "" ? null : text);

type PhonesProps = {
  phones: readonly PhoneForm[];
  faults: readonly string[];
  onChange: (phones: PhoneForm[]) => void;
};

export function Phones({ phones, faults, onChange }: PhonesProps) {
  return (
    <FieldGroup field="phones" label="Telephone" faults={faults}>
      <Repeated
        items={phones}
        one="telephone number"
        add="Add a telephone number"
        blank={() => ({ number: "", description: null })}
        onChange={onChange}
      >
        {({ number, description }, set) => (
          <div className="input-grid">
            <TextInput
              label="Number"
              value={number}
              inputMode="tel"
              onChange={(text) => {
                set({ number: text });
              }}
            />
            <TextInput
              label="What it is for"
              value={description ?? ""}
              spellCheck
              onChange={(text) => {
                set({ description: blank(text) });
              }}
              placeholder="e.g. weekday mornings"
            />
          </div>
        )}
      </Repeated>
    </FieldGroup>
  );
}

type LinksProps = {
  links: readonly LinkForm[];
  faults: readonly string[];
  onChange: (links: LinkForm[]) => void;
};

export function Links({ links, faults, onChange }: LinksProps) {
  return (
    <FieldGroup field="links" label="Other web addresses" faults={faults}>
      <Repeated
        items={links}
        one="web address"
        add="Add a web address"
        blank={() => ({ label: null, url: "" })}
        onChange={onChange}
      >
        {({ label, url }, set) => (
          <div className="input-grid">
            <TextInput
              label="Address"
              value={url}
              inputMode="url"
              onChange={(text) => {
                set({ url: text });
              }}
            />
            <TextInput
              label="What it leads to"
              value={label ?? ""}
              spellCheck
              onChange={(text) => {
                set({ label: blank(text) });
              }}
              placeholder="e.g. Facebook, the timetable"
            />
          </div>
        )}
      </Repeated>
    </FieldGroup>
  );
}
