// The curator's journey: from a file to entries in the directory and back, by mouse and by keys alone.

import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { endBench, openWindow, picture, startBench, type Bench } from "./window";

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => endBench(bench));

const focusedId = (page: Page) => page.evaluate(() => document.activeElement?.id);

it("brings in a file by mouse, says what would change, and takes it out again", async () => {
  const window = await openWindow(bench);
  const { page, state } = window;
  await page.waitForSelector(".row-name");
  await page.click("#directory-menu");
  await picture(window, "import-menu");
  await page.click("[role=menuitem]:has-text('Import')");
  await page.waitForSelector("#step-title:focus");
  await page.click("text=Choose a file…");
  await page.waitForSelector("h2:has-text('Match the columns')");
  await page.waitForSelector(".preview-card");
  await picture(window, "import-map");

  await page.click("[aria-label^='Theme fills']");
  await page.waitForSelector(".pick-list");
  await picture(window, "import-pick");
  await page.click(".pick-option:has-text('Need')");
  await page.click("text=What its values mean");
  await page.click("[aria-label^='Social means']");
  await page.click(".pick-option:has-text('Social isolation')");
  await page.click(".pick-dialog >> text=Done");
  await page.waitForSelector("[aria-label='Social means: Social isolation']");
  await picture(window, "import-map-values");

  await page.click("button:has-text('See what would change')");
  await page.waitForSelector("h2:has-text('What would change')");
  await page.click("[role=tab]:has-text('Changed')");
  await page.waitForSelector(".changes");
  await picture(window, "import-check");
  await page.click(".line-entry button >> nth=0");
  await page.waitForSelector("#entry-compared");
  await picture(window, "import-entry");
  await page.keyboard.press("Escape");
  await page.waitForSelector("[role=dialog]", { state: "detached" });
  expect(state.interchange.sources[0]?.mapping?.columns[3]).toMatchObject({
    field: "term:need",
    values: [{ value: "Social", terms: [{ taxonomy: "need", term: "social-isolation" }] }],
  });

  await page.click("text=Import 123 services");
  await page.waitForSelector("h2:has-text('Imported')");
  await picture(window, "import-done");
  await page.click("text=Undo this import");
  await page.click("text=Yes, undo it");
  await page.waitForSelector("text=The import is undone: 120 taken out");
  expect(window.complaints).toEqual([]);
  await window.close();
});

it("goes from the search to an import and back by keys alone, and the search is as it was left", async () => {
  const window = await openWindow(bench);
  const { page, state } = window;
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await page.waitForSelector(".row-name");
  await page.keyboard.type("walk");
  await page.waitForSelector("h2:has-text('8 services')");
  await press("ArrowDown", "ArrowDown", "End");
  await page.waitForSelector("#result-7.row-active");
  const scrolled = () => page.$eval(".results", (pane) => pane.scrollTop);
  const before = await scrolled();
  expect(before).toBeGreaterThan(0);

  await press("Control+i");
  await page.waitForSelector("#step-title:focus");
  await press("Tab", "Enter");
  await page.waitForSelector("h2:has-text('Match the columns'):focus");
  await page.focus("[aria-label^='Activity fills']");
  await press("Enter");
  await page.waitForSelector(".pick-dialog input:focus");
  await page.keyboard.type("not imp");
  await press("Enter");
  await page.waitForSelector("#missing");
  await picture(window, "import-missing");
  await page.focus("button:has-text('See what would change')");
  await press("Enter");
  expect(await focusedId(page)).toBe("missing");

  await press("Escape");
  await page.waitForSelector("#results-list:focus");
  expect(await page.inputValue("#search-box")).toBe("walk");
  expect(await page.getAttribute("#results-list", "aria-activedescendant")).toBe("result-7");
  expect(await scrolled()).toBe(before);
  await press("Control+i");
  await page.waitForSelector("h2:has-text('Match the columns'):focus");
  await page.focus("[aria-label^='Activity fills']");
  await press("Enter");
  await page.waitForSelector(".pick-dialog input:focus");
  await page.keyboard.type("name");
  await press("Enter");
  await page.waitForSelector("#missing", { state: "detached" });

  state.interchange.slow.add("import_check");
  await page.focus("button:has-text('See what would change')");
  await press("Enter");
  await page.waitForSelector("text=about 50 seconds left");
  await picture(window, "import-progress");
  await press("Escape");
  await page.waitForSelector("text=Directory (Working out what would change…)");
  await press("Control+i");
  await page.focus(".job button");
  await press("Enter");
  await page.waitForSelector("text=Cancelled. Nothing has changed.");
  expect(await focusedId(page)).toBe("step-title");
  state.interchange.slow.clear();
  await page.focus("button:has-text('See what would change')");
  await press("Enter");
  await page.waitForSelector("h2:has-text('What would change'):focus");
  await press("Tab", "ArrowRight");
  await page.waitForSelector("[role=tab][aria-selected=true]:has-text('Changed')");
  await page.focus("text=Import 123 services");
  await press("Enter");
  await page.waitForSelector("h2:has-text('Imported'):focus");
  await press("Control+k");
  await page.waitForSelector("#results-list:focus");
  expect(window.complaints).toEqual([]);
  await window.close();
});

it("takes a file dropped anywhere, and says in words what failed", async () => {
  const window = await openWindow(bench);
  const { page, state } = window;
  await page.waitForSelector(".row-name");
  state.failing["import_look"] = { code: "bad_query", message: "The file is empty. Choose another one." };
  await page.evaluate("drag('enter')");
  await page.waitForSelector(".drop-over");
  await page.evaluate("drag('drop', 'Desktop/empty.csv')");
  await page.waitForSelector("[role=alert]:has-text('The file is empty')");
  expect(await page.isVisible(".drop-over")).toBe(false);
  await picture(window, "import-failed");
  state.failing = {};
  await page.click("text=Try again");
  await page.waitForSelector("h2:has-text('Match the columns')");
  expect(window.complaints).toEqual([]);
  await window.close();
});

it("exports what is found, and says where to", async () => {
  const window = await openWindow(bench);
  const { page, state } = window;
  await page.waitForSelector(".row-name");
  await page.keyboard.type("lonely");
  await page.waitForSelector("h2:has-text('8 services')");
  await page.keyboard.press("Control+e");
  await page.waitForSelector("[role=dialog]");
  await picture(window, "export");
  await page.click("text=Table (CSV)");
  state.interchange.chosen = "Documents/lonely.csv";
  await page.click("text=Choose where…");
  await page.waitForSelector("text=Exported 8 services");
  await picture(window, "export-done");
  expect(state.interchange.exported[0]).toMatchObject({ format: "csv", request: { text: "lonely" } });
  expect(window.complaints).toEqual([]);
  await window.close();
});
