// The top of an entry: its name, whose it is, whether it is open, and how old the word on it is.

import type { ReactNode, Ref } from "react";
import { Freshness } from "../components/Freshness";
import { Icon } from "../components/Icon";
import { OutLink } from "../components/OutLink";
import type { EntryView } from "../lib/api";
import { capital, list } from "../lib/words";

type Props = {
  entry: EntryView;
  headingRef: Ref<HTMLHeadingElement>;
  nameId: string;
  /** What waits on the entry and what can be done with it. */
  children: ReactNode;
};

export function Head({ entry, headingRef, nameId, children }: Props) {
  const { organisation } = entry;
  return (
    <header className="entry-head">
      <h2 id={nameId} ref={headingRef} tabIndex={-1}>
        {entry.name}
      </h2>
      {entry.alternate_names.length > 0 && (
        <p className="entry-also">Also called {list(entry.alternate_names)}</p>
      )}
      {organisation !== null && organisation.name !== entry.name && (
        <p className="entry-organisation">
          Run by {organisation.name}
          {organisation.url !== null && (
            <>
              {" "}
              <OutLink to={organisation.url} said="its website" />
            </>
          )}
        </p>
      )}
      <p className="entry-state">
        <Freshness checked={entry.checked} />
      </p>
      {entry.status.said !== null && (
        <p className="panel panel-warning">
          <Icon name="warning" /> <span>{capital(entry.status.said)}</span>
        </p>
      )}
      {entry.alert !== null && (
        <p className="panel panel-warning">
          <Icon name="warning" /> <span>{entry.alert}</span>
        </p>
      )}
      {children}
      {entry.summary !== null && <p className="entry-summary">{entry.summary}</p>}
      {entry.description !== null && entry.description !== entry.summary && (
        <p className="entry-description">{entry.description}</p>
      )}
    </header>
  );
}
