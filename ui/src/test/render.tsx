// The window over the sample directory, for component tests.

import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { vi } from "vitest";
import { App } from "../App";
import { answer, sampleState, type SampleState } from "./sampleDirectory";

/** Plays Rust's side for everything that goes through `invoke`. */
function playRust(state: SampleState): { calls: string[] } {
  const calls: string[] = [];
  const invoke = (command: string, args: Record<string, unknown> = {}) => {
    calls.push(command);
    const failing = state.failing[command];
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- Rust's errors are plain objects
    return failing ? Promise.reject(failing) : Promise.resolve(answer(state, command, args));
  };
  vi.stubGlobal("__TAURI_INTERNALS__", { invoke });
  return { calls };
}

export function openApp(prepare: (state: SampleState) => void = () => undefined) {
  const state = sampleState();
  prepare(state);
  const { calls } = playRust(state);
  const user = userEvent.setup();
  const view = render(<App start={state.settings} />);
  return { state, calls, user, ...view };
}
