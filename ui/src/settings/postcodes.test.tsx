import { screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { openApp } from "../test/render";

it("brings in a list of postcodes, shows its licence, and removes it when asked twice", async () => {
  const { user, state } = openApp();
  await user.click(screen.getByRole("button", { name: "Directory" }));
  await user.click(await screen.findByRole("menuitem", { name: "Postcodes…" }));
  await user.click(await screen.findByRole("button", { name: "Import a list…" }));
  expect(await screen.findByText(/1,200 sample postcodes/, { selector: "p" })).toBeVisible();
  expect(screen.getByText(/Sample licence line/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Remove the list of postcodes" }));
  await user.click(screen.getByRole("button", { name: "Yes, remove it" }));
  await waitFor(() => {
    expect(state.interchange.postcodes).toBeNull();
  });
  expect(await screen.findByRole("button", { name: "Import a list…" })).toBeVisible();
});
