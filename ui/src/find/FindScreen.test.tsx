import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { openApp } from "../test/render";

const searchBox = () => screen.getByRole("searchbox", { name: "What is needed" });
const list = () => screen.findByRole("listbox", { name: "Services found" });

it("starts with the cursor in the search box and everything listed", async () => {
  openApp();
  expect(searchBox()).toHaveFocus();
  expect(await screen.findByRole("heading", { name: "69 services" })).toBeVisible();
  const first = (await screen.findAllByRole("option"))[0];
  expect(first).toHaveAttribute("aria-setsize", "69");
  expect(first).toHaveAttribute("aria-posinset", "1");
});

it("searches at every key and says why each result matched", async () => {
  const { user, calls } = openApp();
  const before = calls.filter((call) => call === "search").length;
  await user.type(searchBox(), "lonely");
  expect(calls.filter((call) => call === "search").length - before).toBe(6);
  expect(await screen.findByRole("heading", { name: "8 services" })).toBeVisible();
  expect((await screen.findAllByText("lonely → Social isolation")).length).toBeGreaterThan(0);
});

it("narrows by a filter that shows its count, and takes it off by its chip", async () => {
  const { user } = openApp();
  await user.click(await screen.findByRole("checkbox", { name: /^Salford ?, 7 services$/ }));
  expect(await screen.findByRole("heading", { name: "7 services" })).toBeVisible();
  const chip = screen.getByRole("button", { name: "Remove filter: Salford" });
  await user.click(chip);
  expect(await screen.findByRole("heading", { name: "69 services" })).toBeVisible();
  expect(searchBox()).toHaveFocus();
});

it("an option that would show nothing can still be chosen", async () => {
  const { user } = openApp();
  await user.type(searchBox(), "debt");
  const none = await screen.findByRole("checkbox", { name: /^Lifestyle change ?, 0 services$/ });
  await user.click(none);
  expect(none).toBeChecked();
});

it("goes by keys from the words to the list, into the entry, and back step by step", async () => {
  const { user } = openApp();
  await user.type(searchBox(), "walk");
  await user.keyboard("{ArrowDown}");
  expect(await list()).toHaveFocus();
  await user.keyboard("{ArrowDown}{Enter}");
  const name = await screen.findByRole("heading", { level: 2, name: /Walking group 11/ });
  await waitFor(() => {
    expect(name).toHaveFocus();
  });
  await user.keyboard("{Escape}");
  expect(await list()).toHaveFocus();
  await user.keyboard("{Escape}");
  expect(searchBox()).toHaveFocus();
  await user.keyboard("{Escape}");
  expect(searchBox()).toHaveValue("");
});

it("moves to the last row and back to the first", async () => {
  const { user } = openApp();
  await list();
  await user.keyboard("{ArrowDown}{End}");
  expect(await list()).toHaveAttribute("aria-activedescendant", "result-68");
  await user.keyboard("{Home}");
  expect(await list()).toHaveAttribute("aria-activedescendant", "result-0");
});

it("an entry says what is known, what is not, and leads on to others", async () => {
  const { user, state } = openApp();
  await list();
  await user.keyboard("{ArrowDown}{Enter}");
  const entry = await screen.findByRole("article", { name: "Bolton Befriending 1" });
  expect(within(entry).getByText("0161 496 0000")).toBeVisible();
  expect(within(entry).getByText(/wait, parking/)).toBeVisible();
  expect(within(entry).getByText(/Appendix S, page 1/)).toBeVisible();
  expect(within(entry).getAllByText(", as read by an editor").length).toBeGreaterThan(0);
  await user.click(within(entry).getByRole("link", { name: /example.org\/befriending/ }));
  expect(state.opened).toEqual(["https://example.org/befriending"]);
  await user.click(within(entry).getByRole("button", { name: /Bury Walking group 2/ }));
  expect(await screen.findByRole("article", { name: "Bury Walking group 2" })).toBeVisible();
  await user.keyboard("{Escape}");
  expect(await screen.findByRole("article", { name: "Bolton Befriending 1" })).toBeVisible();
});

it("copies a telephone number and says so", async () => {
  const { user } = openApp();
  await list();
  await user.keyboard("{ArrowDown}{Enter}");
  await user.click(await screen.findByRole("button", { name: "Copy telephone number 0161 496 0000" }));
  expect(await navigator.clipboard.readText()).toBe("0161 496 0000");
  expect(await screen.findByText(/Copied: 0161 496 0000/)).toBeInTheDocument();
});

it("announces the count once typing has paused", async () => {
  const { user } = openApp();
  await user.type(searchBox(), "lonely");
  await waitFor(
    () => {
      expect(screen.getByRole("status")).toHaveTextContent("8 services found");
    },
    { timeout: 2000 },
  );
});
