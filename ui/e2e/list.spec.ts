// The list at its usual and at its greatest length.

import { afterAll, beforeAll, expect, it } from "vitest";
import { endBench, openWindow, picture, startBench, type Bench } from "./window";

const MANY = 200_000;

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => endBench(bench));

it("shows at least six whole results in a window of 1280 by 800", async () => {
  const window = await openWindow(bench);
  await window.page.waitForSelector(".row-name");
  const whole = await window.page.$$eval(
    ".row",
    (rows) => rows.filter((row) => row.getBoundingClientRect().bottom <= innerHeight).length,
  );
  expect(whole).toBeGreaterThanOrEqual(6);
  await window.close();
});

it("goes to the end of 200,000 and keeps few rows in the document", async () => {
  const window = await openWindow(bench, {}, (state) => {
    state.size = MANY;
  });
  const { page } = window;
  await page.waitForSelector(".row-name");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await page.waitForSelector(`#result-${String(MANY - 1)}.row-active .row-name`);
  await page.waitForFunction(
    (id) => (document.getElementById(id)?.getBoundingClientRect().bottom ?? Infinity) <= innerHeight + 1,
    `result-${String(MANY - 1)}`,
  );
  await picture(window, "many-end");
  expect(await page.locator(".row").count()).toBeLessThan(40);
  expect(await page.getAttribute(`#result-${String(MANY - 1)}`, "aria-setsize")).toBe(String(MANY));
  await page.keyboard.press("PageUp");
  await page.keyboard.press("Home");
  await page.waitForSelector("#result-0.row-active .row-name");
  await page.waitForFunction(
    () => (document.getElementById("result-0")?.getBoundingClientRect().top ?? 0) > 0,
  );
  await window.close();
});

it("scrolls on past the end of a stretch without a jump in what is seen", async () => {
  const window = await openWindow(bench, {}, (state) => {
    state.size = MANY;
  });
  const { page } = window;
  await page.waitForSelector(".row-name");
  const seen = () =>
    page.$$eval(".row", (rows) => {
      const row = rows.find((candidate) => candidate.getBoundingClientRect().top > 150);
      return Number(row?.getAttribute("aria-posinset"));
    });
  await page.$eval(".results", (pane) => {
    pane.scrollTop = 8_950 * 110;
  });
  await page.waitForTimeout(200);
  const before = await seen();
  await page.mouse.move(500, 500);
  for (let turn = 0; turn < 60; turn += 1) await page.mouse.wheel(0, 400);
  await page.waitForTimeout(300);
  const after = await seen();
  expect(after).toBeGreaterThan(before + 100);
  expect(after).toBeLessThan(before + 400);
  await window.close();
});

it("paints every frame in time while 200,000 are scrolled", async () => {
  const window = await openWindow(bench, {}, (state) => {
    state.size = MANY;
  });
  const { page } = window;
  await page.waitForSelector(".row-name");
  const frames = await page.$eval(".results", async (pane) => {
    const took: number[] = [];
    let last = performance.now();
    for (let frame = 0; frame < 120; frame += 1) {
      pane.scrollTop += 300;
      await new Promise(requestAnimationFrame);
      took.push(performance.now() - last);
      last = performance.now();
    }
    return took.sort((a, b) => a - b);
  });
  const median = frames[60] ?? Infinity;
  // Two frames of a 60 Hz screen: generous, because the test machine draws without a graphics card.
  expect(median).toBeLessThan(34);
  await window.close();
});
