import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { openApp } from "../test/render";
import { sampleJoined } from "../test/sampleHub";
import { codeWritten, lightBriefly } from "./lightWords";

const light = () => screen.findByRole("button", { name: /Hub and sync/ });

it("joins with an address and a code that is pasted as it may be", async () => {
  const { user, state } = openApp();
  await user.click(await light());
  const sheet = within(await screen.findByRole("dialog", { name: "Hub and sync" }));
  await user.click(await sheet.findByRole("button", { name: "Join" }));
  expect(sheet.getByRole("textbox", { name: "Address of the hub" })).toHaveFocus();
  await user.keyboard("hub.example.org");
  await user.click(sheet.getByRole("textbox", { name: "Code" }));
  await user.paste(" abcd efgh ");
  expect(sheet.getByRole("textbox", { name: "Code" })).toHaveValue("ABCD-EFGH");
  await user.type(sheet.getByRole("textbox", { name: "Name of this computer" }), "Front desk{Enter}");
  await waitFor(() => {
    expect(state.editing.done).toEqual(["join hub.example.org ABCD-EFGH Front desk"]);
  });
  expect(await sheet.findByText("Sample hub")).toBeVisible();
});

it("says what did not work, and that nothing is lost", async () => {
  const { user } = openApp((sample) => {
    sample.editing.sync = sampleJoined;
    sample.failing["sync_now"] = { code: "network", message: "The hub gave no answer." };
  });
  await user.click(await light());
  await user.click(await screen.findByRole("button", { name: "Sync now" }));
  expect(await screen.findByRole("alert")).toHaveTextContent(
    "What you have changed is safe on this computer.",
  );
});

it("leaves the hub when asked twice, and says what was not sent", async () => {
  const { user, state } = openApp((sample) => {
    sample.editing.sync = sampleJoined;
  });
  await user.click(await light());
  await user.click(await screen.findByRole("button", { name: "Leave the hub…" }));
  expect(screen.getByText(/2 of your changes have not been sent/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Yes, leave it" }));
  await waitFor(() => {
    expect(state.editing.sync.hub).toBeNull();
  });
});

it("shows at once what the background tells", async () => {
  const { tell } = openApp();
  expect(await light()).toHaveTextContent("Only here");
  act(() => {
    tell("sync", { ...sampleJoined.light, conflicts: 0, state: "offline" });
  });
  expect(await light()).toHaveTextContent("Offline, 2 waiting");
  expect(screen.getByRole("button", { name: "Inbox: 5 waiting" })).toBeVisible();
});

it("asks anew when rows came in", async () => {
  const { tell, calls } = openApp();
  await screen.findByRole("listbox", { name: "Services found" });
  const before = calls.filter((call) => call === "search").length;
  act(() => {
    tell("directory", null);
  });
  await waitFor(() => {
    expect(calls.filter((call) => call === "search").length).toBeGreaterThan(before);
  });
});

it("a conflict stands in a banner that leads to the inbox", async () => {
  const { user } = openApp((sample) => {
    sample.editing.sync = sampleJoined;
  });
  const banner = within(await screen.findByRole("region", { name: "Conflicts" }));
  await user.click(banner.getByRole("button", { name: "To the inbox" }));
  const list = await screen.findByRole("listbox", { name: "Inbox" });
  await waitFor(() => {
    expect(list).toContainElement(document.activeElement as HTMLElement);
  });
});

it("says the light briefly, and writes the code as it is shown", () => {
  const base = sampleJoined.light;
  expect(lightBriefly(base)).toBe("1 conflict");
  expect(lightBriefly({ ...base, state: "in_step" })).toBe("In step");
  expect(["abcdefgh", "ab cd", "ABCD-EFGHX"].map(codeWritten)).toEqual(["ABCD-EFGH", "ABCD", "ABCD-EFGH"]);
});
