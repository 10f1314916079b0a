// Fields and terms as lists to pick from.

import type { PickGroup } from "../components/Pick";
import type { FieldGroup, FieldOption, TermChoice, TermRef } from "../lib/api";

const groupNames: readonly (readonly [FieldGroup, string])[] = [
  ["service", "The service"],
  ["getting_in", "Getting in touch and getting in"],
  ["terms", "What it is for and whom it covers"],
  ["place", "Where it is"],
  ["organisation", "The organisation"],
  ["other", "Everything else"],
];

export function fieldGroups(fields: readonly FieldOption[]): PickGroup[] {
  return groupNames
    .map(([group, title]) => ({
      title,
      options: fields
        .filter((option) => option.group === group)
        .map(({ field, label, help }) => ({ id: field, label, help })),
    }))
    .filter(({ options }) => options.length > 0);
}

export function fieldName(fields: readonly FieldOption[], field: string): string {
  return fields.find((option) => option.field === field)?.label ?? field;
}

export function termGroups(terms: readonly TermChoice[]): PickGroup[] {
  const titles = [...new Set(terms.map(({ taxonomy_name }) => taxonomy_name))];
  return titles.map((title) => ({
    title,
    options: terms
      .filter(({ taxonomy_name }) => taxonomy_name === title)
      .map((term) => ({ id: termId(term), label: term.name })),
  }));
}

export function termId({ taxonomy, term }: TermRef): string {
  return `${taxonomy}/${term}`;
}

/** The terms that stand for these ids, in the order of the list. */
export function termsOf(ids: readonly string[], terms: readonly TermChoice[]): TermRef[] {
  return terms.filter((term) => ids.includes(termId(term))).map(({ taxonomy, term }) => ({ taxonomy, term }));
}

export function termName(terms: readonly TermChoice[], ref: TermRef): string {
  return terms.find((term) => termId(term) === termId(ref))?.name ?? ref.term;
}
