// Every screen in every look: axe finds nothing, nothing scrolls sideways, the policy blocks nothing.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import type { AxeResults } from "axe-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { editingScreens } from "./editingScreens";
import { hubScreens } from "./hubScreens";
import { screens } from "./screens";
import { endBench, openWindow, picture, sideways, startBench, type Bench, type Look } from "./window";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const looks: readonly { name: string; look: Look; text?: number }[] = [
  { name: "light", look: { colorScheme: "light" } },
  { name: "dark", look: { colorScheme: "dark" } },
  { name: "contrast", look: { contrast: "more", colorScheme: "light" } },
  { name: "contrast-dark", look: { contrast: "more", colorScheme: "dark" } },
  { name: "two-panes", look: { viewport: { width: 900, height: 700 } } },
  { name: "narrow", look: { viewport: { width: 400, height: 800 } } },
  { name: "zoomed", look: { viewport: { width: 320, height: 256 } } },
  { name: "large-text", look: {}, text: 200 },
  { name: "forced", look: { forcedColors: "active" } },
  { name: "wide", look: { viewport: { width: 1920, height: 1080 } } },
];

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => endBench(bench));

describe.each(looks)("$name", ({ name, look, text }) => {
  it.each(
    [...screens, ...editingScreens, ...hubScreens].filter(({ looks: only }) => only?.includes(name) ?? true),
  )("$name", async ({ name: screen, prepare, reach }) => {
    const window = await openWindow(bench, { ...look, reducedMotion: "reduce" }, (state) => {
      state.settings.text_percent = text ?? 100;
      prepare?.(state);
    });
    await reach(window.page, window.state);
    await picture(window, `${screen}-${name}`);
    await window.page.evaluate(axe);
    // Forced colours are the system's: which of them go together is not for this window to say.
    const rules = { "color-contrast": { enabled: look.forcedColors !== "active" } };
    const results: AxeResults = await window.page.evaluate(`axe.run(document, ${JSON.stringify({ rules })})`);
    const found = results.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`,
    );
    expect(found).toEqual([]);
    expect(await sideways(window)).toBe(0);
    expect(window.complaints).toEqual([]);
    await window.close();
  });
});
