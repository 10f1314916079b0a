// What has to be mended before saving, each with the way to it. It takes the focus when somebody tries to save.

import { useEffect, useRef } from "react";
import { Button } from "react-aria-components";
import { Icon } from "../components/Icon";
import type { FieldFault } from "../lib/api";
import { rootOf } from "./EditForm";
import { focusField } from "./fields";

type Props = {
  faults: readonly FieldFault[];
  /** Counts the attempts to save that failed. */
  turn: number;
};

export function FaultSummary({ faults, turn }: Props) {
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (turn > 0) panel.current?.focus();
  }, [turn]);
  if (faults.length === 0) return null;
  return (
    <div
      ref={panel}
      className="panel panel-error fault-summary"
      role="group"
      aria-labelledby="faults"
      tabIndex={-1}
    >
      <Icon name="warning" />
      <div className="panel-words">
        <h3 id="faults" className="panel-title">
          {faults.length === 1
            ? "One thing has to be mended"
            : `${String(faults.length)} things have to be mended`}
        </h3>
        <ul className="plain-list">
          {faults.map(({ field, message }) => (
            <li key={field + message}>
              <Button
                className="link link-button"
                onPress={() => {
                  focusField(rootOf(field));
                }}
              >
                {message}
              </Button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
