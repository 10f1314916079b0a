// A few words and Enter: what is wrong, why it goes, why not.

import { useState, type KeyboardEvent } from "react";
import { Button } from "react-aria-components";
import { asApiError, type ApiError } from "../lib/api";
import { AlertPanel } from "./AlertPanel";
import { Sheet } from "./Sheet";
import { TextInput } from "./TextInput";

type Props = {
  title: string;
  open: boolean;
  /** About what, in a line above. */
  about: string;
  label: string;
  help?: string;
  send: string;
  /** What is said when nothing was written. */
  needed: string;
  danger?: boolean;
  onSend: (words: string) => Promise<unknown>;
  onClose: () => void;
};

export function ReasonSheet(props: Props) {
  return (
    <Sheet title={props.title} open={props.open} onClose={props.onClose}>
      <ReasonForm {...props} />
    </Sheet>
  );
}

function ReasonForm({ about, label, help, send, needed, danger = false, onSend, onClose }: Props) {
  const [words, setWords] = useState("");
  const [missing, setMissing] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = () => {
    if (busy) return;
    setMissing(words.trim() === "");
    setError(null);
    if (words.trim() === "") return;
    setBusy(true);
    onSend(words.trim()).then(onClose, (cause: unknown) => {
      setBusy(false);
      setError(asApiError(cause));
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };
  return (
    <form
      className="reason"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p>{about}</p>
      {error !== null && <AlertPanel error={error} title="This was not kept" />}
      <TextInput
        label={label}
        value={words}
        onChange={setWords}
        lines={3}
        faults={missing && words.trim() === "" ? [needed] : []}
        help={help ?? "Enter sends it; Shift Enter begins a new line."}
        focused
        onKeyDown={onKeyDown}
      />
      <div className="actions">
        <Button className={danger ? "button button-danger" : "button button-main"} type="submit">
          {send}
        </Button>
        <Button className="button" onPress={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
