import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { openApp } from "../test/render";
import { sampleHistory, sampleLine, sampleOutbox } from "../test/sampleInbox";
import { wouldRestore } from "./restoring";

async function atEntry(prepare?: Parameters<typeof openApp>[0]) {
  const view = openApp(prepare);
  await screen.findByRole("listbox", { name: "Services found" });
  await view.user.keyboard("{ArrowDown}");
  await screen.findByRole("article", { name: "Bolton Befriending 1" });
  return view;
}

it("a flag is a key, a few words and Enter; the focus is back in the list", async () => {
  const { user, state } = await atEntry();
  await user.keyboard("f");
  const words = await screen.findByRole("textbox", { name: "What is wrong" });
  expect(words).toHaveFocus();
  await user.keyboard("{Enter}");
  expect(words).toHaveAccessibleDescription(/Write what is wrong/);
  await user.keyboard("the number rings out{Enter}");
  await waitFor(() => {
    expect(state.editing.done).toEqual(["flag sample-0: the number rings out"]);
  });
  await waitFor(() => {
    expect(screen.getByRole("listbox", { name: "Services found" })).toHaveFocus();
  });
  await user.keyboard("{Control>}z{/Control}");
  expect(await screen.findByText("Undone", { selector: "p" })).toBeVisible();
});

it("a check is two keys, of the whole entry or of a part", async () => {
  const { user, state } = await atEntry();
  await user.keyboard("v");
  await waitFor(() => {
    expect(screen.getByRole("button", { name: "I phoned" })).toHaveFocus();
  });
  await user.keyboard("{Enter}");
  await waitFor(() => {
    expect(screen.queryByRole("dialog")).toBeNull();
  });
  await user.keyboard("v");
  await user.click(await screen.findByRole("button", { name: /^What you checked/ }));
  await user.click(await screen.findByRole("option", { name: "Telephone" }));
  await user.click(screen.getByRole("button", { name: "I visited" }));
  await waitFor(() => {
    expect(state.editing.done).toEqual([
      "check sample-0: phoned, whole",
      "check sample-0: visited, telephone",
    ]);
  });
});

it("letters do nothing while somebody types, nor where they are switched off", async () => {
  const { user } = await atEntry((sample) => {
    sample.settings.letter_keys = false;
  });
  await user.keyboard("fveh");
  expect(screen.queryByRole("dialog")).toBeNull();
  await user.click(screen.getByRole("searchbox", { name: "What is needed" }));
  await user.keyboard("feh");
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(screen.getByRole("searchbox", { name: "What is needed" })).toHaveValue("feh");
});

it("an entry says what waits on it", async () => {
  await atEntry((sample) => {
    sample.editing.work = {
      waiting: [sampleOutbox(1)],
      flags: [sampleLine("f", "flag", { said: "Rings out" })],
    };
  });
  expect(
    within(await screen.findByRole("group", { name: "Your changes" })).getByText(/waiting to be sent/),
  ).toBeVisible();
  expect(screen.getByRole("group", { name: "Somebody says that something is wrong" })).toHaveTextContent(
    "Rings out",
  );
});

it("removing an entry asks for a reason", async () => {
  const { user, state } = await atEntry();
  await user.click(await screen.findByRole("button", { name: "Remove" }));
  await user.type(await screen.findByRole("textbox", { name: "Why it goes" }), "closed in May");
  await user.click(screen.getByRole("button", { name: "Remove it" }));
  await waitFor(() => {
    expect(state.editing.done).toEqual(["remove sample-0: closed in May"]);
  });
});

it("the outbox says what became of each change, and takes back what was not sent, when asked twice", async () => {
  const { user, state } = await atEntry();
  await user.keyboard("{Control>}o{/Control}");
  const sheet = within(await screen.findByRole("dialog", { name: "Your changes" }));
  expect(await sheet.findByText(/Declined by a curator: It is still free/)).toBeVisible();
  await user.click(sheet.getByRole("button", { name: /^Withdraw: Changed the telephone/ }));
  await user.click(sheet.getByRole("button", { name: "Yes, withdraw it" }));
  await waitFor(() => {
    expect(state.editing.outbox.map(({ row }) => row)).toEqual([3, 2, 1]);
  });
  await waitFor(() => {
    expect(sheet.queryByText("Waiting to be sent")).toBeNull();
  });
});

it("shows what bringing back a version would change before it does", async () => {
  const { user, state } = await atEntry();
  await user.keyboard("h");
  const sheet = within(await screen.findByRole("dialog", { name: "History" }));
  await user.click(await sheet.findByRole("button", { name: "Bring this back… as it was in spring 2018" }));
  const asked = within(sheet.getByRole("group", { name: /^Bring back/ }));
  expect(asked.getByText("Telephone")).toBeVisible();
  expect(asked.getByText("Cost in words")).toBeVisible();
  await user.click(asked.getByRole("button", { name: "Yes, bring it back" }));
  await waitFor(() => {
    expect(state.editing.done).toEqual(["restore v1"]);
  });
});

it("going back undoes every change since, lists too, and nothing that was undone already", () => {
  const change = { field: "needs", label: "Needs", group: null, old: null, new: null };
  const line = (added: string[], removed: string[]) => ({
    ...sampleHistory[0],
    changes: [{ ...change, added, removed }],
  });
  const lines = [line(["c"], []), line(["a"], ["b"]), line([], [])] as unknown as typeof sampleHistory;
  expect(wouldRestore(lines, 2)).toMatchObject([{ added: ["b"], removed: ["c", "a"] }]);
  expect(
    wouldRestore([line([], ["a"]), line(["a"], []), line([], [])] as unknown as typeof lines, 2),
  ).toEqual([]);
});
