// Answers the commands of the hub and of syncing with it. There is no such hub.

import type { SyncView } from "../lib/api";

export type SampleHub = {
  sync: SyncView;
  /** What was done that leaves nothing else behind, in words. */
  done: string[];
};

export const sampleAlone: SyncView = {
  light: {
    state: "alone",
    said: "Saved on this computer",
    waiting: 0,
    conflicts: 0,
    inbox: 0,
    progress: null,
  },
  hub: null,
  address: null,
  account: null,
  role: null,
  boroughs: [],
  device: null,
  sequence: null,
  epoch: null,
  last_in_step: null,
  problem: null,
  what_to_do: null,
  key_kept: null,
  refused: [],
};

export const sampleJoined: SyncView = {
  ...sampleAlone,
  light: {
    ...sampleAlone.light,
    state: "attention",
    said: "Saved on this computer · last in step 3 h ago · 2 edits waiting",
    waiting: 2,
    conflicts: 1,
    inbox: 5,
  },
  hub: "Sample hub",
  address: "https://hub.example.org",
  account: "Sam Sample",
  role: "curator",
  boroughs: ["Bolton", "Bury"],
  device: "Front desk",
  sequence: 1234,
  epoch: 1,
  last_in_step: "today at 09:12",
  problem: "The hub cannot be reached",
  what_to_do: "Nothing is lost: what you change is sent as soon as there is a network.",
  key_kept: "in this computer’s own key store",
  refused: [],
};

type Arguments = Readonly<Record<string, unknown>>;

/** Undefined: no command of the hub. */
export function answerHub(state: SampleHub, command: string, args: Arguments): unknown {
  switch (command) {
    case "sync_view":
      return state.sync;
    case "sync_light":
      return state.sync.light;
    case "sync_now":
      state.sync = {
        ...sampleJoined,
        light: { ...sampleJoined.light, state: "in_step", said: "In step, 09:12" },
      };
      return state.sync;
    case "join":
      state.done.push(
        `join ${args["address"] as string} ${String(args["code"])} ${String(args["deviceName"])}`,
      );
      state.sync = { ...sampleJoined, problem: null, what_to_do: null };
      return state.sync;
    case "leave":
      state.sync = sampleAlone;
      return state.sync;
    case "choose_bundle":
      return "sample.bundle";
    case "load_bundle":
      state.done.push(`load ${args["path"] as string}`);
      return state.sync;
    default:
      return undefined;
  }
}
