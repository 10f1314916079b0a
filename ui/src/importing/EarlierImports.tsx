// What was imported before, newest first; the latest can be taken out again.

import { AlertPanel } from "../components/AlertPanel";
import { Confirm } from "../components/Confirm";
import { api, type ImportView } from "../lib/api";
import { broughtIn, undoneWords } from "../lib/importWords";
import type { Importing } from "../state/useImport";
import { useAsked } from "../state/useAsked";

export function EarlierImports({ importing }: { importing: Importing }) {
  const { value, error, again } = useAsked(api.imports);
  const undo = (made: ImportView) => {
    importing.undo(made.id, again);
    document.getElementById("earlier-title")?.focus();
  };
  return (
    <section className="earlier" aria-labelledby="earlier-title">
      <h3 id="earlier-title" tabIndex={-1}>
        Imported before
      </h3>
      {error !== null && <AlertPanel error={error} onAgain={again} />}
      {importing.undone !== null && (
        <p className="quiet-note" role="status">
          {undoneWords(importing.undone)}
        </p>
      )}
      {value?.length === 0 && <p className="quiet-note">Nothing yet.</p>}
      {value !== null && value.length > 0 && (
        <ul className="earlier-list">
          {value.map((made) => (
            <li key={made.id} className="earlier-one">
              <div className="earlier-words">
                <p className="earlier-source">{made.source}</p>
                <p>
                  {made.when}: {broughtIn(made)}
                  {made.undone && ". Undone"}
                </p>
                <p className="quiet-note">{made.from}</p>
              </div>
              {made.can_undo && (
                <Confirm
                  what="Undo"
                  whole={`Undo the import of ${made.source}`}
                  question="Take out what it brought in, and put back what it changed?"
                  yes="Yes, undo it"
                  no="Leave it"
                  onYes={() => {
                    undo(made);
                  }}
                />
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
