// Files that somebody drags over the window: only the system knows their paths.

import { listen, TauriEvent } from "@tauri-apps/api/event";

export type DraggedFiles = { state: "over" } | { state: "gone" } | { state: "dropped"; paths: string[] };

export async function listenForFiles(heard: (files: DraggedFiles) => void): Promise<() => void> {
  const stops = await Promise.all([
    listen(TauriEvent.DRAG_ENTER, () => {
      heard({ state: "over" });
    }),
    listen(TauriEvent.DRAG_LEAVE, () => {
      heard({ state: "gone" });
    }),
    listen<{ paths: string[] }>(TauriEvent.DRAG_DROP, ({ payload }) => {
      heard({ state: "dropped", paths: payload.paths });
    }),
  ]);
  return () => {
    for (const stop of stops) stop();
  };
}
