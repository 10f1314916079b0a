// How to reach a service.

import type { ServiceForm } from "../lib/api";
import { Links, Phones } from "./Contacts";
import { Line, Section, type Fields } from "./fields";

export function Contacts({ of }: { of: Fields<ServiceForm> }) {
  return (
    <Section id="edit-contact" title="Getting in touch">
      <Phones
        phones={of.form.phones}
        faults={of.faults("phones")}
        onChange={(phones) => {
          of.set("phones", phones);
        }}
      />
      <Line of={of} field="email" label="Email" inputMode="email" />
      <Line of={of} field="url" label="Website" inputMode="url" />
      <Links
        links={of.form.links}
        faults={of.faults("links")}
        onChange={(links) => {
          of.set("links", links);
        }}
      />
    </Section>
  );
}
