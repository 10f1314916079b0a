// jsdom lays nothing out and lacks a few of a browser's parts: just enough of them for the components.

import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

const VIEWPORT = { width: 600, height: 800 };

/** Reports once, soon after it is told to observe, as a browser does. */
class Observer implements ResizeObserver {
  constructor(private readonly report: ResizeObserverCallback) {}
  observe = () => {
    setTimeout(() => {
      this.report([], this);
    });
  };
  unobserve = () => undefined;
  disconnect = () => undefined;
}

vi.stubGlobal("ResizeObserver", Observer);
vi.stubGlobal("matchMedia", (media: string) => ({
  media,
  matches: false,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
}));

Object.defineProperty(window, "innerWidth", { value: 1280, configurable: true });
for (const name of ["offsetHeight", "clientHeight"])
  Object.defineProperty(HTMLElement.prototype, name, {
    configurable: true,
    get(this: HTMLElement) {
      return this.getAttribute("role") === "option" ? 100 : VIEWPORT.height;
    },
  });
for (const name of ["offsetWidth", "clientWidth"])
  Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => VIEWPORT.width });
Element.prototype.scrollTo = () => undefined;
Element.prototype.scrollIntoView = () => undefined;

configure({ asyncUtilTimeout: 5_000 });
afterEach(cleanup);
