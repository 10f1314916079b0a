import { useAnnouncement } from "../state/announcer";

export function Announcer() {
  return (
    <div className="unseen" role="status" aria-live="polite" aria-atomic="true">
      {useAnnouncement()}
    </div>
  );
}
