import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { openApp } from "../test/render";

async function openForm(prepare?: Parameters<typeof openApp>[0]) {
  const view = openApp(prepare);
  await screen.findByRole("listbox", { name: "Services found" });
  await view.user.keyboard("{ArrowDown}e");
  expect(await screen.findByRole("heading", { name: "Edit Bolton Befriending 1" })).toHaveFocus();
  return view;
}

const name = () => screen.getByRole("textbox", { name: /^Name/ });

it("saves by its key what was changed, shows it before, and goes back to the list with a way to undo", async () => {
  const { user, state } = await openForm();
  await user.clear(name());
  await user.type(name(), "Bolton visitors");
  expect(await within(await screen.findByRole("complementary")).findByText("Bolton visitors")).toBeVisible();
  await user.type(screen.getByRole("textbox", { name: /Why, or where from/ }), "by phone");
  await user.keyboard("{Control>}s{/Control}");
  expect(
    await screen.findByText("Saved on this computer, waits to be sent", { selector: "p" }),
  ).toBeVisible();
  expect(state.editing.saved).toMatchObject([
    { kind: "service", id: "sample-0", note: "by phone", form: { form: { name: "Bolton visitors" } } },
  ]);
  await user.click(screen.getByRole("button", { name: "Undo" }));
  expect(await screen.findByText("There is nothing to undo.", { selector: "p" })).toBeVisible();
});

it("says what is wrong in words, at the top and at the field, and saves nothing before it is mended", async () => {
  const { user, state } = await openForm();
  await user.clear(name());
  await user.keyboard("{Control>}s{/Control}");
  const summary = await screen.findByRole("group", { name: "One thing has to be mended" });
  expect(summary).toHaveFocus();
  await user.click(within(summary).getByRole("button", { name: "Name: write what it is called." }));
  expect(name()).toHaveFocus();
  await waitFor(() => {
    expect(name()).toHaveAccessibleDescription("Name: write what it is called.");
  });
  expect(state.editing.saved).toEqual([]);
});

it("keeps what is half-written when the form is left, and starts again when asked", async () => {
  const { user, state } = await openForm();
  await user.type(name(), " half");
  await user.keyboard("{Escape}");
  await waitFor(() => {
    expect(state.editing.drafts.size).toBe(1);
  });
  expect(await screen.findByRole("listbox", { name: "Services found" })).toHaveFocus();
  await user.keyboard("e");
  expect(await screen.findByText("Half-written on Tuesday at 14:05: kept")).toBeVisible();
  expect(name()).toHaveValue("Bolton Befriending 1 half");
  await user.click(screen.getByRole("button", { name: "Start again" }));
  await waitFor(() => {
    expect(name()).toHaveValue("Bolton Befriending 1");
  });
  expect(state.editing.drafts.size).toBe(0);
});

it("drops the draft of a form in which nothing is changed any more", async () => {
  const { user, state } = await openForm();
  await user.type(name(), "x");
  await waitFor(() => {
    expect(state.editing.drafts.size).toBe(1);
  });
  await user.keyboard("{Backspace}");
  await screen.findByText("Nothing has been changed yet.", { selector: "aside p" });
  await user.keyboard("{Escape}");
  await waitFor(() => {
    expect(state.editing.drafts.size).toBe(0);
  });
});

it("a change that cannot be saved stays, and can be saved again", async () => {
  const { user, state } = await openForm((sample) => {
    sample.failing["edit_save"] = { code: "disk_full", message: "The disk is full." };
  });
  await user.type(name(), " 2");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("What you wrote is still here.");
  state.failing = {};
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await waitFor(() => {
    expect(state.editing.saved).toHaveLength(1);
  });
});

it("makes a new organisation on the way and comes back with it filled in", async () => {
  const { user, state } = await openForm();
  await user.click(screen.getByRole("button", { name: "Run by: Sample Trust Bolton" }));
  await user.click(await screen.findByRole("button", { name: "New organisation…" }));
  expect(await screen.findByRole("heading", { name: "New organisation" })).toHaveFocus();
  await user.type(name(), "Sample Circle");
  await user.keyboard("{Control>}s{/Control}");
  const pick = await screen.findByRole("button", { name: "Run by: Sample Circle" });
  await waitFor(() => {
    expect(pick).toHaveFocus();
  });
  expect(state.editing.saved).toMatchObject([
    { kind: "organisation", form: { form: { name: "Sample Circle" } } },
  ]);
});

it("hours are set by days, times as people write them, and weeks of the month", async () => {
  const { user, state } = await openForm();
  const hours = within(screen.getByRole("group", { name: "hours 1" }));
  await user.click(hours.getByRole("button", { name: "Friday" }));
  await user.clear(hours.getByRole("textbox", { name: "Opens" }));
  await user.type(hours.getByRole("textbox", { name: "Opens" }), "9.30 am");
  await user.click(hours.getByRole("radio", { name: "Some weeks of the month" }));
  await user.click(hours.getByRole("button", { name: "Last" }));
  expect(hours.getByText("The last Monday to Thursday of the month, 09:30 to 13:00")).toBeVisible();
  await user.keyboard("{Control>}s{/Control}");
  await waitFor(() => {
    expect(state.editing.saved).toMatchObject([
      {
        form: {
          form: {
            schedules: [{ days: ["MO", "TU", "WE", "TH"], every: "month", ordinals: [-1], opens: "09:30" }],
          },
        },
      },
    ]);
  });
});

it("somebody who may not edit suggests", async () => {
  const { user } = await openForm((sample) => {
    sample.editing.may = "suggest";
  });
  expect(screen.getByText(/goes to a curator as a suggestion/)).toBeVisible();
  await user.type(name(), " 2");
  await user.click(screen.getByRole("button", { name: "Send as a suggestion" }));
  expect(await screen.findByText("Suggested", { selector: "p" })).toBeVisible();
});

it("a postcode finds its point, unless another one was written by hand", async () => {
  const { user } = openApp();
  await screen.findByRole("listbox", { name: "Services found" });
  await user.click(screen.getByRole("button", { name: "Directory" }));
  await user.click(await screen.findByRole("menuitem", { name: "New place…" }));
  await user.type(await screen.findByRole("textbox", { name: "Postcode" }), "M6 5AB");
  await waitFor(() => {
    expect(screen.getByRole("textbox", { name: "Latitude" })).toHaveValue("53.49");
  });
  expect(screen.getByRole("textbox", { name: "Postcode" })).toHaveAccessibleDescription(/is in Salford/);
  await user.clear(screen.getByRole("textbox", { name: "Latitude" }));
  await user.type(screen.getByRole("textbox", { name: "Latitude" }), "53.5");
  await user.type(screen.getByRole("textbox", { name: "Postcode" }), "{Backspace}C");
  await screen.findByText("It finds the area and the point on the map.");
  expect(screen.getByRole("textbox", { name: "Latitude" })).toHaveValue("53.5");
});
