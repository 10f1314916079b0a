// The form of a place. Its postcode finds its area and its point on the map.

import { SwitchButton, SwitchField } from "react-aria-components";
import type { EditCheck, PlaceForm } from "../lib/api";
import { Phones } from "./Contacts";
import { FieldGroup, Line, Section, type Fields } from "./fields";
import { Schedules } from "./Schedules";

export const placeSections = [
  ["edit-names", "What it is"],
  ["edit-address", "Address"],
  ["edit-access", "Getting there and in"],
  ["edit-contact", "Getting in touch"],
  ["edit-hours", "When"],
] as const;

type Props = { of: Fields<PlaceForm>; check: EditCheck | null };

export function PlaceSections({ of, check }: Props) {
  const { form, set, faults } = of;
  return (
    <>
      <Section id="edit-names" title="What it is">
        <Line of={of} field="name" label="Name" />
        <Line of={of} field="description" label="Description" lines={3} />
      </Section>
      <Section id="edit-address" title="Address">
        <Line of={of} field="address_1" label="First line" />
        <Line of={of} field="address_2" label="Second line" />
        <Line of={of} field="city" label="Town or city" />
        <Line
          of={of}
          field="postcode"
          label="Postcode"
          help={check?.area_said ?? "It finds the area and the point on the map."}
        />
        <div className="input-grid">
          <Line of={of} field="latitude" label="Latitude" inputMode="decimal" />
          <Line
            of={of}
            field="longitude"
            label="Longitude"
            inputMode="decimal"
            help="Found from the postcode unless you write another point."
          />
        </div>
        <SwitchField
          isSelected={form.private}
          onChange={(isPrivate) => {
            set("private", isPrivate);
          }}
        >
          <SwitchButton className="switch">
            <span className="switch-track" aria-hidden="true" />
            Keep the address private: only the first half of its postcode is published
          </SwitchButton>
        </SwitchField>
      </Section>
      <Section id="edit-access" title="Getting there and in">
        <Line of={of} field="transportation" label="Getting there" lines={3} />
        <Line of={of} field="access" label="Access" help="e.g. step-free, a hearing loop" lines={3} />
      </Section>
      <Section id="edit-contact" title="Getting in touch">
        <Phones
          phones={of.form.phones}
          faults={of.faults("phones")}
          onChange={(phones) => {
            of.set("phones", phones);
          }}
        />
      </Section>
      <Section id="edit-hours" title="When">
        <FieldGroup field="schedules" label="Hours of the place itself" faults={faults("schedules")}>
          <Schedules
            schedules={form.schedules}
            onChange={(schedules) => {
              set("schedules", schedules);
            }}
          />
        </FieldGroup>
      </Section>
    </>
  );
}
