// The link worker's journey without a mouse, and where the focus is at each step.

import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { endBench, openWindow, picture, startBench, type Bench } from "./window";

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => endBench(bench));

const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    return element?.id === "" ? (element.getAttribute("aria-label") ?? element.textContent) : element?.id;
  });

it("finds, reads, comes back and narrows by keys alone", async () => {
  const window = await openWindow(bench);
  const { page } = window;
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await page.waitForSelector(".row-name");
  expect(await focused(page)).toBe("search-box");
  await page.keyboard.type("lonely");
  await page.waitForSelector("h2:has-text('8 services')");

  await press("ArrowDown", "ArrowDown", "Enter");
  await page.waitForSelector("#entry-name:focus");
  expect(await page.textContent("#entry-name")).toBe("Wigan Befriending 10");
  await picture(window, "keyboard-entry");

  await press("Escape");
  expect(await focused(page)).toBe("results-list");
  await press("?");
  await page.waitForSelector("[role=dialog]");
  await press("Escape");
  await page.waitForSelector("[role=dialog]", { state: "detached" });
  // The focus goes back in the frame after the sheet is gone.
  await page.waitForSelector("#results-list:focus");

  await press("/");
  expect(await focused(page)).toBe("search-box");
  await press("Control+1", "Space");
  await page.waitForSelector(".chip");
  await press("F6");
  expect(await focused(page)).toBe("results-list");
  await press("F6");
  expect(await focused(page)).toBe("entry-name");
  await press("Shift+F6", "Escape", "Escape");
  expect(await page.inputValue("#search-box")).toBe("");
  expect(window.complaints).toEqual([]);
  await window.close();
});

it("every stop of the Tab key shows where it is", async () => {
  const window = await openWindow(bench);
  const { page } = window;
  await page.waitForSelector(".row-name");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#entry-name:focus");
  await page.keyboard.press("Control+k");
  for (let stop = 0; stop < 30; stop += 1) {
    await page.keyboard.press("Tab");
    const shown = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body || element.id === "results-list") return true;
      const marked = [element, element.closest("label"), element.closest(".field-box")];
      return marked.some((part) => part !== null && getComputedStyle(part).outlineStyle !== "none");
    });
    expect(shown, (await focused(page)) ?? "nothing").toBe(true);
  }
  await window.close();
});

it("a narrow window shows the entry alone and comes back to the same row", async () => {
  const window = await openWindow(bench, { viewport: { width: 400, height: 800 } });
  const { page } = window;
  await page.waitForSelector(".row-name");
  for (let row = 0; row < 30; row += 1) await page.keyboard.press("ArrowDown");
  await page.waitForSelector("#result-29.row-active");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#entry-name:focus");
  expect(await page.isVisible("#results-list")).toBe(false);
  await page.keyboard.press("Escape");
  await page.waitForSelector("#results-list:focus");
  const row = await page.locator("#result-29").boundingBox();
  expect(row?.y).toBeGreaterThanOrEqual(0);
  expect(row?.y).toBeLessThan(800);
  await window.close();
});
