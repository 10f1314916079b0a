import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { api } from "./lib/api";
import { applySettings, defaultSettings } from "./state/useSettings";
import "./styles/index.css";

// The look follows the computer until the saved settings are there, so that nothing flashes.
applySettings(defaultSettings);

const settings = await api.settings().catch(() => defaultSettings);
applySettings(settings);

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App start={settings} />
    </StrictMode>,
  );
}
