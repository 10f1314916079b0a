// Every screen and state of editing, each with the way to it.

import type { Page } from "playwright-core";
import { sampleJoined } from "../src/test/sampleHub";
import { sampleLine, sampleOutbox } from "../src/test/sampleInbox";
import type { SampleState } from "../src/test/sampleDirectory";
import type { Screen } from "./screens";

/** For parts that other screens show in all looks. */
export const FEWER = ["light", "dark", "contrast", "narrow", "large-text"];

const joined = ({ editing }: SampleState) => {
  editing.sync = sampleJoined;
};

const opened = async (page: Page) => {
  await page.waitForSelector(".row-name");
  await page.focus("#search-box");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#entry-name:focus");
  await page.waitForSelector(".entry-acts");
};

const editing = async (page: Page) => {
  await opened(page);
  await page.keyboard.press("e");
  await page.waitForSelector("#edit-title:focus");
};

const fresh = async (page: Page, kind: string) => {
  await page.waitForSelector(".row-name");
  await page.click("#directory-menu");
  await page.click(`[role=menuitem]:has-text('New ${kind}')`);
  await page.waitForSelector("#edit-title:focus");
};

export const editingScreens: readonly Screen[] = [
  { name: "edit", reach: editing },
  {
    name: "edit-changed",
    looks: [...FEWER, "zoomed"],
    reach: async (page) => {
      await editing(page);
      await page.fill("#field-name input", "");
      await page.fill("#field-phones input", "ring us");
      await page.click("text=Only for a time, or in words");
      await page.keyboard.press("Control+s");
      await page.waitForSelector(".fault-summary:focus");
      await page.waitForSelector(".changes");
    },
  },
  {
    name: "edit-hours",
    looks: FEWER,
    reach: async (page) => {
      await editing(page);
      await page.click("#field-schedules >> text=Some weeks of the month");
      await page.click("#field-schedules >> text=Last");
      await page.waitForSelector(".schedule-said:has-text('last')");
    },
  },
  {
    name: "edit-pick",
    looks: FEWER,
    reach: async (page) => {
      await editing(page);
      await page.click("#field-organisation .pick");
      await page.waitForSelector(".pick-option");
      await page.keyboard.type("sam");
    },
  },
  {
    name: "edit-place",
    looks: FEWER,
    prepare: ({ editing: state }) => {
      state.may = "suggest";
    },
    reach: async (page) => {
      await fresh(page, "place");
      await page.fill("#field-postcode input", "M6 5AB");
      await page.waitForSelector("text=M6 5AB is in Salford");
      await page.waitForFunction(
        () => document.querySelector<HTMLInputElement>("#field-latitude input")?.value === "53.49",
      );
    },
  },
  {
    name: "edit-organisation",
    looks: FEWER,
    reach: (page) => fresh(page, "organisation"),
  },
  {
    name: "entry-work",
    prepare: (state) => {
      joined(state);
      state.editing.work = {
        waiting: [sampleOutbox(1)],
        flags: [sampleLine("f", "flag", { said: "The number rings out" })],
        conflicts: [sampleLine("c", "conflict")],
        suggestions: [sampleLine("s", "suggestion")],
      };
    },
    reach: async (page) => {
      await opened(page);
      await page.waitForSelector(".entry .panel-warning");
    },
  },
  {
    name: "flag",
    looks: FEWER,
    reach: async (page) => {
      await opened(page);
      await page.keyboard.press("f");
      await page.waitForSelector("[role=dialog] textarea:focus");
    },
  },
  {
    name: "check",
    looks: FEWER,
    reach: async (page) => {
      await opened(page);
      await page.keyboard.press("v");
      await page.waitForSelector("[role=dialog] .check-ways button:focus");
    },
  },
  {
    name: "done",
    looks: [...FEWER, "zoomed", "forced"],
    reach: async (page) => {
      await opened(page);
      await page.keyboard.press("v");
      await page.waitForSelector("[role=dialog] .check-ways button:focus");
      await page.keyboard.press("Enter");
      await page.waitForSelector(".done-bar");
      await page.waitForSelector("[role=dialog]", { state: "detached" });
    },
  },
  {
    name: "outbox",
    reach: async (page) => {
      await page.waitForSelector(".row-name");
      await page.keyboard.press("Control+o");
      await page.waitForSelector(".outbox-part");
      await page.click("text=Field by field >> nth=0");
      await page.click("[aria-label^='Withdraw']");
    },
  },
  {
    name: "history",
    looks: FEWER,
    reach: async (page) => {
      await opened(page);
      await page.keyboard.press("h");
      await page.click("[aria-label^='Bring this back'] >> nth=1");
      await page.waitForSelector(".restore");
    },
  },
];
