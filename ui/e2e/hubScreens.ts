// Every screen and state of the inbox and the hub, each with the way to it.

import type { Page } from "playwright-core";
import { sampleJoined } from "../src/test/sampleHub";
import { sampleOutbox } from "../src/test/sampleInbox";
import type { SampleState } from "../src/test/sampleDirectory";
import { FEWER } from "./editingScreens";
import type { Screen } from "./screens";

const joined = ({ editing }: SampleState) => {
  editing.sync = sampleJoined;
};

const inbox = async (page: Page, line: number) => {
  await page.waitForSelector(".row-name");
  await page.keyboard.press("Control+b");
  await page.click(`.inbox-line >> nth=${String(line)}`);
  await page.focus("#inbox-list");
  await page.keyboard.press(" ");
  await page.waitForSelector("#inbox-item:focus");
};

export const hubScreens: readonly Screen[] = [
  { name: "inbox-suggestion", prepare: joined, reach: (page) => inbox(page, 0) },
  {
    name: "inbox-conflict",
    looks: [...FEWER, "zoomed", "two-panes", "forced"],
    prepare: joined,
    reach: (page) => inbox(page, 1),
  },
  { name: "inbox-refused", looks: FEWER, prepare: joined, reach: (page) => inbox(page, 4) },
  {
    name: "inbox-list",
    looks: ["narrow", "zoomed", "large-text", "forced"],
    prepare: joined,
    reach: async (page) => {
      await page.waitForSelector(".row-name");
      await page.keyboard.press("Control+b");
      await page.waitForSelector(".inbox-line");
      await page.focus("#inbox-list");
      await page.keyboard.press("ArrowDown");
    },
  },
  {
    name: "inbox-empty",
    looks: FEWER,
    prepare: ({ editing: state }) => {
      state.inbox = [];
    },
    reach: async (page) => {
      await page.waitForSelector(".row-name");
      await page.keyboard.press("Control+b");
      await page.waitForSelector("text=Nothing waits for you");
    },
  },
  {
    name: "start-joined",
    prepare: joined,
    reach: (page) => page.waitForSelector(".row-name").then(() => undefined),
  },
  {
    name: "hub-join",
    reach: async (page) => {
      await page.waitForSelector(".row-name");
      await page.click("#sync-light");
      await page.fill("#join-code input", "abcd");
      await page.click("[role=dialog] >> text=Join >> nth=-1");
      await page.waitForSelector("[role=dialog] .input-fault");
    },
  },
  {
    name: "hub",
    prepare: (state) => {
      joined(state);
      state.editing.sync = {
        ...sampleJoined,
        refused: [sampleOutbox(7, { state: "refused", reason: "The web address has a space in it" })],
      };
      state.interchange.slow.add("sync_now");
    },
    reach: async (page) => {
      await page.waitForSelector(".row-name");
      await page.click("#sync-light");
      await page.click("text=Sync now");
      await page.waitForSelector(".job .progress-words:has-text('34')");
    },
  },
];
