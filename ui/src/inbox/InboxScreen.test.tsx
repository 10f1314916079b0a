import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { openApp } from "../test/render";

async function openInbox(prepare?: Parameters<typeof openApp>[0]) {
  const view = openApp(prepare);
  await screen.findByRole("listbox", { name: "Services found" });
  await view.user.keyboard("{Control>}b{/Control}");
  return view;
}

async function inList(prepare?: Parameters<typeof openApp>[0]) {
  const view = await openInbox(prepare);
  const list = await screen.findByRole("listbox", { name: "Inbox" });
  await waitFor(() => {
    expect(list).toContainElement(document.activeElement as HTMLElement);
  });
  return view;
}

const item = (name: string | RegExp) => screen.findByRole("article", { name });

it("accepts by one key, and the next one stands open", async () => {
  const { user, state } = await inList();
  await screen.findByText("“They told me on the phone.”");
  await user.keyboard("a");
  await waitFor(() => {
    expect(state.editing.settled).toEqual([
      {
        item: "i1",
        settle: {
          how: "accept",
          choices: [
            { field: "phones", take: "mine" },
            { field: "schedules", take: "mine" },
            { field: "service_at_locations", take: "mine" },
          ],
          note: null,
        },
      },
    ]);
  });
  expect(await screen.findByText(/Their computer’s clock was wrong/)).toBeVisible();
});

it("accepts a part: a group goes as one", async () => {
  const { user, state } = await inList();
  await user.click(await screen.findByRole("checkbox", { name: /^Take it ?: Opening hours$/ }));
  await user.click(screen.getByRole("button", { name: "Accept" }));
  await waitFor(() => {
    expect(state.editing.settled[0]?.settle).toMatchObject({
      choices: [{ take: "mine" }, { field: "schedules", take: "theirs" }, { take: "theirs" }],
    });
  });
});

it("never settles a conflict that was not chosen for; 1, 2 and 3 choose", async () => {
  const { user, state } = await inList();
  await user.keyboard("{ArrowDown}");
  expect(await screen.findByRole("radiogroup", { name: "Which holds: Telephone" })).toBeVisible();
  await user.keyboard("a");
  expect(state.editing.settled).toEqual([]);
  const phones = within(screen.getByRole("radiogroup", { name: "Which holds: Telephone" }));
  expect(phones.getAllByRole("radio")[0]).toHaveFocus();
  await user.keyboard("2");
  const needs = within(screen.getByRole("radiogroup", { name: "Which holds: Needs" }));
  needs.getAllByRole("radio")[0]?.focus();
  await user.keyboard("3");
  await user.click(screen.getByRole("button", { name: "Settle it so" }));
  await waitFor(() => {
    expect(state.editing.settled[0]?.settle).toMatchObject({
      choices: [
        { field: "phones", take: "theirs" },
        { field: "attributes.need", take: "both" },
      ],
    });
  });
});

it("declines with a reason, and goes on in the list", async () => {
  const { user, state } = await inList();
  await screen.findByText("“They told me on the phone.”");
  await user.keyboard("r");
  await user.type(await screen.findByRole("textbox", { name: /Why: Ann/ }), "It is the old number{Enter}");
  await waitFor(() => {
    expect(state.editing.settled).toEqual([
      { item: "i1", settle: { how: "decline", reason: "It is the old number" } },
    ]);
  });
});

it("edits, then accepts: what was sent stands in the form", async () => {
  const { user, state } = await inList();
  await screen.findByText("“They told me on the phone.”");
  await user.keyboard("e");
  expect(await screen.findByRole("heading", { name: "Edit Bolton Befriending 1" })).toHaveFocus();
  expect(screen.getByRole("textbox", { name: "Number" })).toHaveValue("0161 496 0001");
  await user.click(screen.getByRole("button", { name: "Accept as written here" }));
  await waitFor(() => {
    expect(state.editing.settled).toMatchObject([{ item: "i1", settle: { how: "edit" } }]);
  });
  expect(await screen.findByRole("heading", { name: "Inbox" })).toBeVisible();
});

it("letters can be switched off; the buttons stay", async () => {
  const { user, state } = await inList((sample) => {
    sample.settings.letter_keys = false;
  });
  await item("Bolton Befriending 1");
  await user.keyboard("a");
  expect(state.editing.settled).toEqual([]);
  await user.keyboard(" ");
  await waitFor(() => {
    expect(screen.getByRole("heading", { name: "Bolton Befriending 1" })).toHaveFocus();
  });
});

it("shows what is settled, and says when nothing waits", async () => {
  const { user } = await openInbox((sample) => {
    sample.editing.inbox = sample.editing.inbox.map((line) => ({
      ...line,
      open: false,
      outcome: "accepted",
    }));
  });
  expect(await screen.findByText("Nothing waits for you")).toBeVisible();
  await user.click(screen.getByRole("radio", { name: "What is settled" }));
  expect(await screen.findByRole("option", { name: /Bury Walking group 2/ })).toHaveTextContent("Accepted");
});
