// Which entry stands open, and the ones it was reached through.

import { useEffect, useRef, useState, type RefObject } from "react";
import type { Hit, ReasonView } from "../lib/api";
import type { Query } from "./query";
import { useEntry, type OpenEntry } from "./useEntry";

type Step = Readonly<{ id: string; why: readonly ReasonView[] }>;

export type Trail = Readonly<{
  openId: string | null;
  /** The entry that the list led to; the ones after it were reached from entry to entry. */
  listedId: string | null;
  depth: number;
  why: readonly ReasonView[];
  open: OpenEntry;
  headingRef: RefObject<HTMLHeadingElement | null>;
  /** Shows an entry of the list beside it; the focus stays. */
  show: (hit: Hit) => void;
  /** Moves the focus to the entry's name, now or when it has come. */
  read: (hit: Pick<Hit, "id" | "why">) => void;
  follow: (hit: Hit) => void;
  /** One entry back along the trail. */
  retrace: () => void;
  close: () => void;
}>;

export function useTrail(query: Query): Trail {
  const [steps, setSteps] = useState<readonly Step[]>([]);
  const last = steps.at(-1) ?? null;
  const open = useEntry(last?.id ?? null, query.near, query.boroughs);
  const headingRef = useRef<HTMLHeadingElement>(null);
  const focusOn = useRef<string | null>(null);

  useEffect(() => {
    if (focusOn.current === null || open.entry?.id !== focusOn.current) return;
    focusOn.current = null;
    headingRef.current?.closest(".service")?.scrollTo({ top: 0 });
    headingRef.current?.focus();
  });

  const stepTo = (next: readonly Step[], focus: boolean) => {
    focusOn.current = focus ? (next.at(-1)?.id ?? null) : null;
    setSteps(next);
  };
  const step = ({ id, why }: Step): Step => ({ id, why });

  return {
    openId: last?.id ?? null,
    listedId: steps[0]?.id ?? null,
    depth: steps.length,
    why: last?.why ?? [],
    open,
    headingRef,
    show: (hit) => {
      stepTo([step(hit)], false);
    },
    read: (hit) => {
      stepTo([step(hit)], true);
    },
    follow: (hit) => {
      stepTo([...steps, step(hit)], true);
    },
    retrace: () => {
      stepTo(steps.slice(0, -1), true);
    },
    close: () => {
      stepTo([], false);
    },
  };
}

/** The entry that stands open, or else the chosen one. What the pane shows may still be the one before. */
export function entryMeant(
  { openId, open }: Trail,
  hit: Hit | undefined,
): { id: string; name: string } | null {
  const id = openId ?? hit?.id;
  return [open.entry, hit].find((one) => one?.id === id) ?? null;
}
