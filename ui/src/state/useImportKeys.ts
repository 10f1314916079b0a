// The keys of the import screen. What stands open over it (a list, a sheet) keeps its own.

import { useEffect, useEffectEvent } from "react";

type Actions = Readonly<{ leave: () => void; showKeys: () => void }>;

export function useImportKeys({ leave, showKeys }: Actions): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const target = event.target instanceof HTMLElement ? event.target : document.body;
    if (event.isComposing || target.closest("[role=dialog], .popover") !== null) return;
    if (event.altKey || event.metaKey || event.shiftKey) return;
    if (event.key === "F1") showKeys();
    else if (event.key === "Escape" || (event.ctrlKey && event.key.toLowerCase() === "k")) leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  useEffect(() => {
    document.addEventListener("keydown", onKeyDown, true);
    return () => {
      document.removeEventListener("keydown", onKeyDown, true);
    };
  }, []);
}
