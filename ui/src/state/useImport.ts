// The journey of an import: what was chosen, how its columns are read, what it would do, what it did.
// Kept while the window is open, so that going to the search and back loses nothing.

import { useRef, useState } from "react";
import {
  api,
  type DryRun,
  type ImportLook,
  type ImportSource,
  type ImportView,
  type Mapping,
  type Undone,
} from "../lib/api";
import { announce } from "./announcer";
import { fitted } from "./mapping";
import { useJob, type Job } from "./useJob";

export type Step = "choose" | "map" | "check" | "done";

type Journey = Readonly<{
  step: Step;
  look: ImportLook | null;
  mapping: Mapping | null;
  dryRun: DryRun | null;
  made: ImportView | null;
  /** What the last undoing did. */
  undone: Undone | null;
}>;

type Acts = Readonly<{
  job: Job;
  /** Does what failed once more. */
  again: () => void;
  lookAt: (from: string) => void;
  /** Looks again, at another sheet or with the headings in another line. */
  lookAgain: (part: Pick<Mapping, "sheet" | "header_line">) => void;
  useSaved: (name: string) => void;
  change: (mapping: Mapping) => void;
  check: () => void;
  apply: () => void;
  /** Takes an import out again; `then` is called when that is done. */
  undo: (id: number, then: () => void) => void;
  goTo: (step: Step) => void;
}>;

export type Importing = Journey & Acts;

const start: Journey = {
  step: "choose",
  look: null,
  mapping: null,
  dryRun: null,
  made: null,
  undone: null,
};

/** `onChanged` is called whenever the directory is another one. */
export function useImport(onChanged: () => void): Importing {
  const [journey, setJourney] = useState(start);
  const job = useJob();
  const last = useRef<() => void>(() => undefined);
  /** Mappings of files that were put aside for another one. */
  const drafts = useRef(new Map<string, Mapping>());
  const { look, mapping, dryRun } = journey;

  const change = (next: Mapping) => {
    if (look !== null) drafts.current.set(look.from, next);
    job.dismiss();
    setJourney((now) => ({ ...now, mapping: next }));
  };

  const perform = (work: () => Promise<void>) => {
    // One thing at a time: what is asked for meanwhile is neither begun nor taken up later.
    if (job.running !== null) return;
    last.current = () => void work();
    void work();
  };

  const checkNow = async (source: ImportSource) => {
    const found = await job.run("Working out what would change", (id) => api.importCheck(id, source));
    if (found !== null) setJourney((now) => ({ ...now, dryRun: found, step: "check" }));
  };

  const lookAt = (from: string) => {
    perform(async () => {
      const found = await job.run("Reading", (id) =>
        api.importLook(id, { from, format: null, mapping: null }),
      );
      if (found === null) return;
      if (found.table === null) {
        setJourney({ ...start, look: found });
        await checkNow(sourceOf(found, null));
        return;
      }
      const draft = drafts.current.get(found.from);
      const proposed = found.table.mapping;
      const next = draft === undefined ? proposed : fitted(draft, proposed);
      setJourney({ ...start, look: found, mapping: next, step: "map" });
    });
  };

  /** Looks again under a mapping and keeps of it what still fits. */
  const lookUnder = async (wanted: Mapping) => {
    if (look === null) return;
    const found = await job.run("Reading", (id) => api.importLook(id, sourceOf(look, wanted)));
    if (found?.table == null) return;
    const { table } = found;
    setJourney((now) => ({ ...now, look: found, mapping: fitted(wanted, table.mapping) }));
  };

  return {
    ...journey,
    job,
    again: () => {
      last.current();
    },
    lookAt,
    lookAgain: (part) => {
      if (mapping === null || look === null) return;
      perform(async () => {
        const wanted = { ...mapping, ...part };
        const found = await job.run("Reading", (id) => api.importLook(id, sourceOf(look, wanted)));
        if (found?.table == null) return;
        const { source, licence, dated } = mapping;
        const next = { ...found.table.mapping, source, licence: licence ?? null, dated: dated ?? null };
        setJourney((now) => ({ ...now, look: found, mapping: next }));
      });
    },
    useSaved: (name) => {
      perform(async () => {
        const saved = await job.run("Reading", () => api.mapping(name));
        if (saved === null) return;
        await lookUnder(saved);
        announce(`The columns are matched as saved under “${name}”`);
      });
    },
    change,
    check: () => {
      if (look !== null) perform(() => checkNow(sourceOf(look, mapping)));
    },
    apply: () => {
      if (dryRun === null) return;
      perform(async () => {
        const made = await job.run("Importing", (id) => api.importApply(id, dryRun.id));
        if (made === null) return;
        setJourney((now) => ({ ...now, made, undone: null, step: "done" }));
        drafts.current.clear();
        onChanged();
      });
    },
    undo: (id, then) => {
      perform(async () => {
        const undone = await job.run("Undoing the import", (running) => api.importUndo(running, id));
        if (undone === null) return;
        setJourney((now) => ({ ...now, undone }));
        onChanged();
        then();
      });
    },
    goTo: (step) => {
      job.dismiss();
      setJourney((now) => ({ ...now, step, undone: null }));
    },
  };
}

export function sourceOf(look: ImportLook, mapping: Mapping | null): ImportSource {
  return { from: look.from, format: look.format, mapping };
}
