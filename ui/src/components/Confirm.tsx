// A button for what should not happen by one slip: it asks once more, in its own place.

import { useEffect, useRef, useState } from "react";
import { Button } from "react-aria-components";

type Props = {
  /** What the button does: `Undo`. */
  what: string;
  /** The same with what it is done to, for those who hear the button alone. */
  whole?: string;
  question: string;
  yes: string;
  no: string;
  onYes: () => void;
};

export function Confirm({ what, whole, question, yes, no, onYes }: Props) {
  const [asking, setAsking] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const moved = useRef(false);
  useEffect(() => {
    // The pressed button is gone: the focus goes to the one that took its place.
    if (moved.current) place.current?.querySelector("button")?.focus();
    moved.current = false;
  }, [asking]);
  const ask = (next: boolean) => {
    moved.current = true;
    setAsking(next);
  };
  return (
    <div ref={place} className="confirm" role="group" aria-label={whole ?? what}>
      {asking && <p>{question}</p>}
      {asking ? (
        <>
          <Button
            className="button button-small button-danger"
            onPress={() => {
              setAsking(false);
              onYes();
            }}
          >
            {yes}
          </Button>
          <Button
            className="button button-small"
            onPress={() => {
              ask(false);
            }}
          >
            {no}
          </Button>
        </>
      ) : (
        <Button
          className="button button-small"
          aria-label={whole ?? what}
          onPress={() => {
            ask(true);
          }}
        >
          {what}
        </Button>
      )}
    </div>
  );
}
