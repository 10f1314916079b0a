// What the person has to know before anything else: the state of the local copy, conflicts, what did not open.

import { AlertPanel } from "../components/AlertPanel";
import { Notices } from "../components/Notices";
import { Conflicts } from "../inbox/InboxButton";
import type { ApiError, SyncLight } from "../lib/api";
import type { StatusState } from "../state/useStatus";

type Props = {
  health: StatusState;
  light: SyncLight | null;
  formError: ApiError | null;
  onFormError: () => void;
};

export function Tidings({ health, light, formError, onFormError }: Props) {
  return (
    <div className="tidings">
      {health.status !== null && <Notices notices={health.status.notices} />}
      <Conflicts conflicts={light?.conflicts ?? 0} />
      {formError !== null && (
        <AlertPanel error={formError} title="That could not be opened" onDismiss={onFormError} />
      )}
      {health.error !== null && <AlertPanel error={health.error} onAgain={health.again} />}
    </div>
  );
}
