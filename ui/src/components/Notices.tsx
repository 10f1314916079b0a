// What happened to the local copy, said once, until the person puts it away.

import { useState } from "react";
import { Button } from "react-aria-components";
import type { Notice } from "../lib/api";
import { Icon } from "./Icon";

export function Notices({ notices }: { notices: readonly Notice[] }) {
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const shown = notices.filter(({ id }) => !dismissed.includes(id));
  if (shown.length === 0) return null;
  return (
    <section className="notices" aria-label="Notices">
      {shown.map((notice) => (
        <div key={notice.id} className={`panel panel-${notice.level}`}>
          <Icon name={notice.level === "info" ? "info" : "warning"} />
          <div className="panel-words">
            <p className="panel-title">{notice.title}</p>
            <p>{notice.text}</p>
            {notice.what_to_do !== null && <p>{notice.what_to_do}</p>}
          </div>
          <Button
            className="button-icon"
            aria-label={`Dismiss: ${notice.title}`}
            onPress={() => {
              setDismissed([...dismissed, notice.id]);
            }}
          >
            <Icon name="cross" />
          </Button>
        </div>
      ))}
    </section>
  );
}
