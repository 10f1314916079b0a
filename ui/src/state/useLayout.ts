// How many panes fit, judged in characters rather than pixels, so that larger text folds panes too.

import { useEffect, useState } from "react";

export type Layout = "three" | "two" | "one";

const THREE_FROM_REM = 68;
const TWO_FROM_REM = 50;
const BASE_PX = 16;

export function layoutFor(widthPx: number, textPercent: number): Layout {
  const rem = (widthPx * 100) / (BASE_PX * textPercent);
  if (rem >= THREE_FROM_REM) return "three";
  return rem >= TWO_FROM_REM ? "two" : "one";
}

export function useLayout(textPercent: number): Layout {
  const [width, setWidth] = useState(() => window.innerWidth);
  useEffect(() => {
    const measure = () => {
      setWidth(window.innerWidth);
    };
    window.addEventListener("resize", measure);
    return () => {
      window.removeEventListener("resize", measure);
    };
  }, []);
  return layoutFor(width, textPercent);
}
