// Which rows of a long list are in the document. Rows have the height their words need.
//
// A browser cannot scroll more than some 30 million pixels, which 200,000 rows at large text exceed, so the
// list is laid out in stretches: scrolling towards the end of one moves the stretch along under the eye.

import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";

const STRETCH = 10_000;
const STEP = STRETCH / 2;
const MARGIN_ROWS = 1_000;
const GUESSED_HEIGHT_REM = 7.5;

type Wanted = {
  list: RefObject<HTMLElement | null>;
  scroller: HTMLElement;
  total: number;
  active: number;
};

export type WindowedRows = {
  rows: readonly { index: number; start: number }[];
  first: number;
  last: number;
  base: number;
  height: number;
  measure: (row: HTMLElement | null) => void;
  /** Scrolls as little as is needed to show a row. */
  reveal: (index: number) => void;
  /** How many rows Page Up and Page Down pass over. */
  pageOf: () => number;
};

export function useWindowedRows({ list, scroller, total, active }: Wanted): WindowedRows {
  const [wantedBase, setBase] = useState(0);
  const base = Math.min(wantedBase, lastBase(total));
  const margin = useScrollMargin(list, scroller);
  // Asked once: it is wanted for every row of a stretch at each change of one.
  const [guess] = useState(() => GUESSED_HEIGHT_REM * rem());
  const pending = useRef<{ index: number; align: "auto" | "start" } | null>(null);

  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler memoises what it returns here
  const virtual = useVirtualizer({
    count: Math.min(STRETCH, total - base),
    getScrollElement: () => scroller,
    estimateSize: () => guess,
    getItemKey: (index) => base + index,
    overscan: 4,
    scrollMargin: margin,
    // The named row must exist for a screen reader to read it, wherever the eye has scrolled to.
    rangeExtractor: (range) => withActive(range, active - base),
  });

  const items = virtual.getVirtualItems();
  const seen = virtual.range;
  const first = base + (seen?.startIndex ?? 0);
  const last = base + Math.max(seen?.endIndex ?? 0, 0);

  const towards = nextBase(base, first, last, total);
  const offset = virtual.scrollOffset;
  useLayoutEffect(() => {
    if (pending.current !== null) {
      const { index, align } = pending.current;
      pending.current = null;
      virtual.scrollToIndex(index - base, { align });
    } else if (towards !== base && isWhereItWasSeen(scroller, offset)) {
      pending.current = { index: first, align: "start" };
      setBase(towards);
    }
  }, [base, towards, first, offset, scroller, virtual]);

  // A row that was gone to stays in view while the rows around it are fetched and find their height.
  const kept = useRef<number | null>(null);
  useEffect(() => {
    const letGo = () => {
      kept.current = null;
    };
    scroller.addEventListener("wheel", letGo, { passive: true });
    scroller.addEventListener("pointerdown", letGo);
    return () => {
      scroller.removeEventListener("wheel", letGo);
      scroller.removeEventListener("pointerdown", letGo);
    };
  }, [scroller]);
  const height = virtual.getTotalSize();
  useLayoutEffect(() => {
    if (kept.current !== null && kept.current >= base && kept.current < base + STRETCH)
      virtual.scrollToIndex(kept.current - base, { align: "auto" });
  }, [height, base, virtual]);

  const reveal = useCallback(
    (index: number) => {
      kept.current = index;
      if (index >= base && index < base + STRETCH) {
        virtual.scrollToIndex(index - base, { align: "auto" });
        return;
      }
      pending.current = { index, align: "auto" };
      setBase(Math.min(lastBase(total), Math.max(0, Math.floor(index / STEP) * STEP - STEP)));
    },
    [base, total, virtual],
  );

  return {
    rows: items.map(({ index, start }) => ({ index: base + index, start: start - margin })),
    first,
    last: Math.min(last, total - 1),
    base,
    height,
    measure: virtual.measureElement,
    reveal,
    pageOf: () => Math.max(1, (seen?.endIndex ?? 1) - (seen?.startIndex ?? 0)),
  };
}

/** False just after a jump, until the rows in view have been worked out anew: they are still those left behind. */
function isWhereItWasSeen(scroller: HTMLElement, offset: number | null): boolean {
  return offset !== null && Math.abs(scroller.scrollTop - offset) <= 1;
}

function lastBase(total: number): number {
  return Math.max(0, Math.ceil((total - STRETCH) / STEP) * STEP);
}

/** Where the stretch should begin once the eye comes close to either of its ends. */
export function nextBase(base: number, first: number, last: number, total: number): number {
  if (last > base + STRETCH - MARGIN_ROWS && base < lastBase(total)) return base + STEP;
  if (first < base + MARGIN_ROWS && base > 0) return base - STEP;
  return base;
}

function withActive(range: Range, active: number): number[] {
  const rows = defaultRangeExtractor(range);
  if (active < 0 || active >= range.count || rows.includes(active)) return rows;
  return [...rows, active].sort((a, b) => a - b);
}

function rem(): number {
  const size = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return Number.isNaN(size) ? 16 : size;
}

/** How far down its scroller the list begins, kept right while what stands above it grows and shrinks. */
function useScrollMargin(list: RefObject<HTMLElement | null>, scroller: HTMLElement): number {
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      if (list.current === null) return;
      const top = list.current.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
      setMargin(Math.round(top + scroller.scrollTop));
    };
    measure();
    const observer = new ResizeObserver(measure);
    for (const above of document.querySelectorAll("[data-above-list]")) observer.observe(above);
    return () => {
      observer.disconnect();
    };
  }, [list, scroller]);
  return margin;
}
