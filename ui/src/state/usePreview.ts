// What the first rows become under a mapping, asked anew when changing it has paused.

import { useCallback } from "react";
import { api, type ImportLook, type ImportPreview, type Mapping } from "../lib/api";
import { useAsked, type Asked } from "./useAsked";
import { sourceOf } from "./useImport";

const PAUSE_MS = 300;

export function usePreview(look: ImportLook, mapping: Mapping): Asked<ImportPreview> {
  const ask = useCallback(() => api.importPreview(sourceOf(look, mapping)), [look, mapping]);
  return useAsked(ask, PAUSE_MS);
}
