// The form of a record: what is written, what is wrong with it, and what saving it would change.

import { useEffect, useRef } from "react";
import { Button } from "react-aria-components";
import { AlertPanel } from "../components/AlertPanel";
import { Icon, Mark } from "../components/Icon";
import { SheetButtons } from "../components/SheetButtons";
import type { Saved } from "../lib/api";
import { nameOf } from "../state/forms";
import { useDraft } from "../state/useDraft";
import { useEditCheck } from "../state/useEditCheck";
import type { Editing, Session } from "../state/useEditing";
import { useLayout } from "../state/useLayout";
import { useSaving } from "../state/useSaving";
import { useScreenKeys } from "../state/useScreenKeys";
import type { SheetName } from "../Window";
import { EditFoot } from "./EditFoot";
import { EditForm } from "./EditForm";
import { focusField } from "./fields";
import { FaultSummary } from "./FaultSummary";
import { Suggested } from "./Suggested";
import { WhatChanges } from "./WhatChanges";
import { sectionsOf } from "./sections";

type Props = {
  editing: Editing;
  session: Session;
  textPercent: number;
  onSheet: (sheet: SheetName) => void;
  /** The form was saved and is closed. */
  onSaved: (session: Session, saved: Saved) => void;
};

export function EditScreen({ editing, session, textPercent, onSheet, onSaved }: Props) {
  const { view, kind, settling, returnTo } = session;
  const layout = useLayout(textPercent);
  const heading = useRef<HTMLHeadingElement>(null);
  const check = useEditCheck(session, editing.change);
  const draft = useDraft(session);
  const saving = useSaving(session, draft, (saved) => {
    onSaved(session, saved);
  });
  const under = editing.sessions.at(-2);
  const leave = () => {
    saving.leave(check.pending ? null : check.value);
    editing.close(null);
  };
  useScreenKeys({
    leave,
    save: saving.save,
    showKeys: () => {
      onSheet("keys");
    },
  });
  useEffect(() => {
    if (returnTo === null) heading.current?.focus();
    else focusField(returnTo);
  }, [returnTo]);

  return (
    <div className="app edit-app" data-layout={layout}>
      <header className="masthead">
        <h1 className="brand">
          <Mark /> Signpost
        </h1>
        <Button className="button import-back" onPress={leave}>
          <Icon name="back" /> {under === undefined ? "Back" : `Back to ${nameOf(under.form)}`}
        </Button>
        <div className="masthead-buttons">
          <SheetButtons onSheet={onSheet} />
        </div>
      </header>
      <main className="edit-main" aria-busy={saving.busy}>
        <div className="edit-scroll">
          <div className="edit-head">
            <h2 ref={heading} id="edit-title" tabIndex={-1}>
              {view.title}
            </h2>
            <p className="quiet-note">
              <Icon name="info" />{" "}
              {settling === null ? view.may_said : "Saving settles it: the sender is told."} Leave blank what
              is not known.
            </p>
            {view.draft_said !== null && settling === null && (
              <div className="panel panel-info">
                <Icon name="pen" />
                <div className="panel-words">
                  <p>{view.draft_said}</p>
                  <Button className="button button-small" onPress={editing.startAgain}>
                    Start again
                  </Button>
                </div>
              </div>
            )}
            {editing.error !== null && (
              <AlertPanel
                error={editing.error}
                title="That could not be opened"
                onDismiss={editing.dismiss}
              />
            )}
            {draft.error !== null && (
              <AlertPanel error={draft.error} title="What you write cannot be kept until it is saved" />
            )}
            {saving.error !== null && (
              <AlertPanel
                error={saving.error}
                title="This was not saved"
                still="What you wrote is still here."
                onAgain={saving.save}
              />
            )}
            <FaultSummary
              faults={saving.turn === 0 || check.pending ? saving.faults : (check.value?.faults ?? [])}
              turn={saving.turn}
            />
          </div>
          <div className="edit-split">
            <nav className="edit-nav" aria-label="Parts of the form">
              {sectionsOf(kind).map(([id, title]) => (
                <Button
                  key={id}
                  className="button button-small button-quiet"
                  onPress={() => {
                    const part = document.getElementById(id);
                    part?.scrollIntoView({ block: "start" });
                    part?.focus();
                  }}
                >
                  {title}
                </Button>
              ))}
            </nav>
            <EditForm
              session={session}
              check={check.value}
              tried={saving.turn > 0}
              onChange={editing.change}
              onWithin={(tie, id) => {
                editing.begin(tie, id, tie);
              }}
            />
            <aside className="edit-aside" aria-label="What changes">
              {settling !== null && <Suggested item={settling} />}
              <WhatChanges check={check} fresh={view.fresh} />
            </aside>
          </div>
        </div>
        <EditFoot session={session} check={check} saving={saving} onNote={editing.setNote} onLeave={leave} />
      </main>
    </div>
  );
}
