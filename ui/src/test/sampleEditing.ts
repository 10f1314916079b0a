// Answers the commands of editing, the inbox and the hub over the sample data.

import type {
  EditView,
  EntryWork,
  InboxLine,
  Kind,
  OutboxLine,
  RecordBrief,
  RecordForm,
  Saved,
  Settle,
} from "../lib/api";
import { sampleCheck, sampleForm, sampleView } from "./sampleForms";
import { answerHub, sampleAlone, type SampleHub } from "./sampleHub";
import { sampleHistory, sampleInboxLines, sampleItem, sampleLine, sampleOutboxLines } from "./sampleInbox";

export type SampleEditing = SampleHub & {
  may: "edit" | "suggest";
  drafts: Map<string, RecordForm>;
  saved: { kind: Kind; id: string; form: RecordForm; note: string | null }[];
  settled: { item: string; settle: Settle }[];
  inbox: InboxLine[];
  outbox: OutboxLine[];
  work: Partial<EntryWork>;
};

export function sampleEditing(): SampleEditing {
  return {
    may: "edit",
    drafts: new Map(),
    saved: [],
    done: [],
    settled: [],
    inbox: sampleInboxLines(),
    outbox: sampleOutboxLines(),
    work: {},
    sync: sampleAlone,
  };
}

type Arguments = Readonly<Record<string, unknown>>;

const saved = (said: string, id: string, nothing = false): Saved => ({ outbox: 9, said, nothing, id });

/** Undefined: no command of editing. */
export function answerEditing(state: SampleEditing, command: string, args: Arguments): unknown {
  const kind = args["kind"] as Kind;
  const id = args["id"] as string;
  const form = args["form"] as RecordForm;
  switch (command) {
    case "edit_begin":
      return begin(state, kind, id);
    case "edit_check":
      return sampleCheck(form, sampleForm(kind, id.startsWith("new-")));
    case "edit_draft":
      state.drafts.set(id, form);
      return null;
    case "draft_drop":
      state.drafts.delete(id);
      return null;
    case "edit_save":
      state.drafts.delete(id);
      state.saved.push({ kind, id, form, note: args["note"] as string | null });
      return saved(state.may === "edit" ? "Saved on this computer, waits to be sent" : "Suggested", id);
    case "find_records":
      return found(kind, args["text"] as string);
    case "entry_work":
      return { may: state.may, waiting: [], suggestions: [], flags: [], conflicts: [], ...state.work };
    default: {
      const done = answerWork(state, command, args);
      return done === undefined ? answerHub(state, command, args) : done;
    }
  }
}

function begin(state: SampleEditing, kind: Kind, id: string | null): EditView {
  const view = sampleView(kind, id ?? `new-${kind}`, id === null || id.startsWith("new-"));
  const may = state.may;
  const may_said = may === "edit" ? view.may_said : "Your change goes to a curator as a suggestion.";
  const draft = state.drafts.get(view.id);
  if (draft === undefined) return { ...view, may, may_said };
  return { ...view, may, may_said, form: draft, draft_said: "Half-written on Tuesday at 14:05: kept" };
}

function withSent(view: EditView): EditView {
  if (view.form.kind !== "service") return view;
  const phones = [{ number: "0161 496 0001", description: null }];
  return { ...view, form: { ...view.form, form: { ...view.form.form, phones } } };
}

function found(kind: Kind, text: string): RecordBrief[] {
  const names = kind === "place" ? ["Sample library", "Sample hall"] : ["Sample Trust Bury", "Sample Advice"];
  return names
    .filter((name) => name.toLowerCase().includes(text.toLowerCase()))
    .map((name, at) => ({ kind, id: `${kind}-${String(at + 1)}`, name, line: "2 Sample Street" }));
}

function answerWork(state: SampleEditing, command: string, args: Arguments): unknown {
  const id = args["id"] as string;
  const row = args["row"] as number;
  switch (command) {
    case "flag":
      state.done.push(`flag ${id}: ${args["text"] as string}`);
      return saved("Told a curator", id);
    case "check":
      state.done.push(`check ${id}: ${args["how"] as string}, ${(args["of"] as string | null) ?? "whole"}`);
      return saved("Kept: still correct, by phone", id);
    case "remove_entry":
      state.done.push(`remove ${id}: ${args["reason"] as string}`);
      return saved("Removed", id);
    case "undo_last":
      return state.done.pop() === undefined ? null : saved("Undone", "sample-0");
    case "undo_outbox":
      state.done.push(`undo ${String(row)}`);
      return saved("Undone", "sample-0");
    case "withdraw":
      state.outbox = state.outbox.filter((line) => line.row !== row);
      return null;
    case "outbox":
      return { waiting: 1, lines: state.outbox };
    case "history":
      return { kind: args["kind"], id, name: "Bolton Befriending 1", lines: sampleHistory, hub_said: null };
    case "restore_version":
      state.done.push(`restore ${args["key"] as string}`);
      return saved("Brought back as it was", id);
    case "inbox": {
      const lines = state.inbox.filter(({ open }) => open === args["open"]);
      return { lines, open: state.inbox.filter(({ open }) => open).length, conflicts: 1 };
    }
    case "inbox_item":
      return sampleItem(state.inbox.find(({ item }) => item === args["item"]) ?? sampleLine("?", "flag"));
    case "edit_to_settle":
      return withSent(begin({ ...state, drafts: new Map() }, "service", "sample-0"));
    case "settle":
      state.settled.push({ item: args["item"] as string, settle: args["settle"] as Settle });
      state.inbox = state.inbox.map((line) =>
        line.item === args["item"]
          ? { ...line, open: false, outcome: "accepted by you", waiting: true }
          : line,
      );
      return saved("Settled, waits to be sent", "sample-0");
    default:
      return undefined;
  }
}
