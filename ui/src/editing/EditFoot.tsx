// What to say with the change, and the way to save it.

import { Button } from "react-aria-components";
import { TextInput } from "../components/TextInput";
import type { EditCheck } from "../lib/api";
import { count } from "../lib/words";
import type { Asked } from "../state/useAsked";
import type { Session } from "../state/useEditing";
import type { Saving } from "../state/useSaving";

type Props = {
  session: Session;
  check: Asked<EditCheck>;
  saving: Saving;
  onNote: (note: string) => void;
  onLeave: () => void;
};

export function EditFoot({ session: { view, settling, note }, check, saving, onNote, onLeave }: Props) {
  const suggests = view.may === "suggest" && settling === null;
  const changed = check.value?.changed.length ?? 0;
  const save = settling !== null ? "Accept as written here" : suggests ? "Send as a suggestion" : "Save";
  return (
    <div className="edit-foot">
      <TextInput
        label={suggests ? "A word to the curator (if you like)" : "Why, or where from (if you like)"}
        value={note}
        onChange={onNote}
        spellCheck
      />
      <div className="actions">
        <Button className="button button-main" aria-keyshortcuts="Control+S" onPress={saving.save}>
          {save}
        </Button>
        <Button className="button" aria-keyshortcuts="Escape" onPress={onLeave}>
          Leave
        </Button>
        <p className="foot-note" role="status">
          {saving.said ??
            (changed === 0
              ? "Nothing has been changed yet."
              : `${count(changed)} ${changed === 1 ? "field" : "fields"} changed${settling === null ? ". What you write is kept" : ""}.`)}
        </p>
      </div>
    </div>
  );
}
