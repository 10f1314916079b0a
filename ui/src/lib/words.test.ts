import { expect, it } from "vitest";
import { distance, list, reasonBriefly, services } from "./words";

it("counts services as people say them", () => {
  expect([services(0), services(1), services(23456)]).toEqual(["0 services", "1 service", "23,456 services"]);
});

it("rounds distances to what helps somebody on foot or on a bus", () => {
  expect([0.04, 0.44, 1.26, 31.7].map(distance)).toEqual(["under 100 m", "400 m", "1.3 km", "32 km"]);
});

it("joins words with commas and an and", () => {
  expect([list([]), list(["a"]), list(["a", "b", "c"])]).toEqual(["", "a", "a, b and c"]);
});

it("says a reason in a few words", () => {
  expect(reasonBriefly({ kind: "synonym", said: "lonely", found: "Social isolation" })).toBe(
    "lonely → Social isolation",
  );
  expect(reasonBriefly({ kind: "spelling", said: "berevement", found: "bereavement" })).toBe(
    "berevement → bereavement (spelling)",
  );
  expect(reasonBriefly({ kind: "word", said: "debt", found: "Debt" })).toBe("debt");
});
