import { screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { expect, it } from "vitest";
import { openApp } from "../test/render";

const button = (name: string | RegExp) => screen.getByRole("button", { name });
const step = (name: string) => screen.findByRole("heading", { level: 2, name });

async function openImport(user: UserEvent) {
  await screen.findByRole("listbox");
  await user.keyboard("{Control>}i{/Control}");
  expect(await step("What to import")).toHaveFocus();
}

async function openMapping(user: UserEvent) {
  await openImport(user);
  await user.click(button("Choose a file…"));
  expect(await step("Match the columns")).toHaveFocus();
}

async function openReport(user: UserEvent) {
  await openMapping(user);
  await user.click(button("See what would change"));
  expect(await step("What would change")).toHaveFocus();
}

it("reads an address without columns to match, and shows at once what would change", async () => {
  const { user } = openApp();
  await openImport(user);
  await user.type(
    screen.getByRole("textbox", { name: /web address/ }),
    "https://example.org/services{Enter}",
  );
  await step("What would change");
  const steps = within(screen.getByRole("list", { name: "Steps of the import" }));
  expect(steps.queryByText("Match columns")).toBeNull();
  expect(steps.getByText("See what would change").closest("li")).toHaveAttribute("aria-current", "step");
});

it("keeps the mapping while the search is looked at", async () => {
  const { user } = openApp();
  await openMapping(user);
  const source = screen.getByRole("textbox", { name: /What people call it/ });
  await user.clear(source);
  await user.type(source, "Town list");
  await user.keyboard("{Escape}");
  expect(await screen.findByRole("listbox")).toBeVisible();
  await user.keyboard("{Control>}i{/Control}");
  expect(await screen.findByRole("textbox", { name: /What people call it/ })).toHaveValue("Town list");
});

it("keeps the mapping of a file while another one is looked at", async () => {
  const { user, drag } = openApp();
  await openMapping(user);
  await user.type(screen.getByRole("textbox", { name: /Licence/ }), "OGL 3.0");
  drag("drop", "Desktop/other.csv");
  await screen.findByText("other.csv");
  expect(screen.getByRole("textbox", { name: /Licence/ })).toHaveValue("");
  drag("drop", "Downloads/activities.csv");
  await screen.findByText("activities.csv");
  expect(screen.getByRole("textbox", { name: /Licence/ })).toHaveValue("OGL 3.0");
});

it("says why a column was guessed until it is changed, and shows what the rows become", async () => {
  const { user } = openApp();
  await openMapping(user);
  expect(screen.getByText("heading says “run by”")).toBeVisible();
  await user.click(button("Run by fills: Organisation"));
  await user.click(await screen.findByRole("option", { name: "Name of the place" }));
  expect(button("Run by fills: Name of the place")).toBeVisible();
  expect(screen.queryByText("heading says “run by”")).toBeNull();
  const preview = within(await screen.findByRole("article", { name: "Bolton Befriending 1" }));
  expect(await preview.findByText("Name of the place")).toBeVisible();
});

it("gives every entry what the file does not say", async () => {
  const { user, state } = openApp();
  await openMapping(user);
  await user.click(button(/Add for every entry/));
  await user.click(await screen.findByRole("option", { name: /Need/ }));
  await user.click(button("Need: Choose…"));
  await user.click(await screen.findByRole("option", { name: "Wellbeing" }));
  await user.click(button("See what would change"));
  await step("What would change");
  expect(state.interchange.sources[0]?.mapping?.fixed).toEqual([{ field: "term:need", value: "wellbeing" }]);
});

it("looks again at another sheet", async () => {
  const { user, state } = openApp((prepared) => {
    prepared.interchange.chosen = "Downloads/book.xlsx";
  });
  await openMapping(user);
  await user.click(button("Sheet: Activities"));
  await user.click(await screen.findByRole("option", { name: "Old ones" }));
  expect(await screen.findByRole("button", { name: "Sheet: Old ones" })).toBeVisible();
  await user.click(button("See what would change"));
  await step("What would change");
  expect(state.interchange.sources[0]?.mapping?.sheet).toBe("Old ones");
});

it("saves a mapping by name, uses it again and removes it when asked twice", async () => {
  const { user, state } = openApp();
  await openMapping(user);
  await user.click(button(/Saved matchings/));
  await user.type(screen.getByRole("textbox", { name: "Save this one as" }), "Monthly{Enter}");
  await user.click(await screen.findByRole("button", { name: "Use Monthly" }));
  expect(await screen.findByText(/matched as saved under “Monthly”/)).toBeInTheDocument();
  await user.click(button("Remove Monthly"));
  await user.click(button("Yes, remove it"));
  await waitFor(() => {
    expect(state.interchange.mappings.size).toBe(0);
  });
});

it("says what keeps the mapping from being used, and goes there", async () => {
  const { user, calls } = openApp();
  await openMapping(user);
  await user.click(button("Activity fills: Name"));
  await user.click(await screen.findByRole("option", { name: "Not imported" }));
  await screen.findByText("Before anything can be imported");
  await user.click(button("See what would change"));
  expect(document.activeElement).toHaveTextContent("No column fills the name");
  expect(calls).not.toContain("import_check");
});

it("shows each sort of line, fifty at a time, and saves them all", async () => {
  const { user, state } = openApp();
  await openReport(user);
  expect(await screen.findByText("1 to 50 of 120")).toBeVisible();
  await user.click(button("The next fifty"));
  expect(await screen.findByText("51 to 100 of 120")).toBeVisible();
  await user.click(screen.getByRole("tab", { name: /Refused/ }));
  expect((await screen.findAllByText(/It has no name/)).length).toBe(2);
  state.interchange.chosen = "Documents/report.csv";
  await user.click(button(/Save the report/));
  expect(await screen.findByText(/Saved as Documents\/report.csv/)).toBeVisible();
  expect(state.interchange.reports).toEqual(["Documents/report.csv"]);
});

it("shows the entry that is probably doubled", async () => {
  const { user } = openApp();
  await openReport(user);
  await user.click(screen.getByRole("tab", { name: /Probable duplicates/ }));
  await user.click(await screen.findByRole("button", { name: "Bury Walking group 2" }));
  const sheet = await screen.findByRole("dialog", { name: "In the directory now" });
  expect(await within(sheet).findByRole("article", { name: "Bury Walking group 2" })).toBeVisible();
});

it("an import that fails says so, changes nothing and can be tried again", async () => {
  const { user, state } = openApp();
  await openReport(user);
  state.failing["import_apply"] = { code: "disk_full", message: "The disk is full. Make room." };
  await user.click(button("Import 123 services"));
  expect(await screen.findByRole("alert")).toHaveTextContent("Nothing has changed.");
  state.failing = {};
  await user.click(button("Try again"));
  await step("Imported");
});

it("the latest import can be undone from the first step, when asked twice", async () => {
  const { user, state } = openApp();
  await openReport(user);
  await user.click(button("Import 123 services"));
  await step("Imported");
  await user.click(button("Import something else"));
  await user.click(await screen.findByRole("button", { name: "Undo the import of activities" }));
  await user.click(button("Yes, undo it"));
  expect(await screen.findByText(/120 taken out, 2 put back as before. 1 stayed/)).toBeVisible();
  expect(state.interchange.imports[0]?.undone).toBe(true);
});

it("a mapping that cannot be used is said on its step, and is still there", async () => {
  const { user, state } = openApp();
  await openMapping(user);
  await user.type(screen.getByRole("textbox", { name: /Licence/ }), "OGL");
  state.failing["import_check"] = { code: "bad_query", message: "Line 9 has too many cells. Mend it." };
  await user.click(button("See what would change"));
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("This mapping cannot be used as it is");
  expect(alert).toHaveTextContent("Line 9 has too many cells.");
  expect(screen.getByRole("textbox", { name: /Licence/ })).toHaveValue("OGL");
});

it("choosing again what is chosen keeps it and closes the list", async () => {
  const { user } = openApp();
  await openMapping(user);
  await user.click(button("Activity fills: Name"));
  await user.click(await screen.findByRole("option", { name: "Name" }));
  expect(screen.queryByRole("option", { name: "Name" })).toBeNull();
  expect(button("Activity fills: Name")).toBeVisible();
});
