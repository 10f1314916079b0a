// Says what is kept of a search that found nothing, and lets the person stop it. The clock stands still
// while they read or are about to choose.

import { Button, Group } from "react-aria-components";
import { AlertPanel } from "../components/AlertPanel";
import type { Query } from "../state/query";
import { useKeepUnmet, type Unmet } from "../state/useKeepUnmet";

export function Keeping({ query }: { query: Query }) {
  return (
    <Group className="panel panel-info" aria-label="What is kept of this search">
      {({ isHovered, isFocusWithin }) => <KeptOrNot query={query} held={isHovered || isFocusWithin} />}
    </Group>
  );
}

function KeptOrNot({ query, held }: { query: Query; held: boolean }) {
  const { unmet, decline } = useKeepUnmet(query, held);
  if (unmet.state === "failed") return <AlertPanel error={unmet.error} still="The search was not kept." />;
  return (
    <div className="panel-words">
      <p tabIndex={-1} id="keeping">
        {keepingWords(unmet, query.text.trim())}
      </p>
      {unmet.state === "waiting" && (
        <Button
          className="button button-small"
          onPress={() => {
            decline();
            // The pressed button is gone: the focus goes to the words that say so.
            document.getElementById("keeping")?.focus();
          }}
        >
          Don’t keep
        </Button>
      )}
    </div>
  );
}

function keepingWords(unmet: Unmet, words: string): string {
  const what = `The words “${words}” and the boroughs chosen`;
  switch (unmet.state) {
    case "kept":
      return `${what} are kept on this computer, to show where services are missing, and nothing else.`;
    case "declined":
      return "This search is not kept.";
    default:
      return `${what} will be kept on this computer in a few moments, to show where services are missing. If the words name a person, choose “Don’t keep”.`;
  }
}
