// Changes to a mapping, each giving a new one. Pure.

import type { Column, FieldOption, Mapping, TermRef } from "../lib/api";

/** Fills a field from a column. A field that only one column may fill is taken from the one that did. */
export function withField(
  mapping: Mapping,
  index: number,
  field: string | null,
  options: readonly FieldOption[],
): Mapping {
  const many = options.find((option) => option.field === field)?.many ?? true;
  const columns = mapping.columns.map((column, at) => {
    if (at === index) return { ...column, field };
    return column.field === field && !many ? { ...column, field: null } : column;
  });
  return { ...mapping, columns };
}

/** What a value of a column means. No terms: the value is no longer given a meaning. */
export function withMeaning(
  mapping: Mapping,
  index: number,
  value: string,
  terms: readonly TermRef[],
): Mapping {
  const columns = mapping.columns.map((column, at) => {
    if (at !== index) return column;
    const others = (column.values ?? []).filter((rule) => !sameText(rule.value, value));
    return { ...column, values: terms.length === 0 ? others : [...others, { value, terms: [...terms] }] };
  });
  return { ...mapping, columns };
}

export function meaningOf(column: Column, value: string): readonly TermRef[] {
  return (column.values ?? []).find((rule) => sameText(rule.value, value))?.terms ?? [];
}

/** What every entry gets for a field. */
export function withFixed(mapping: Mapping, field: string, value: string): Mapping {
  const fixed = mapping.fixed ?? [];
  const known = fixed.some((one) => one.field === field);
  return {
    ...mapping,
    fixed: known
      ? fixed.map((one) => (one.field === field ? { field, value } : one))
      : [...fixed, { field, value }],
  };
}

export function withoutFixed(mapping: Mapping, field: string): Mapping {
  return { ...mapping, fixed: (mapping.fixed ?? []).filter((one) => one.field !== field) };
}

/** A mapping made for another table, or earlier, on the columns of this one: those that it knows by heading. */
export function fitted(saved: Mapping, proposed: Mapping): Mapping {
  return {
    ...saved,
    sheet: proposed.sheet ?? null,
    header_line: proposed.header_line ?? null,
    columns: proposed.columns.map(({ heading, nth }) => {
      const known = saved.columns.find((column) => column.nth === nth && sameText(column.heading, heading));
      return { field: null, values: [], ...known, heading, nth };
    }),
  };
}

function sameText(a: string, b: string): boolean {
  return a.trim().toLocaleLowerCase() === b.trim().toLocaleLowerCase();
}
