import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import type { AppError } from "../lib/api";
import { openApp } from "../test/render";

const searchBox = () => screen.getByRole("searchbox", { name: "What is needed" });
const broken: AppError = { code: "index_unavailable", message: "The index is being mended." };

/** With the clock in hand, so that three seconds take none. */
async function findNothing() {
  vi.useFakeTimers();
  const view = openApp();
  fireEvent.change(searchBox(), { target: { value: "zebra" } });
  await act(() => vi.advanceTimersByTimeAsync(100));
  return view;
}

afterEach(() => {
  vi.useRealTimers();
});

it("keeps the last results when a search fails, says so, and tries again", async () => {
  const { user, state } = openApp();
  await screen.findByRole("heading", { name: "69 services" });
  state.failing["search"] = broken;
  await user.type(searchBox(), "d");
  expect(await screen.findByRole("alert")).toHaveTextContent("What you see is from the search before.");
  expect(screen.getByRole("heading", { name: "69 services" })).toBeVisible();
  state.failing = {};
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await waitFor(() => {
    expect(screen.queryByRole("alert")).toBeNull();
  });
});

it("a local copy that cannot be opened is said in words, and opened again when asked", async () => {
  const { user } = openApp((state) => {
    const error: AppError = { code: "store_locked", message: "It is in use. Close other windows." };
    state.failing = { status: error, search: error };
  });
  expect(await screen.findByRole("alert")).toHaveTextContent("Close other windows");
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("heading", { name: "69 services" })).toBeVisible();
});

it("shows how far the index is while it is built, and searches on", async () => {
  openApp((state) => {
    state.status = { ...state.status, index: { state: "building", done: 400, total: 1600 } };
  });
  expect(await screen.findByRole("progressbar")).toHaveAttribute("aria-valuetext", "400 of 1,600");
  expect(searchBox()).toBeEnabled();
});

it("a notice stays until it is put away", async () => {
  const { user } = openApp((state) => {
    const text = "What could be read was saved.";
    const title = "The local copy was damaged";
    state.status.notices = [{ id: "n", level: "warning", title, text, what_to_do: "Nothing to do." }];
  });
  await user.click(await screen.findByRole("button", { name: "Dismiss: The local copy was damaged" }));
  expect(screen.queryByText("What could be read was saved.")).toBeNull();
});

it("says when nothing is found, and keeps the words once that has stood for three seconds", async () => {
  const { state } = await findNothing();
  expect(screen.getByRole("heading", { name: "Nothing in the directory answers this" })).toBeVisible();
  await act(() => vi.advanceTimersByTimeAsync(2800));
  expect(state.kept).toEqual([]);
  await act(() => vi.advanceTimersByTimeAsync(300));
  expect(state.kept.map(({ text }) => text)).toEqual(["zebra"]);
  expect(screen.getByText(/are kept on this computer/)).toBeVisible();
});

it("does not keep the words when told not to", async () => {
  const { state } = await findNothing();
  fireEvent.click(screen.getByRole("button", { name: "Don’t keep" }));
  await act(() => vi.advanceTimersByTimeAsync(5000));
  expect(state.kept).toEqual([]);
  expect(screen.getByText("This search is not kept.")).toHaveFocus();
});

it("does not keep the words of somebody still typing", async () => {
  const { state } = await findNothing();
  await act(() => vi.advanceTimersByTimeAsync(2000));
  fireEvent.change(searchBox(), { target: { value: "zebras" } });
  await act(() => vi.advanceTimersByTimeAsync(2000));
  expect(state.kept).toEqual([]);
});

it("offers to go on without the filters, with the count", async () => {
  const { user } = openApp();
  await user.type(searchBox(), "debt");
  await user.click(await screen.findByRole("checkbox", { name: /^Lifestyle change ?, 0 services$/ }));
  expect(await screen.findByText(/Without the filters there are/)).toBeVisible();
});
