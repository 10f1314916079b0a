import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { openApp } from "../test/render";

it("a theme holds at once and is saved", async () => {
  const { user, state } = openApp();
  await user.click(screen.getByRole("button", { name: "Settings" }));
  await user.click(within(await screen.findByRole("dialog")).getByRole("radio", { name: "Dark" }));
  expect(document.documentElement.dataset["theme"]).toBe("dark");
  await waitFor(() => {
    expect(state.settings.theme).toBe("dark");
  });
});

it("text grows by a button, and the root with it", async () => {
  const { user, state } = openApp();
  await user.click(screen.getByRole("button", { name: "Settings" }));
  await user.click(await screen.findByRole("button", { name: "Larger" }));
  expect(document.documentElement.style.fontSize).toBe("110%");
  expect(state.settings.text_percent).toBe(110);
});

it("says so when a setting cannot be saved", async () => {
  const { user } = openApp((state) => {
    state.failing = { save_settings: { code: "read_only", message: "The folder is read-only." } };
  });
  await user.click(screen.getByRole("button", { name: "Settings" }));
  await user.click(await screen.findByRole("radio", { name: "Reduced" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("The folder is read-only.");
});

it("the keys sheet opens by its key outside a text field, never inside one", async () => {
  const { user } = openApp();
  await user.keyboard("?");
  expect(screen.queryByRole("dialog")).toBeNull();
  await user.keyboard("{Escape}{ArrowDown}?");
  expect(await screen.findByRole("dialog", { name: "Keys" })).toBeVisible();
});

it("single-character keys can be switched off; the others still work", async () => {
  const { user } = openApp((state) => {
    state.settings.letter_keys = false;
  });
  await screen.findByRole("listbox");
  await user.keyboard("{ArrowDown}?/");
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(screen.getByRole("listbox")).toHaveFocus();
  await user.keyboard("{F1}");
  expect(await screen.findByRole("dialog", { name: "Keys" })).toBeVisible();
});
