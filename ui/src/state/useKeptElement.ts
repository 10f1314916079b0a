// An element that others need to know of. It stays known while its screen is hidden behind another one:
// React then takes the reference away, though the element is the same when it is shown again.

import { useCallback, useState } from "react";

export function useKeptElement(): [HTMLElement | null, (element: HTMLElement | null) => void] {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const keep = useCallback((next: HTMLElement | null) => {
    if (next !== null) setElement(next);
  }, []);
  return [element, keep];
}
