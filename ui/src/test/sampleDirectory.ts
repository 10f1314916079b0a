// A directory over the sample data that answers the window's commands: enough of a search for tests.

import type {
  AppError,
  DirectoryStatus,
  FacetCount,
  Hit,
  Related,
  SearchRequest,
  SearchResponse,
  Settings,
  TermView,
} from "../lib/api";
import { bareEntry, boroughs, needs, sampleEntry, sampleHit, sampleReasons, tiers } from "./sample";
import { answerEditing, sampleEditing, type SampleEditing } from "./sampleEditing";
import { answerInterchange, held, sampleInterchange, type SampleInterchange } from "./sampleInterchange";

export type SampleState = {
  size: number;
  /** Answers every command of this name with an error. */
  failing: Partial<Record<string, AppError>>;
  status: DirectoryStatus;
  settings: Settings;
  kept: SearchRequest[];
  opened: string[];
  interchange: SampleInterchange;
  editing: SampleEditing;
};

export function sampleState(size = 69): SampleState {
  return {
    size,
    failing: {},
    status: {
      version: "0.1.0",
      entries: size,
      organisations: Math.ceil(size / 2),
      index: { state: "ready" },
      notices: [],
      data_folder: "a sample folder",
      source_line: "Sample data, none of it real",
    },
    settings: { theme: "system", motion: "system", text_percent: 100, letter_keys: true },
    kept: [],
    opened: [],
    interchange: sampleInterchange(),
    editing: sampleEditing(),
  };
}

type Arguments = Readonly<Record<string, unknown>>;

export function answer(state: SampleState, command: string, args: Arguments): unknown {
  switch (command) {
    case "search":
      return search(state, args["request"] as SearchRequest);
    case "entry":
      return entry(args["id"] as string);
    case "related":
      return related(args["id"] as string);
    case "status":
      return state.status;
    case "settings":
      return state.settings;
    case "attributions":
      return [{ what: "Sample data", licence: "none" }];
    case "save_settings":
      state.settings = args["settings"] as Settings;
      return null;
    case "keep_unmet":
      state.kept.push(args["request"] as SearchRequest);
      return null;
    case "open_link":
      state.opened.push(args["url"] as string);
      return null;
    case "retry_start":
      state.failing = {};
      return null;
    default:
      return answerOthers(state, command, args);
  }
}

function answerOthers(state: SampleState, command: string, args: Arguments): unknown {
  return held(state.interchange, command, args, () => {
    const edited = answerEditing(state.editing, command, args);
    if (edited !== undefined) return edited;
    return answerInterchange(state.interchange, state.size, command, args);
  });
}

const GENERATED_AT_MOST = 900;

export function search(state: SampleState, request: SearchRequest): SearchResponse {
  const words = request.text.trim().toLowerCase();
  // A large directory is counted, not generated: only the page that is asked for is made.
  if (words === "" && state.size > GENERATED_AT_MOST) return largePage(state, request);
  const all = Array.from({ length: Math.min(state.size, GENERATED_AT_MOST) }, (_, index) => sampleHit(index));
  const matching = all.filter((hit) => matches(words, hit));
  const found = matching.filter((hit) => passes(hit, request));
  const filtered = request.needs.length + request.boroughs.length + request.tiers.length > 0;
  return {
    total: found.length,
    facets: {
      need: counts(
        needs,
        matching.filter((hit) => passes(hit, { ...request, needs: [] })),
        (hit) => hit.needs,
      ),
      borough: counts(
        boroughs,
        matching.filter((hit) => passes(hit, { ...request, boroughs: [] })),
        (hit) => hit.boroughs,
      ),
      tier: counts(
        tiers,
        matching.filter((hit) => passes(hit, { ...request, tiers: [] })),
        (hit) => [hit.tier ?? ""],
      ),
    },
    unknown: 0,
    unknown_by: { need: 0, borough: 0, tier: found.filter(({ tier }) => tier === null).length },
    hits: found.slice(request.offset, request.offset + request.limit).map((hit, index) => ({
      ...hit,
      distance_km: request.near === null ? null : 0.4 + index * 0.7,
      why: sampleReasons(words, hit),
    })),
    notes: words.includes("xyz")
      ? [{ kind: "dropped", text: "Nothing has “xyz”: searched for the other words." }]
      : [],
    near: request.near === null ? null : { label: "M6: Salford", coarse: true },
    without_filters: found.length === 0 && filtered ? matching.length : null,
  };
}

function largePage(state: SampleState, request: SearchRequest): SearchResponse {
  const one = search({ ...state, size: GENERATED_AT_MOST }, { ...request, offset: 0 });
  const length = Math.max(0, Math.min(request.limit, state.size - request.offset));
  const hits = Array.from({ length }, (_, index) => sampleHit(request.offset + index));
  return { ...one, total: state.size, hits };
}

function matches(words: string, hit: Hit): boolean {
  if (words === "") return true;
  if (words.startsWith("lonely")) return hit.needs.includes("Social isolation");
  const text = `${hit.name} ${hit.summary ?? ""} ${hit.needs.join(" ")}`.toLowerCase();
  return words
    .split(/\s+/)
    .filter((word) => word !== "xyz")
    .every((word) => text.includes(word));
}

function passes(hit: Hit, request: SearchRequest): boolean {
  const has = (chosen: readonly string[], terms: readonly TermView[], names: readonly string[]) =>
    chosen.length === 0 || terms.some(({ id, name }) => chosen.includes(id) && names.includes(name));
  return (
    has(request.needs, needs, hit.needs) &&
    has(request.boroughs, boroughs, hit.boroughs) &&
    has(request.tiers, tiers, [hit.tier ?? ""])
  );
}

function counts(
  terms: readonly TermView[],
  hits: readonly Hit[],
  of: (hit: Hit) => readonly string[],
): FacetCount[] {
  return terms.map(({ id, name }) => ({
    id,
    term: name,
    count: hits.filter((hit) => of(hit).includes(name)).length,
  }));
}

function entry(id: string) {
  const index = Number(id.replace("sample-", ""));
  return index % 4 === 3 ? bareEntry(index) : sampleEntry(index);
}

function related(id: string): Related {
  const index = Number(id.replace("sample-", ""));
  return {
    step_up: [sampleHit(index + 1)],
    step_down: [],
    similar: [sampleHit(index + 9), sampleHit(index + 18)],
    neighbouring: [sampleHit(index + 2)],
    step_up_tier: "Tier 1 Community-based health programme",
    step_down_tier: null,
  };
}
