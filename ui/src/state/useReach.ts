// Shows or reads the entry of a row, now or as soon as the row has been fetched.

import { useEffect, useRef } from "react";
import { hitAt, type Results } from "./results";
import type { Trail } from "./useTrail";

type Way = "show" | "read";

export function useReach(results: Results, trail: Trail): (index: number, way: Way) => void {
  const awaited = useRef<{ index: number; way: Way } | null>(null);

  useEffect(() => {
    if (awaited.current === null) return;
    const { index, way } = awaited.current;
    const hit = hitAt(results, index);
    if (!hit) return;
    awaited.current = null;
    trail[way](hit);
  });

  const { query } = results;
  useEffect(() => {
    awaited.current = null;
  }, [query]);

  return (index, way) => {
    const hit = hitAt(results, index);
    awaited.current = hit ? null : { index, way };
    if (hit) trail[way](hit);
  };
}
