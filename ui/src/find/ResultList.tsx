// The list of what was found. It is never handed the whole answer: rows are fetched in pages and only those
// near the eye are in the document. Focus stays on the list; `aria-activedescendant` names the row.

import { useEffect, useImperativeHandle, useRef, type KeyboardEvent, type Ref } from "react";
import type { Hit } from "../lib/api";
import { count } from "../lib/words";
import { ResultRow } from "./ResultRow";
import { useWindowedRows } from "./useWindowedRows";

export type ListHandle = { focus: () => void };

type Props = {
  ref: Ref<ListHandle>;
  /** What scrolls: the list's own pane, or the whole window where panes are folded together. */
  scroller: HTMLElement;
  total: number;
  hitAt: (index: number) => Hit | undefined;
  need: (first: number, last: number) => void;
  active: number;
  openId: string | null;
  onActive: (index: number) => void;
  onOpen: (index: number, by: "key" | "pointer") => void;
};

export function ResultList({ ref, scroller, total, hitAt, need, active, openId, onActive, onOpen }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const rows = useWindowedRows({ list, scroller, total, active });
  const { first, last, reveal } = rows;

  useEffect(() => {
    if (total > 0) need(first, last);
  }, [need, first, last, total]);

  useImperativeHandle(ref, () => ({
    focus: () => {
      list.current?.focus();
      reveal(active);
    },
  }));

  const move = (index: number) => {
    const next = Math.max(0, Math.min(total - 1, index));
    onActive(next);
    reveal(next);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const target = targetOf(event.key, active, rows.pageOf(), total);
    if (target !== null) move(target);
    else if (event.key === "Enter" || event.key === " ") onOpen(active, "key");
    else return;
    event.preventDefault();
  };

  return (
    <div
      ref={list}
      id="results-list"
      className="result-list"
      role="listbox"
      tabIndex={0}
      aria-label="Services found"
      aria-activedescendant={rowId(active)}
      style={{ height: `${String(rows.height)}px` }}
      onKeyDown={onKeyDown}
    >
      {rows.rows.map(({ index, start }) => {
        const hit = hitAt(index);
        return (
          // Keys are handled by the list, which keeps the focus.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- see the line above
          <div
            key={index}
            ref={rows.measure}
            id={rowId(index)}
            data-index={index - rows.base}
            className={index === active ? "row row-active" : "row"}
            role="option"
            tabIndex={-1}
            aria-selected={hit?.id === openId}
            aria-setsize={total}
            aria-posinset={index + 1}
            aria-busy={hit === undefined}
            style={{ transform: `translateY(${String(start)}px)` }}
            onClick={() => {
              list.current?.focus({ preventScroll: true });
              onActive(index);
              onOpen(index, "pointer");
            }}
          >
            {hit ? (
              <ResultRow hit={hit} />
            ) : (
              <p className="row-waiting">Service {count(index + 1)} is being fetched</p>
            )}
          </div>
        );
      })}
    </div>
  );
}

function rowId(index: number): string {
  return `result-${String(index)}`;
}

function targetOf(key: string, active: number, page: number, total: number): number | null {
  switch (key) {
    case "ArrowDown":
      return active + 1;
    case "ArrowUp":
      return active - 1;
    case "PageDown":
      return active + page;
    case "PageUp":
      return active - page;
    case "Home":
      return 0;
    case "End":
      return total - 1;
    default:
      return null;
  }
}
