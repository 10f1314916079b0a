import { expect, it } from "vitest";
import type { Mapping } from "../lib/api";
import { sampleFile, sampleLook } from "../test/sampleImport";
import { fitted, meaningOf, withField, withFixed, withMeaning, withoutFixed } from "./mapping";

const { table } = sampleLook({ from: sampleFile, format: null, mapping: null });
if (table === null) throw new Error("the sample file is a table");
const { mapping, fields } = table;
const fieldsOf = ({ columns: all }: Mapping) => all.map(({ field }) => field);

it("a field that only one column may fill moves to the column that takes it", () => {
  const moved = withField(mapping, 3, "name", fields);
  expect(fieldsOf(moved)[0]).toBeNull();
  expect(fieldsOf(moved)[3]).toBe("name");
});

it("a field that several columns may fill stays with the others", () => {
  const both = withField(mapping, 7, "phone", fields);
  expect(fieldsOf(both)[4]).toBe("phone");
  expect(fieldsOf(both)[7]).toBe("phone");
});

it("a value means what it was last said to mean, whatever its capitals, or nothing", () => {
  const social = { taxonomy: "need", term: "social-isolation" };
  const told = withMeaning(withMeaning(mapping, 3, "Social", []), 3, "social ", [social]);
  const column = told.columns[3];
  expect(column && meaningOf(column, "SOCIAL")).toEqual([social]);
  expect(withMeaning(told, 3, "Social", []).columns[3]?.values).toEqual([]);
});

it("what every entry gets is changed in its place and taken away", () => {
  const twice = withFixed(withFixed(mapping, "coverage", "Bolton"), "coverage", "Bury");
  expect(twice.fixed).toEqual([{ field: "coverage", value: "Bury" }]);
  expect(withoutFixed(twice, "coverage").fixed).toEqual([]);
});

it("a saved mapping fills the columns that it knows and leaves the others out", () => {
  const saved: Mapping = {
    source: "Earlier",
    columns: [
      { heading: "gone", nth: 0, field: "email" },
      { heading: " activity", nth: 0, field: "summary" },
    ],
  };
  const now = fitted(saved, mapping);
  expect(now.source).toBe("Earlier");
  expect(now.columns).toHaveLength(mapping.columns.length);
  expect(fieldsOf(now).filter((field) => field !== null)).toEqual(["summary"]);
  expect(now.columns[0]?.heading).toBe("Activity");
});
