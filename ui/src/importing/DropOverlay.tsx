// Shown while a file is dragged over the window: it can be let go anywhere.

import { Icon } from "../components/Icon";

export function DropOverlay({ over }: { over: boolean }) {
  if (!over) return null;
  return (
    <div className="drop-over">
      <p className="drop-words">
        <Icon name="bring" /> Let go to import this file
      </p>
    </div>
  );
}
