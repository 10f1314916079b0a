// The form of an organisation.

import type { OrganisationForm } from "../lib/api";
import { Links, Phones } from "./Contacts";
import { Line, Section, type Fields } from "./fields";

export const organisationSections = [
  ["edit-names", "What it is"],
  ["edit-contact", "Getting in touch"],
] as const;

export function OrganisationSections({ of }: { of: Fields<OrganisationForm> }) {
  return (
    <>
      <Section id="edit-names" title="What it is">
        <Line of={of} field="name" label="Name" required />
        <Line of={of} field="alternate_name" label="Another name" />
        <Line of={of} field="description" label="Description" lines={6} />
      </Section>
      <Section id="edit-contact" title="Getting in touch">
        <Phones
          phones={of.form.phones}
          faults={of.faults("phones")}
          onChange={(phones) => {
            of.set("phones", phones);
          }}
        />
        <Line of={of} field="email" label="Email" inputMode="email" />
        <Line of={of} field="website" label="Website" inputMode="url" />
        <Links
          links={of.form.links}
          faults={of.faults("links")}
          onChange={(links) => {
            of.set("links", links);
          }}
        />
      </Section>
    </>
  );
}
