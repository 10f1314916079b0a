// The hub: which one, who this desk is there, what waits and what went wrong. Or, where there is none yet, how
// to join one.

import { useRef, useState } from "react";
import { Button } from "react-aria-components";
import { AlertPanel } from "../components/AlertPanel";
import { Icon } from "../components/Icon";
import { JobPanel } from "../components/JobPanel";
import { Sheet } from "../components/Sheet";
import { api, asApiError, type ApiError, type SyncView } from "../lib/api";
import { announce } from "../state/announcer";
import { directoryChanged } from "../state/changes";
import { useCurrent } from "../state/useCurrent";
import type { Job } from "../state/useJob";
import { HubFacts } from "./HubFacts";
import { JoinForm } from "./JoinForm";
import { lightIcons } from "./lightWords";
import { LeaveHub } from "./LeaveHub";

type Props = { open: boolean; job: Job; onClose: () => void };

export function HubSheet({ open, job, onClose }: Props) {
  return (
    <Sheet title="Hub and sync" wide open={open} onClose={onClose}>
      <Hub job={job} />
    </Sheet>
  );
}

function Hub({ job }: { job: Job }) {
  const { value: view, error, again } = useCurrent(api.syncView);
  const [trouble, setTrouble] = useState<ApiError | null>(null);
  const top = useRef<HTMLParagraphElement>(null);

  const attempt = (work: () => Promise<SyncView | null>) => {
    setTrouble(null);
    work().then(
      (after) => {
        if (after === null) return;
        announce(after.light.said);
        directoryChanged();
        top.current?.focus();
      },
      (cause: unknown) => {
        setTrouble(asApiError(cause));
      },
    );
  };
  const load = async () => {
    const path = await api.chooseBundle();
    return path === null ? null : job.run("Loading the bundle", (id) => api.loadBundle(id, path));
  };
  const failed = trouble ?? job.error ?? error;

  return (
    <>
      <p ref={top} id="hub-lead" tabIndex={-1} className="sheet-lead">
        {view === null ? (
          error === null && "Looking…"
        ) : (
          <>
            <Icon name={lightIcons[view.light.state]} /> {view.light.said}
          </>
        )}
      </p>
      {failed !== null && (
        <AlertPanel
          error={failed}
          title="That did not work"
          still="What you have changed is safe on this computer."
          {...(failed === error && { onAgain: again })}
        />
      )}
      {view !== null && <Problem view={view} />}
      <JobPanel
        job={job}
        landing="hub-lead"
        cancelledSaid="Stopped. What had come in stays; it goes on next time."
      />
      {view?.hub === null && (
        <JoinForm
          busy={job.running !== null}
          onJoin={(address, code, device) => {
            attempt(() => job.run("Joining the hub", (id) => api.join(id, address, code, device)));
          }}
        />
      )}
      {view?.hub != null && <HubFacts view={view} />}
      {view !== null && (
        <div className="actions">
          {view.hub !== null && (
            <Button
              className="button button-main"
              isDisabled={job.running !== null}
              onPress={() => {
                attempt(() => job.run("Syncing", (id) => api.syncNow(id)));
              }}
            >
              <Icon name="round" /> Sync now
            </Button>
          )}
          <Button
            className="button"
            isDisabled={job.running !== null}
            onPress={() => {
              attempt(load);
            }}
          >
            <Icon name="bring" /> Load a bundle from a file…
          </Button>
          {view.hub !== null && (
            <LeaveHub
              hub={view.hub}
              waiting={view.light.waiting}
              onLeave={() => {
                attempt(api.leave);
              }}
            />
          )}
        </div>
      )}
    </>
  );
}

function Problem({ view: { problem, what_to_do } }: { view: SyncView }) {
  if (problem === null) return null;
  return (
    <div className="panel panel-warning" role="group" aria-label="What is wrong">
      <Icon name="warning" />
      <div className="panel-words">
        <p className="panel-title">{problem}</p>
        {what_to_do !== null && <p>{what_to_do}</p>}
      </div>
    </div>
  );
}
