import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  // Relative, so that the bundle works under whatever scheme the window serves it.
  base: "./",
  plugins: [react()],
  build: { target: "safari16", outDir: "dist", emptyOutDir: true, assetsInlineLimit: 0 },
  server: { port: 5173, strictPort: true, fs: { allow: [".."] } },
  clearScreen: false,
});
