import { expect, it } from "vitest";
import { saidDay, typedDay, typedTime } from "./typed";

it("reads times as people write them", () => {
  expect(["9", "9.30", "9:30 am", "1pm", "12 am", "noon", "17:45"].map(typedTime)).toEqual([
    "09:00",
    "09:30",
    "09:30",
    "13:00",
    "00:00",
    "12:00",
    "17:45",
  ]);
});

it("leaves what is no time or day as it was typed", () => {
  expect(["half past nine", "25", "13pm", "9:75"].map(typedTime)).toEqual([
    "half past nine",
    "25",
    "13pm",
    "9:75",
  ]);
  expect(["soon", "31/2/2026", "1 foo 2026"].map(typedDay)).toEqual(["soon", "31/2/2026", "1 foo 2026"]);
});

it("reads days as people write them, and says them so", () => {
  expect(["31/3/2026", "1.4.2026", "31 March 2026", "2nd jan 2027", "2026-03-31"].map(typedDay)).toEqual([
    "2026-03-31",
    "2026-04-01",
    "2026-03-31",
    "2027-01-02",
    "2026-03-31",
  ]);
  expect([saidDay("2026-03-01"), saidDay("soon")]).toEqual(["1 March 2026", "soon"]);
});
