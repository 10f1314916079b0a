// What Rust tells by itself: how this computer stands to the hub, and that entries changed.

import { listen } from "@tauri-apps/api/event";

import type { SyncLight } from "./bindings";

export function listenForSync(heard: (light: SyncLight) => void): Promise<() => void> {
  return listen<SyncLight>("sync", ({ payload }) => {
    heard(payload);
  });
}

export function listenForDirectory(heard: () => void): Promise<() => void> {
  return listen("directory", () => {
    heard();
  });
}
