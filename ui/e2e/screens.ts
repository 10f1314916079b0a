// Every screen and state of the window, each with the way to it.

import type { Page } from "playwright-core";
import { sampleImported } from "../src/test/sampleImport";
import type { SampleState } from "../src/test/sampleDirectory";

export type Screen = {
  name: string;
  /** Only in these looks, where the others show nothing more. */
  looks?: readonly string[];
  prepare?: (state: SampleState) => void;
  reach: (page: Page, state: SampleState) => Promise<void>;
};

/** For parts that other screens show in all looks. */
const FEWER = ["dark", "contrast", "narrow", "large-text"];

const listed = async (page: Page) => {
  await page.waitForSelector(".row-name");
};

const typed = async (page: Page, words: string) => {
  await page.fill("#search-box", words);
};

const opened = async (page: Page) => {
  await listed(page);
  await page.focus("#search-box");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#entry-name:focus");
};

const mapped = async (page: Page) => {
  await listed(page);
  await page.keyboard.press("Control+i");
  await page.click("text=Choose a file…");
  await page.waitForSelector(".preview-card");
};

export const screens: readonly Screen[] = [
  { name: "start", reach: listed },
  {
    name: "results",
    reach: async (page) => {
      await typed(page, "lonely");
      await page.fill("#near-box", "M6");
      await page.waitForSelector(".row-distance");
      await page.focus("#search-box");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      await page.waitForSelector(".row[aria-selected=true], .app[data-layout=one] .row-active");
    },
  },
  {
    name: "filtered",
    reach: async (page) => {
      await typed(page, "befriending xyz");
      if (await page.isVisible("#filters-button")) await page.click("#filters-button");
      await page.click("text=Bolton >> nth=0");
      await page.waitForSelector(".chip");
      await page.waitForSelector(".notes");
    },
  },
  { name: "entry", reach: opened },
  {
    name: "entry-bare",
    reach: async (page) => {
      await typed(page, "carers");
      await page.waitForSelector("h2:has-text('8 services')");
      await opened(page);
    },
  },
  {
    name: "nothing",
    reach: async (page) => {
      await typed(page, "zebra");
      await page.waitForSelector("text=will be kept");
    },
  },
  {
    name: "nothing-here",
    reach: async (page) => {
      await typed(page, "debt");
      if (await page.isVisible("#filters-button")) await page.click("#filters-button");
      await page.click("text=Lifestyle change");
      await page.waitForSelector("text=Without the filters");
    },
  },
  {
    name: "failed",
    reach: async (page, state) => {
      await listed(page);
      state.failing["search"] = { code: "index_unavailable", message: "The index is being mended." };
      await typed(page, "d");
      await page.waitForSelector("[role=alert]");
    },
  },
  {
    name: "building",
    prepare: (state) => {
      state.status.index = { state: "building", done: 400, total: 1600 };
      const title = "The local copy was damaged";
      const text = "It was moved aside and what could be read was saved.";
      state.status.notices = [
        { id: "n", level: "warning", title, text, what_to_do: "You can go on working." },
      ];
    },
    reach: async (page) => {
      await listed(page);
      await page.waitForSelector("[role=progressbar]");
    },
  },
  {
    name: "cannot-start",
    prepare: (state) => {
      const error = { code: "store_newer", message: "The local copy has version 9." } as const;
      state.failing = { status: error, search: error };
    },
    reach: async (page) => {
      await page.waitForSelector(".start-problem");
    },
  },
  {
    name: "settings",
    reach: async (page) => {
      await page.click("[aria-label=Settings]");
      await page.waitForSelector("[role=dialog]");
    },
  },
  {
    name: "keys",
    reach: async (page) => {
      await page.keyboard.press("F1");
      await page.waitForSelector("[role=dialog]");
    },
  },
  {
    name: "import-choose",
    looks: FEWER,
    prepare: ({ interchange }) => {
      interchange.imports = [sampleImported(2, "Town list", "Downloads/town.csv")];
      interchange.slow.add("import_look");
    },
    reach: async (page) => {
      await listed(page);
      await page.keyboard.press("Control+i");
      await page.waitForSelector(".earlier-one");
      await page.click("text=Choose a file…");
      await page.waitForSelector(".job .progress-words:has-text('34')");
    },
  },
  {
    name: "import-map",
    looks: [...FEWER, "light", "zoomed", "forced"],
    reach: async (page) => {
      await mapped(page);
      await page.click("text=What its values mean");
      await page.click("[aria-label^='Add for every entry']");
      await page.click(".pick-option:has-text('Area covered')");
      await page.waitForSelector(".fixed-line");
      await page.click("[aria-label^='Activity fills']");
      await page.waitForSelector(".pick-option");
    },
  },
  {
    name: "import-missing",
    looks: FEWER,
    reach: async (page) => {
      await mapped(page);
      await page.click("[aria-label^='Activity fills']");
      await page.click(".pick-option:has-text('Not imported')");
      await page.waitForSelector("#missing");
      await page.click("text=Saved matchings");
    },
  },
  {
    name: "import-check",
    looks: FEWER,
    reach: async (page) => {
      await mapped(page);
      await page.click("button:has-text('See what would change')");
      await page.click("[role=tab]:has-text('Changed')");
      await page.waitForSelector(".changes");
    },
  },
  {
    name: "export",
    looks: FEWER,
    reach: async (page) => {
      await listed(page);
      await page.keyboard.press("Control+e");
      await page.waitForSelector("[role=dialog]");
    },
  },
];
