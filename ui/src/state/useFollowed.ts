// Keeps the search in step with the directory: what was changed here or came in from elsewhere shows at once.

import { useEffect, useEffectEvent, useRef } from "react";
import { useChanges } from "./changes";
import type { Search } from "./useSearch";
import type { StatusState } from "./useStatus";
import type { Trail } from "./useTrail";

type Parts = {
  search: Search;
  health: StatusState;
  trail: Trail;
  /** The entry that another screen leads to. */
  wanted: { id: string } | null;
  /** The entry that stood open was removed. */
  onGone: () => void;
};

export function useFollowed({ search, health, trail, wanted, onGone }: Parts): void {
  const changes = useChanges();
  const seen = useRef(changes);
  const followed = useRef(wanted);

  const askAnew = useEffectEvent(() => {
    search.again();
    health.again();
    if (trail.openId !== null) trail.open.again();
  });
  useEffect(() => {
    if (seen.current === changes) return;
    seen.current = changes;
    askAnew();
  }, [changes]);

  const { error } = trail.open;
  const close = useEffectEvent(() => {
    if (changes > 0 && trail.openId !== null) onGone();
  });
  useEffect(() => {
    if (error?.code === "not_found") close();
  }, [error]);

  const read = useEffectEvent((id: string) => {
    trail.read({ id, why: [] });
  });
  useEffect(() => {
    if (followed.current === wanted || wanted === null) return;
    followed.current = wanted;
    read(wanted.id);
  }, [wanted]);
}
