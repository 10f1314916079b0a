// The lines of one sort of a dry run, fifty at a time.

import { useCallback, useRef, useState } from "react";
import { Button } from "react-aria-components";
import { AlertPanel } from "../components/AlertPanel";
import { Icon } from "../components/Icon";
import { api, type DryRunLine, type EntryRef, type LineSort } from "../lib/api";
import { sortNames } from "../lib/importWords";
import { capital, count } from "../lib/words";
import { useAsked } from "../state/useAsked";
import { EntrySheet } from "./EntrySheet";

const PAGE_SIZE = 50;

export function Lines({ dryRun, sort }: { dryRun: string; sort: LineSort }) {
  const [page, setPage] = useState(0);
  const [open, setOpen] = useState<EntryRef | null>(null);
  const ask = useCallback(() => api.importLines(dryRun, sort, page), [dryRun, sort, page]);
  const { value, error, pending, again } = useAsked(ask);
  const first = page * PAGE_SIZE;
  const list = useRef<HTMLOListElement>(null);
  return (
    <div className="lines" aria-busy={pending}>
      {error !== null && <AlertPanel error={error} onAgain={again} />}
      {value !== null && (
        <>
          <Pager
            page={page}
            total={value.total}
            onPage={(next) => {
              setPage(next);
              // At either end the pressed button can be pressed no more: the focus goes on to the lines.
              if (next === 0 || (next + 1) * PAGE_SIZE >= value.total) list.current?.focus();
            }}
          />
          <ol ref={list} className="line-list" start={first + 1} tabIndex={-1} aria-label={sortNames[sort]}>
            {value.lines.map((line, at) => (
              <Line key={`${line.at} ${String(at)}`} line={line} onOpen={setOpen} />
            ))}
          </ol>
        </>
      )}
      <EntrySheet
        entry={open}
        onClose={() => {
          setOpen(null);
        }}
      />
    </div>
  );
}

type PagerProps = { page: number; total: number; onPage: (page: number) => void };

function Pager({ page, total, onPage }: PagerProps) {
  if (total <= PAGE_SIZE) return null;
  const first = page * PAGE_SIZE;
  const last = Math.min(first + PAGE_SIZE, total);
  return (
    <div className="pager" role="group" aria-label="Pages">
      <Button
        className="button button-small"
        isDisabled={page === 0}
        onPress={() => {
          onPage(page - 1);
        }}
      >
        The fifty before
      </Button>
      <span role="status">
        {count(first + 1)} to {count(last)} of {count(total)}
      </span>
      <Button
        className="button button-small"
        isDisabled={last >= total}
        onPress={() => {
          onPage(page + 1);
        }}
      >
        The next fifty
      </Button>
    </div>
  );
}

type LineProps = { line: DryRunLine; onOpen: (entry: EntryRef) => void };

function Line({ line: { kind, name, at, message, changes, entry }, onOpen }: LineProps) {
  return (
    <li className="line">
      <p className="line-top">
        <span className="line-name">{name === "" ? capital(kind === "" ? "a record" : kind) : name}</span>
        {kind !== "" && kind !== "service" && <span className="tag">{kind}</span>}
        <span className="line-at">{at}</span>
      </p>
      {message !== "" && <p>{message}</p>}
      {changes.length > 0 && (
        <dl className="changes">
          {changes.map(({ field, from, to }, index) => (
            <div key={`${field} ${String(index)}`} className="fact-row">
              <dt>{field.replaceAll("_", " ")}</dt>
              <dd>
                <del>{from ?? "not known"}</del> <Icon name="on" />
                <span className="unseen">becomes</span> <ins>{to ?? "not known"}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {entry !== null && (
        <p className="line-entry">
          In the directory:{" "}
          {kind === "service" ? (
            <Button
              className="button button-small"
              onPress={() => {
                onOpen(entry);
              }}
            >
              {entry.name}
            </Button>
          ) : (
            entry.name
          )}
        </p>
      )}
    </li>
  );
}
