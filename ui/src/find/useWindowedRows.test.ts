import { expect, it } from "vitest";
import { layoutFor } from "../state/useLayout";
import { nextBase } from "./useWindowedRows";

it("a short list is one stretch that never moves", () => {
  expect(nextBase(0, 40, 60, 69)).toBe(0);
});

it("the stretch moves on before the eye reaches its end, and back before its beginning", () => {
  expect(nextBase(0, 9_010, 9_020, 200_000)).toBe(5_000);
  expect(nextBase(5_000, 5_900, 5_910, 200_000)).toBe(0);
  expect(nextBase(5_000, 9_000, 9_010, 200_000)).toBe(5_000);
});

it("the last stretch stays at the end of the list", () => {
  expect(nextBase(190_000, 199_980, 199_999, 200_000)).toBe(190_000);
});

it("panes fold when the window is narrow or the text large", () => {
  expect([layoutFor(1280, 100), layoutFor(900, 100), layoutFor(400, 100)]).toEqual(["three", "two", "one"]);
  expect([layoutFor(1280, 200), layoutFor(1920, 150)]).toEqual(["one", "three"]);
});
