// The window over the sample directory, for component tests.

import { act, render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { vi } from "vitest";
import { App } from "../App";
import { answer, sampleState, type SampleState } from "./sampleDirectory";

type Heard = (event: unknown) => void;

/** Plays Rust's side for everything that goes through `invoke`, and the system's for files dragged about. */
function playRust(state: SampleState): { calls: string[]; drag: Drag; tell: Tell } {
  const calls: string[] = [];
  const callbacks: Heard[] = [];
  const heard = new Map<string, Heard>();
  const invoke = (command: string, args: Record<string, unknown> = {}) => {
    if (command === "plugin:event|listen") {
      heard.set(args["event"] as string, callbacks[args["handler"] as number] ?? (() => undefined));
      return Promise.resolve(0);
    }
    if (command.startsWith("plugin:event|")) return Promise.resolve(null);
    calls.push(command);
    const failing = state.failing[command];
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- Rust's errors are plain objects
    return failing ? Promise.reject(failing) : Promise.resolve(answer(state, command, args));
  };
  const transformCallback = (callback: Heard) => callbacks.push(callback) - 1;
  vi.stubGlobal("__TAURI_INTERNALS__", { invoke, transformCallback });
  vi.stubGlobal("__TAURI_EVENT_PLUGIN_INTERNALS__", { unregisterListener: () => undefined });
  const drag = (what: "enter" | "leave" | "drop", ...paths: string[]) => {
    act(() => heard.get(`tauri://drag-${what}`)?.({ payload: { paths } }));
  };
  const tell = (event: string, payload: unknown) => heard.get(event)?.({ payload });
  return { calls, drag, tell };
}

/** An event of Rust's. */
type Tell = (event: string, payload: unknown) => void;

type Drag = (what: "enter" | "leave" | "drop", ...paths: string[]) => void;

export function openApp(prepare: (state: SampleState) => void = () => undefined) {
  const state = sampleState();
  prepare(state);
  const { calls, drag, tell } = playRust(state);
  const user = userEvent.setup();
  const view = render(<App start={state.settings} />);
  return { state, calls, drag, tell, user, ...view };
}
