import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { openApp } from "../test/render";

it("exports the whole directory from the menu, and says where to", async () => {
  const { user, state } = openApp();
  await user.type(screen.getByRole("searchbox", { name: "What is needed" }), "lonely");
  await screen.findByRole("heading", { name: "8 services" });
  await user.click(screen.getByRole("button", { name: "Directory" }));
  await user.click(await screen.findByRole("menuitem", { name: /Export/ }));
  await user.click(await screen.findByRole("radio", { name: "The whole directory (69)" }));
  state.interchange.chosen = "Documents/all.xlsx";
  await user.click(screen.getByRole("button", { name: "Choose where…" }));
  expect(await screen.findByText("Exported 69 services", { selector: ".panel-title" })).toBeVisible();
  expect(screen.getByText("Documents/all.xlsx")).toBeVisible();
  expect(state.interchange.exported).toEqual([{ request: null, format: "xlsx", to: "Documents/all.xlsx" }]);
});

it("does nothing when the place is not chosen, and says why when it cannot be written", async () => {
  const { user, state, calls } = openApp();
  await user.click(await screen.findByRole("button", { name: "Export these…" }));
  await screen.findByRole("dialog", { name: "Export" });
  state.interchange.chosen = null;
  await user.click(screen.getByRole("button", { name: "Choose where…" }));
  expect(calls).not.toContain("export_services");
  state.interchange.chosen = "E:/all.xlsx";
  state.failing["export_services"] = { code: "internal", message: "E:/ is gone. Choose another place." };
  await user.click(screen.getByRole("button", { name: "Choose where…" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Nothing was exported");
});
