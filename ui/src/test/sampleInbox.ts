// Generated sample items of the inbox, the outbox and a history. None of it happened.

import type { HistoryLine, InboxField, InboxItem, InboxLine, InboxSort, OutboxLine } from "../lib/api";

const changed = {
  field: "phones",
  label: "Telephone",
  group: null,
  old: "0161 496 0000",
  new: "0161 496 0001",
  added: [],
  removed: [],
};

export function sampleOutbox(row: number, part: Partial<OutboxLine> = {}): OutboxLine {
  return {
    row,
    kind: "service",
    id: "sample-0",
    name: "Bolton Befriending 1",
    what: "edit",
    said: "Changed the telephone",
    at: "2026-11-20T09:12:00Z",
    at_said: "today at 09:12",
    state: "waiting",
    state_said: "waiting to be sent",
    reason: null,
    can_withdraw: true,
    can_undo: false,
    changes: [changed],
    ...part,
  };
}

export function sampleOutboxLines(): OutboxLine[] {
  return [
    sampleOutbox(4),
    sampleOutbox(3, {
      what: "flag",
      said: "Flagged: the number rings out",
      state: "queued",
      state_said: "waits for a curator",
      can_withdraw: false,
      changes: [],
    }),
    sampleOutbox(2, {
      name: "Bury Walking group 2",
      id: "sample-1",
      what: "suggest",
      said: "Suggested another cost",
      state: "declined",
      state_said: "declined by a curator",
      reason: "It is still free",
      can_withdraw: false,
      at_said: "on Tuesday",
    }),
    sampleOutbox(1, {
      state: "applied",
      state_said: "in the directory",
      can_withdraw: false,
      can_undo: true,
    }),
  ];
}

export function sampleLine(item: string, sort: InboxSort, part: Partial<InboxLine> = {}): InboxLine {
  return {
    item,
    sort,
    kind: "service",
    id: "sample-0",
    name: "Bolton Befriending 1",
    said: "Telephone and opening hours",
    from: "Ann at Sample Practice",
    at_said: "yesterday at 16:40",
    clock_off: false,
    open: true,
    outcome: null,
    waiting: false,
    ...part,
  };
}

export function sampleInboxLines(): InboxLine[] {
  return [
    sampleLine("i1", "suggestion"),
    sampleLine("i2", "conflict", { said: "Two changes to the telephone and the needs", clock_off: true }),
    sampleLine("i3", "flag", { said: "The number rings out", name: "Bury Walking group 2", id: "sample-1" }),
    sampleLine("i4", "removal", { said: "To be removed, but changed since", name: "Wigan Debt advice 3" }),
    sampleLine("i5", "refused", { said: "Not taken: the web address has a space in it" }),
  ];
}

function field(name: string, label: string, part: Partial<InboxField> = {}): InboxField {
  return {
    field: name,
    label,
    group: null,
    base: "0161 496 0000",
    theirs: "0161 496 0000",
    mine: "0161 496 0001",
    added: [],
    removed: [],
    differs: true,
    json: JSON.stringify([{ number: "0161 496 0001" }]),
    ...part,
  };
}

const hours: readonly InboxField[] = [
  field("schedules", "Opening hours", {
    group: "Opening hours",
    base: "Monday to Friday, 09:00 to 13:00",
    theirs: "Monday to Friday, 09:00 to 13:00",
    mine: "Monday and Tuesday, 10:00 to 12:00",
    json: "[]",
  }),
  field("service_at_locations", "Places", {
    group: "Opening hours",
    base: "Sample community centre",
    theirs: "Sample community centre",
    mine: "Sample community centre",
    differs: false,
    json: "[]",
  }),
];

const wanted = field("attributes.need", "Needs", {
  base: "Social isolation",
  theirs: "Social isolation, Wellbeing",
  mine: "Social isolation, Employment",
  added: ["Employment"],
  removed: ["Wellbeing"],
  json: "[]",
});

export function sampleItem(line: InboxLine): InboxItem {
  const { sort } = line;
  const fields: Record<InboxSort, readonly InboxField[]> = {
    suggestion: [field("phones", "Telephone"), ...hours],
    conflict: [field("phones", "Telephone", { theirs: "0161 496 0002" }), wanted],
    flag: [],
    removal: [],
    refused: [field("url", "Website", { theirs: null, base: null, mine: "https://example.org/a b" })],
  };
  return {
    line,
    note: sort === "suggestion" ? "They told me on the phone." : null,
    text: sort === "flag" ? "The number rings out, twice this week." : null,
    reason: sort === "refused" ? "The web address has a space in it. Edit it and send it again." : null,
    fields: [...fields[sort]],
    can_settle: line.open && sort !== "refused",
  };
}

export const sampleHistory: readonly HistoryLine[] = [
  {
    version: 3,
    revision: null,
    at_said: "today at 09:12",
    by: "you",
    what: "changed the telephone",
    changes: [changed],
    can_restore: false,
    key: "v3",
  },
  {
    version: 2,
    revision: null,
    at_said: "in spring 2026",
    by: "Sam, curator of Bolton",
    what: "changed the cost",
    changes: [
      {
        field: "fees",
        label: "Cost in words",
        group: "Cost",
        old: null,
        new: "free",
        added: [],
        removed: [],
      },
    ],
    can_restore: true,
    key: "v2",
  },
  {
    version: 1,
    revision: null,
    at_said: "in spring 2018",
    by: null,
    what: "came with the program",
    changes: [],
    can_restore: true,
    key: "v1",
  },
];
