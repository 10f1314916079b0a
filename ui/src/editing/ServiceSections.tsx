// The form of a service, in the order in which people ask.

import { Choice } from "../components/Choice";
import type { EditView, ServiceForm } from "../lib/api";
import { Contacts } from "./ServiceContacts";
import { Costs, Notes } from "./Costs";
import { DayInput, FieldGroup, Line, Section, type Fields } from "./fields";
import { Organisation, Places } from "./Places";
import { RepeatedWords } from "./Repeated";
import { Schedules } from "./Schedules";
import { Areas, Terms } from "./Terms";

const states: readonly (readonly [ServiceForm["state"], string])[] = [
  ["open", "Open"],
  ["full", "Full"],
  ["waiting_list", "Waiting list"],
  ["paused", "Paused"],
  ["funding_ends", "Funding ends"],
  ["closed", "Closed for good"],
];

/** Lists that stand with what they belong to; all others say what the service offers. */
const placed: Readonly<Record<string, string>> = {
  "way-in": "way",
  "referral-source": "way",
  population: "who",
  "meets-you": "where",
  cost: "cost",
  funding: "cost",
  commissioned: "cost",
};

export const serviceSections = [
  ["edit-names", "What it is"],
  ["edit-state", "Whether it is open"],
  ["edit-contact", "Getting in touch"],
  ["edit-way", "How to get in"],
  ["edit-who", "Who it is for"],
  ["edit-hours", "When"],
  ["edit-places", "Where"],
  ["edit-cost", "Cost"],
  ["edit-offer", "What it offers"],
  ["edit-notes", "Notes for staff"],
] as const;

type Props = { of: Fields<ServiceForm>; view: EditView };

export function ServiceSections({ of, view }: Props) {
  const { form, set, faults } = of;
  const listed = (section: string) =>
    view.taxonomies.filter(({ taxonomy }) => (placed[taxonomy] ?? "offer") === section);
  return (
    <>
      <Section id="edit-names" title="What it is">
        <Line of={of} field="name" label="Name" required />
        <Line of={of} field="alternate_name" label="Another name" />
        <FieldGroup field="other_names" label="More names that people use" faults={faults("other_names")}>
          <RepeatedWords
            words={form.other_names}
            one="name"
            add="Add a name"
            onChange={(names) => {
              set("other_names", names);
            }}
          />
        </FieldGroup>
        <Line of={of} field="summary" label="In one line" help="What it is and for whom." lines={2} />
        <Line of={of} field="description" label="Description" lines={6} />
        <Organisation of={of} />
      </Section>
      <Section id="edit-state" title="Whether it is open">
        <Choice
          label="Now"
          options={states}
          value={form.state}
          onChange={(state) => {
            set("state", state);
          }}
        />
        <div className="input-grid">
          <div id="field-state_until">
            <DayInput
              label="Until"
              value={form.state_until}
              faults={faults("state_until")}
              onChange={(day) => {
                set("state_until", day);
              }}
            />
          </div>
          <Line of={of} field="state_words" label="In words" help="e.g. “about six weeks’ wait”" />
        </div>
        <Line
          of={of}
          field="alert"
          label="Notice at the top of the entry"
          help="For what people have to know before they go."
          lines={2}
        />
      </Section>
      <Contacts of={of} />
      <Section id="edit-way" title="How to get in">
        <Terms of={of} taxonomies={listed("way")} />
        <Line of={of} field="application_process" label="What to do" lines={3} />
        <Line of={of} field="wait_time" label="Wait" />
      </Section>
      <Section id="edit-who" title="Who it is for">
        <Line of={of} field="eligibility" label="For" lines={3} />
        <div className="input-grid">
          <Line of={of} field="minimum_age" label="From age" inputMode="numeric" />
          <Line of={of} field="maximum_age" label="To age" inputMode="numeric" />
        </div>
        <Terms of={of} taxonomies={listed("who")} />
        <FieldGroup field="languages" label="Languages" faults={faults("languages")}>
          <RepeatedWords
            words={form.languages}
            one="language"
            add="Add a language"
            onChange={(languages) => {
              set("languages", languages);
            }}
          />
        </FieldGroup>
      </Section>
      <Section id="edit-hours" title="When">
        <FieldGroup field="schedules" label="Hours" faults={faults("schedules")}>
          <Schedules
            schedules={form.schedules}
            onChange={(schedules) => {
              set("schedules", schedules);
            }}
          />
        </FieldGroup>
      </Section>
      <Section id="edit-places" title="Where">
        <Areas of={of} areas={view.areas} />
        <Terms of={of} taxonomies={listed("where")} />
        <Places of={of} />
      </Section>
      <Section id="edit-cost" title="Cost">
        <Terms of={of} taxonomies={listed("cost")} />
        <Line of={of} field="fees" label="Cost in words" lines={2} />
        <Costs of={of} />
      </Section>
      <Section id="edit-offer" title="What it offers">
        <Terms of={of} taxonomies={listed("offer")} />
        <FieldGroup
          field="keywords"
          label="Words that people search by"
          help="For words that stand nowhere else in the entry."
          faults={faults("keywords")}
        >
          <RepeatedWords
            words={form.keywords}
            one="word"
            add="Add a word"
            onChange={(keywords) => {
              set("keywords", keywords);
            }}
          />
        </FieldGroup>
      </Section>
      <Notes of={of} />
    </>
  );
}
