// What can be done with the open entry, each with its key, and what waits on it.

import { useCallback } from "react";
import { Button } from "react-aria-components";
import { AlertPanel } from "../components/AlertPanel";
import { Icon, type IconName } from "../components/Icon";
import { api, type EntryView } from "../lib/api";
import { useCurrent } from "../state/useCurrent";
import { useEntryActs, type Act } from "./acts";
import { Waiting } from "./Waiting";

export function EntryBar({ entry: { id, name } }: { entry: EntryView }) {
  const acts = useEntryActs();
  const ask = useCallback(async () => ({ of: id, work: await api.entryWork(id) }), [id]);
  const { value, error, again } = useCurrent(ask);
  // What waits on the entry that was shown before is not this one's.
  const work = value?.of === id ? value.work : null;
  const buttons: readonly (readonly [Act, IconName, string, string | null])[] = [
    ["edit", "pen", work?.may === "suggest" ? "Suggest a change" : "Edit", "E"],
    ["check", "check", "Still correct", "V"],
    ["flag", "flag", "Something is wrong", "F"],
    ["history", "history", "History", "H"],
    ["remove", "cross", work?.may === "suggest" ? "Ask to remove" : "Remove", null],
  ];
  return (
    <>
      {error !== null && (
        <AlertPanel error={error} title="What waits on this entry is not known" onAgain={again} />
      )}
      {work !== null && <Waiting work={work} />}
      <div className="entry-acts" role="group" aria-label="What you can do">
        {buttons.map(([act, icon, said, key]) => (
          <Button
            key={act}
            className="button button-small"
            {...(key !== null && { "aria-keyshortcuts": key })}
            onPress={() => {
              acts(act, { kind: "service", id, name });
            }}
          >
            <Icon name={icon} /> {said}
          </Button>
        ))}
      </div>
    </>
  );
}
