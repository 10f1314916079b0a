// Every screen and state of the window, each with the way to it.

import type { Page } from "playwright-core";
import type { SampleState } from "../src/test/sampleDirectory";

export type Screen = {
  name: string;
  prepare?: (state: SampleState) => void;
  reach: (page: Page, state: SampleState) => Promise<void>;
};

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
];
