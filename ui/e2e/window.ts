// Opens the built window in Chromium with Rust's side played by the sample directory.

import { createServer, type Server } from "node:http";
import { mkdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import type { AppError } from "../src/lib/api";
import { answer, sampleState, type SampleState } from "../src/test/sampleDirectory";

const built = fileURLToPath(new URL("../dist", import.meta.url));
const artefacts = fileURLToPath(new URL("../../tests/artefacts/ui", import.meta.url));

/** The policy of the real window, so that what it would block fails here too. */
const POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'";

const kinds: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".woff2": "font/woff2",
};

export type Bench = { browser: Browser; address: string; server: Server };

export async function startBench(): Promise<Bench> {
  await mkdir(artefacts, { recursive: true });
  const server = createServer((request, response) => {
    if (request.url === "/favicon.ico") {
      response.writeHead(204).end();
      return;
    }
    const path = request.url === "/" || request.url === undefined ? "/index.html" : request.url;
    void readFile(join(built, path)).then(
      (body) => {
        response.writeHead(200, {
          "content-type": kinds[extname(path)] ?? "",
          "content-security-policy": POLICY,
        });
        response.end(body);
      },
      () => {
        response.writeHead(404).end();
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const place = server.address();
  if (place === null || typeof place === "string") throw new Error("the test server has no port");
  const browser = await chromium.launch({
    executablePath: process.env["SIGNPOST_CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  return { browser, server, address: `http://127.0.0.1:${String(place.port)}/` };
}

export async function endBench({ browser, server }: Bench): Promise<void> {
  await browser.close();
  server.close();
}

type OpenWindow = { page: Page; state: SampleState; complaints: string[]; close: () => Promise<void> };

export type Look = BrowserContextOptions & { forcedColors?: "active" };

export async function openWindow(
  bench: Bench,
  look: Look = {},
  prepare: (state: SampleState) => void = () => undefined,
): Promise<OpenWindow> {
  const state = sampleState();
  prepare(state);
  const context = await bench.browser.newContext({ viewport: { width: 1280, height: 800 }, ...look });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.exposeFunction("sampleAnswer", async (command: string, args: Record<string, unknown>) => {
    const failing: AppError | undefined = state.failing[command];
    if (failing) return { error: failing };
    try {
      return { data: await answer(state, command, args) };
    } catch (error) {
      return { error };
    }
  });
  await page.addInitScript(() => {
    type Answer = { data: unknown } | { error: AppError };
    type Bridge = { sampleAnswer: (command: string, args: unknown) => Promise<Answer> };
    type Heard = (event: unknown) => void;
    const callbacks: Heard[] = [];
    const heard = new Map<string, Heard>();
    const invoke = async (command: string, args: unknown = {}) => {
      if (command === "plugin:event|listen") {
        const { event, handler } = args as { event: string; handler: number };
        heard.set(event, callbacks[handler] ?? (() => undefined));
        return 0;
      }
      if (command === "plugin:event|unlisten") return null;
      const result = await (globalThis as unknown as Bridge).sampleAnswer(command, args);
      // Rust's errors come through as plain objects, not as an Error.
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- see the line above
      if ("error" in result) throw result.error;
      return result.data;
    };
    const transformCallback = (callback: Heard) => callbacks.push(callback) - 1;
    /** Plays the system, which tells of files dragged over the window. */
    const drag = (what: string, ...paths: string[]) =>
      heard.get(`tauri://drag-${what}`)?.({ payload: { paths } });
    Object.assign(globalThis, {
      __TAURI_INTERNALS__: { invoke, transformCallback },
      __TAURI_EVENT_PLUGIN_INTERNALS__: { unregisterListener: () => undefined },
      drag,
    });
  });
  await page.goto(bench.address);
  await page.waitForSelector("h1");
  await page.evaluate(() => document.fonts.ready);
  return { page, state, complaints, close: () => context.close() };
}

export async function picture({ page }: OpenWindow, name: string): Promise<void> {
  await page.screenshot({ path: join(artefacts, `${name}.png`) });
}

/** How far anything can be scrolled sideways, in pixels: 0 where all text reflows. */
export async function sideways({ page }: OpenWindow): Promise<number> {
  return await page.evaluate(() => {
    const scrollers = [
      document.documentElement,
      ...document.querySelectorAll(
        ".app, .results, .service, .sheet, .import-scroll, .import-foot, .edit-scroll, .edit-foot, " +
          ".edit-aside, .inbox-scroll, .inbox-detail, .done-bar",
      ),
    ];
    return Math.max(...scrollers.map((element) => element.scrollWidth - element.clientWidth));
  });
}
