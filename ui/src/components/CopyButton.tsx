// Copies a telephone number or an address, and says so aloud and on the button.

import { useEffect, useState } from "react";
import { Button } from "react-aria-components";
import { announce } from "../state/announcer";
import { Icon } from "./Icon";

const SAYS_SO_FOR_MS = 2500;

type Props = { text: string; what: string };

export function CopyButton({ text, what }: Props) {
  const [outcome, setOutcome] = useState<"copied" | "failed" | null>(null);

  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => {
      setOutcome(null);
    }, SAYS_SO_FOR_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [outcome]);

  const copy = () => {
    void navigator.clipboard.writeText(text).then(
      () => {
        setOutcome("copied");
        announce(`Copied: ${text}`);
      },
      () => {
        setOutcome("failed");
        announce(`Could not copy. Select the text and copy it by hand.`);
      },
    );
  };

  const said = outcome === null ? "Copy" : outcome === "copied" ? "Copied" : "Not copied";
  return (
    <Button className="button button-small" aria-label={`${said} ${what} ${text}`} onPress={copy}>
      <Icon name={outcome === "copied" ? "check" : "copy"} />
      {said}
    </Button>
  );
}
