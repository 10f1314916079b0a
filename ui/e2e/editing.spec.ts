// Work at the desk and in the inbox by keys alone, as a browser has it.

import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sampleJoined } from "../src/test/sampleHub";
import { endBench, openWindow, startBench, type Bench } from "./window";

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => endBench(bench));

const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};

it("changes an entry, keeps it half-written in between, and is back in the list each time", async () => {
  const window = await openWindow(bench);
  const { page, state } = window;
  await page.waitForSelector(".row-name");
  await press(page, "ArrowDown", "e");
  await page.waitForSelector("#edit-title:focus");
  while (!(await page.evaluate(() => document.activeElement?.closest("#field-summary") !== null)))
    await press(page, "Tab");
  await page.keyboard.type(" Every week.");
  await press(page, "Escape");
  await page.waitForSelector("#results-list:focus");
  await press(page, "e");
  await page.waitForSelector("text=Half-written on Tuesday");
  await page.waitForSelector(".edit-aside .changes >> text=Every week.");
  await press(page, "Control+s");
  await page.waitForSelector(".done-bar");
  await page.waitForSelector("#results-list:focus");
  expect(state.editing.saved).toHaveLength(1);
  expect(state.editing.drafts.size).toBe(0);
  expect(window.complaints).toEqual([]);
  await window.close();
});

it("goes through the inbox without a mouse", async () => {
  const window = await openWindow(bench, {}, ({ editing }) => {
    editing.sync = sampleJoined;
  });
  const { page, state } = window;
  await page.waitForSelector(".row-name");
  await press(page, "Control+b");
  await page.waitForSelector(".inbox-line:focus");
  await page.waitForSelector(".field-set");
  await press(page, "a");
  await page.waitForSelector(".inbox-line:focus[aria-selected=true] >> text=Two changes");
  await page.waitForSelector("text=Which holds: Telephone");
  await press(page, "1", "a");
  await page.waitForSelector(".inbox-line:focus[aria-selected=true] >> text=The number rings out");
  await page.waitForSelector(".inbox-item .said-words");
  await press(page, "r");
  await page.waitForSelector("[role=dialog] textarea:focus");
  await page.keyboard.type("It was answered today");
  await press(page, "Enter");
  await page.waitForSelector(".inbox-line:focus[aria-selected=true] >> text=To be removed");
  await press(page, " ");
  await page.waitForSelector("#inbox-item:focus");
  await press(page, "Escape");
  await page.waitForSelector(".inbox-line:focus");
  await press(page, "Escape");
  await page.waitForSelector("#search-box:focus");
  expect(state.editing.settled.map(({ item, settle }) => `${item} ${settle.how}`)).toEqual([
    "i1 accept",
    "i2 accept",
    "i3 decline",
  ]);
  expect(window.complaints).toEqual([]);
  await window.close();
});
