// The open entry: everything known, everything not known, how fresh, from where, and what leads on.

import type { Ref } from "react";
import { Button } from "react-aria-components";
import { AlertPanel } from "../components/AlertPanel";
import { Icon } from "../components/Icon";
import type { Hit, ReasonView } from "../lib/api";
import { reasonInFull } from "../lib/words";
import type { OpenEntry } from "../state/useEntry";
import { EntryBar } from "../work/EntryBar";
import { Access, Contact, WhoFor } from "./Contact";
import { Head } from "./Head";
import { LeadsOn } from "./LeadsOn";
import { Provenance } from "./Provenance";
import { Offer } from "./Offer";

type Props = {
  headingRef: Ref<HTMLHeadingElement>;
  open: OpenEntry;
  why: readonly ReasonView[];
  /** Where Back leads, in words; null where the list stands beside the entry. */
  back: string | null;
  onBack: () => void;
  onOpen: (hit: Hit) => void;
  /** What the name of the entry is known by in the document; only where the pane itself may be there too. */
  nameId?: string;
};

export function ServicePane({ headingRef, open, why, back, onBack, onOpen, nameId }: Props) {
  const { entry, related, error } = open;
  return (
    <section id={nameId === undefined ? "service" : undefined} className="service" aria-label="Service">
      {back !== null && (
        <Button className="button service-back" onPress={onBack}>
          <Icon name="back" /> {back}
        </Button>
      )}
      {error !== null && <AlertPanel error={error} onAgain={open.again} />}
      {entry === null && error === null && <Resting />}
      {entry !== null && (
        <article className="entry" aria-labelledby={nameId ?? "entry-name"}>
          <Head entry={entry} headingRef={headingRef} nameId={nameId ?? "entry-name"}>
            {nameId === undefined && <EntryBar entry={entry} />}
          </Head>
          <Contact entry={entry} />
          <NotKnown labels={entry.not_known} />
          <WhoFor entry={entry} />
          <Access entry={entry} />
          <Offer entry={entry} />
          <WhyMatched reasons={why} />
          <Provenance entry={entry} />
          {related !== null && <LeadsOn related={related} onOpen={onOpen} />}
        </article>
      )}
    </section>
  );
}

function Resting() {
  return (
    <div className="resting">
      <p className="resting-title">Everything known about a service shows here</p>
      <p>
        Press <kbd>↓</kbd> to go to the list, <kbd>Enter</kbd> to read on, <kbd>Esc</kbd> to come back.
      </p>
    </div>
  );
}

function NotKnown({ labels }: { labels: readonly string[] }) {
  if (labels.length === 0) return null;
  return (
    <div className="not-known" role="group" aria-label="Not known">
      <Icon name="info" />
      <div>
        <p>
          <strong>Not known:</strong> {labels.join(", ")}.
        </p>
        <p>Not known is neither yes nor no: ring or write first.</p>
      </div>
    </div>
  );
}

function WhyMatched({ reasons }: { reasons: readonly ReasonView[] }) {
  if (reasons.length === 0) return null;
  return (
    <>
      <h3>Why it was found</h3>
      <ul className="plain-list">
        {reasons.map((reason) => (
          <li key={reason.kind + reason.said + reason.found}>{reasonInFull(reason)}</li>
        ))}
      </ul>
    </>
  );
}
