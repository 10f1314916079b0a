import { Confirm } from "../components/Confirm";
import { count } from "../lib/words";

type Props = { hub: string; waiting: number; onLeave: () => void };

export function LeaveHub({ hub, waiting, onLeave }: Props) {
  const unsent =
    waiting === 0
      ? ""
      : ` ${count(waiting)} of your changes ${waiting === 1 ? "has" : "have"} not been sent: they stay here only.`;
  return (
    <Confirm
      what="Leave the hub…"
      question={`Leave ${hub}? The directory stays on this computer as it is now, and joining again needs a new code.${unsent}`}
      yes="Yes, leave it"
      no="Stay"
      onYes={onLeave}
    />
  );
}
