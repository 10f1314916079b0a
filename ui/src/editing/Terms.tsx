// What a service is, does and covers, picked from the directory's own lists.

import { Pick, type PickGroup } from "../components/Pick";
import type { EditView, ServiceForm, TaxonomyChoices, TermPick } from "../lib/api";
import { list } from "../lib/words";
import { FieldGroup, fieldId, type Fields } from "./fields";

const NOT_KNOWN = "not known";

type Props = { of: Fields<ServiceForm>; taxonomies: readonly TaxonomyChoices[] };

export function Terms({ of, taxonomies }: Props) {
  const { terms } = of.form;
  return (
    <div className="input-grid">
      {taxonomies.map((one) => {
        const codes = terms.find(({ taxonomy }) => taxonomy === one.taxonomy)?.codes ?? [];
        return (
          <TermChoice
            key={one.taxonomy}
            choices={one}
            codes={codes}
            onChange={(chosen) => {
              of.set("terms", withCodes(terms, one.taxonomy, chosen));
            }}
          />
        );
      })}
    </div>
  );
}

function withCodes(terms: readonly TermPick[], taxonomy: string, codes: string[]): TermPick[] {
  const known = terms.some((one) => one.taxonomy === taxonomy);
  if (known) return terms.map((one) => (one.taxonomy === taxonomy ? { taxonomy, codes } : one));
  return [...terms, { taxonomy, codes }];
}

type ChoiceProps = {
  choices: TaxonomyChoices;
  codes: readonly string[];
  onChange: (codes: string[]) => void;
};

function TermChoice({ choices: { taxonomy, name, single, terms }, codes, onChange }: ChoiceProps) {
  const options = terms.map((term) => ({
    id: term.code,
    label: term.name,
    ...(term.description !== null && { help: term.description }),
  }));
  const none: PickGroup = { title: "Nothing chosen", options: [{ id: NOT_KNOWN, label: "Not known" }] };
  const group: PickGroup = { title: name, options };
  const named = codes.map((code) => terms.find((term) => term.code === code)?.name ?? code);
  return (
    <div className="input" id={fieldId(`terms.${taxonomy}`)}>
      <span className="input-label">{name}</span>
      <Pick
        label={name}
        shown={codes.length === 0 ? "Not known" : list(named)}
        groups={single ? [none, group] : [group]}
        chosen={single && codes.length === 0 ? [NOT_KNOWN] : codes}
        many={!single}
        quiet={codes.length === 0}
        onChange={(ids) => {
          onChange(ids.filter((id) => id !== NOT_KNOWN));
        }}
      />
    </div>
  );
}

export function Areas({ of, areas }: { of: Fields<ServiceForm>; areas: EditView["areas"] }) {
  const chosen = of.form.areas;
  const nameOf = (code: string) => areas.find((area) => area.code === code)?.name ?? code;
  const group: PickGroup = {
    title: "Areas",
    options: areas.map(({ code, name, within }) => ({
      id: code,
      label: name,
      ...(within !== null && { help: `in ${nameOf(within)}` }),
    })),
  };
  return (
    <FieldGroup
      field="areas"
      label="For people living in"
      help="Nothing chosen means that it is not known."
      faults={of.faults("areas")}
    >
      <Pick
        label="For people living in"
        shown={chosen.length === 0 ? "Not known" : list(chosen.map(nameOf))}
        groups={[group]}
        chosen={chosen}
        many
        quiet={chosen.length === 0}
        onChange={(codes) => {
          of.set("areas", codes);
        }}
      />
    </FieldGroup>
  );
}
