// The list at its usual and at its greatest length.

import { afterAll, beforeAll, expect, it } from "vitest";
import { endBench, openWindow, picture, startBench, type Bench } from "./window";

const MANY = 200_000;
const FRAMES = 120;
const FRAME_MS = 1000 / 60;

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

it("ends where the last of many quick keys leads, whatever is still being fetched", async () => {
  const window = await openWindow(bench, {}, (state) => {
    state.size = MANY;
  });
  const { page } = window;
  await page.waitForSelector(".row-name");
  await page.keyboard.press("ArrowDown");
  for (let turn = 0; turn < 12; turn += 1) {
    await page.keyboard.press("End");
    await page.keyboard.press("PageUp");
    await page.keyboard.press("Home");
    await page.waitForSelector("#result-0.row-active .row-name");
    for (let page_down = 0; page_down < turn; page_down += 1) await page.keyboard.press("PageDown");
    await page.keyboard.press("End");
    await page.waitForSelector(`#result-${String(MANY - 1)}.row-active .row-name`);
  }
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

it("spends less than a frame of processor time on a frame while 200,000 are scrolled", async () => {
  const window = await openWindow(bench, {}, (state) => {
    state.size = MANY;
  });
  const { page } = window;
  await page.waitForSelector(".row-name");
  const session = await page.context().newCDPSession(page);
  // The processor's time, not the clock's: other programs on the machine do not count.
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const spent = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")?.value ?? Infinity;
  };
  const before = await spent();
  await page.$eval(
    ".results",
    async (pane, frames) => {
      for (let frame = 0; frame < frames; frame += 1) {
        pane.scrollTop += 300;
        await new Promise(requestAnimationFrame);
      }
    },
    FRAMES,
  );
  const each = (((await spent()) - before) * 1000) / FRAMES;
  expect(each).toBeLessThan(FRAME_MS);
  await window.close();
});
