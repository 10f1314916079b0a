import { act, renderHook } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { api, type EntryView, type Related } from "../lib/api";
import { useEntry } from "./useEntry";

it("loses neither answer, whichever comes first", async () => {
  const entries: ((entry: EntryView) => void)[] = [];
  const related: ((related: Related) => void)[] = [];
  vi.spyOn(api, "entry").mockImplementation(() => new Promise((resolve) => entries.push(resolve)));
  vi.spyOn(api, "related").mockImplementation(() => new Promise((resolve) => related.push(resolve)));
  const entry = (id: string) => ({ id }) as EntryView;
  const leading = (tier: string) => ({ step_up_tier: tier }) as Related;
  const { result, rerender } = renderHook(({ id }) => useEntry(id, "", []), { initialProps: { id: "a" } });

  await act(async () => {
    entries.shift()?.(entry("a"));
    related.shift()?.(leading("after a"));
    await Promise.resolve();
  });
  expect(result.current.related?.step_up_tier).toBe("after a");

  rerender({ id: "b" });
  await act(async () => {
    related.shift()?.(leading("after b"));
    await Promise.resolve();
  });
  expect(result.current.entry?.id).toBe("a");
  expect(result.current.related).toBeNull();
  await act(async () => {
    entries.shift()?.(entry("b"));
    await Promise.resolve();
  });
  expect(result.current.entry?.id).toBe("b");
  expect(result.current.related?.step_up_tier).toBe("after b");
});
