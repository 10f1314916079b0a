import { expect, it } from "vitest";
import { areaOf } from "./useKeepUnmet";

it("keeps the first half of a postcode and not the street", () => {
  expect(["M6 5AB", "sk109zz", "M6", "Gorton", ""].map(areaOf)).toEqual(["M6", "sk10", "M6", "Gorton", ""]);
});
