// Text size, theme, motion and letter keys: applied to the page at once, then saved.

import { useCallback, useEffect, useState } from "react";
import { api, asApiError, type ApiError, type Settings } from "../lib/api";

export const defaultSettings: Settings = {
  theme: "system",
  motion: "system",
  text_percent: 100,
  letter_keys: true,
};

const dark = () => matchMedia("(prefers-color-scheme: dark)");
const contrast = () => matchMedia("(prefers-contrast: more)");
const calm = () => matchMedia("(prefers-reduced-motion: reduce)");

/** Writes the look onto the root element, where the style sheets read it. Safe to call before the first paint. */
export function applySettings(settings: Settings): void {
  const root = document.documentElement;
  const light = dark().matches ? "dark" : "light";
  const wanted = settings.theme === "system" && contrast().matches ? "contrast" : settings.theme;
  root.dataset["theme"] = wanted === "system" ? light : wanted === "contrast" ? `contrast-${light}` : wanted;
  root.dataset["motion"] = settings.motion === "reduced" || calm().matches ? "reduced" : "full";
  root.style.fontSize = `${String(settings.text_percent)}%`;
}

export type SettingsState = Readonly<{
  settings: Settings;
  change: (part: Partial<Settings>) => void;
  /** Set when the last change could not be saved; it still holds until the window is closed. */
  error: ApiError | null;
}>;

export function useSettings(start: Settings): SettingsState {
  const [settings, setSettings] = useState(start);
  const [error, setError] = useState<ApiError | null>(null);

  useEffect(() => {
    const apply = () => {
      applySettings(settings);
    };
    apply();
    const media = [dark(), contrast(), calm()];
    for (const list of media) list.addEventListener("change", apply);
    return () => {
      for (const list of media) list.removeEventListener("change", apply);
    };
  }, [settings]);

  const change = useCallback(
    (part: Partial<Settings>) => {
      const next = { ...settings, ...part };
      setSettings(next);
      void api.saveSettings(next).then(
        () => {
          setError(null);
        },
        (cause: unknown) => {
          setError(asApiError(cause));
        },
      );
    },
    [settings],
  );

  return { settings, change, error };
}
