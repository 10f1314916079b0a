import type { StatusView } from "../lib/api";
import { Icon } from "./Icon";

const words: Record<StatusView["state"], string> = {
  open: "Open",
  paused: "Paused",
  closed: "Closed",
  full: "Full",
  waiting_list: "Waiting list",
  funding_ends: "Funding ends",
};

/** Says when a service is anything but open. */
export function StatusBadge({ status }: { status: StatusView }) {
  if (status.state === "open" && status.said === null) return null;
  return (
    <span className={`badge badge-${status.state}`}>
      <Icon name={status.state === "open" ? "info" : "warning"} /> {status.said ?? words[status.state]}
    </span>
  );
}
