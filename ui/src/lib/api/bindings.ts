// The commands and types that the window shares with Rust. Edit the Rust side first.

import { invoke as __TAURI_INVOKE } from "@tauri-apps/api/core";

export const commands = {
  search: (request: SearchRequest) => typedError<SearchResponse>(__TAURI_INVOKE("search", { request })),
  entry: (id: string, near: string | null) => typedError<EntryView>(__TAURI_INVOKE("entry", { id, near })),
  related: (id: string, boroughs: string[]) => typedError<Related>(__TAURI_INVOKE("related", { id, boroughs })),
  status: () => typedError<DirectoryStatus>(__TAURI_INVOKE("status")),
  attributions: () => typedError<Attribution[]>(__TAURI_INVOKE("attributions")),
  settings: () => typedError<Settings>(__TAURI_INVOKE("settings")),
  saveSettings: (settings: Settings) => typedError<null>(__TAURI_INVOKE("save_settings", { settings })),
  keepUnmet: (request: SearchRequest) => typedError<null>(__TAURI_INVOKE("keep_unmet", { request })),
  openLink: (url: string) => typedError<null>(__TAURI_INVOKE("open_link", { url })),
  retryStart: () => typedError<null>(__TAURI_INVOKE("retry_start")),
};

export type Result<T, E> = { status: "ok"; data: T } | { status: "error"; error: E };

async function typedError<T>(answer: Promise<unknown>): Promise<Result<T, AppError>> {
  try {
    return { status: "ok", data: (await answer) as T };
  } catch (error) {
    if (error instanceof Error) throw error;
    return { status: "error", error: error as AppError };
  }
}

export type AppError = { code: "store_unreadable" | "store_newer" | "store_locked" | "disk_full" | "read_only" | "not_found" | "bad_query" | "index_unavailable" | "internal"; message: string };

export type Term = { id: string; name: string };            // id = code: "social-isolation", "E08000006", "tier-1"
export type AssessedTerm = { id: string; name: string; detail: string | null; assessed: boolean }; // assessed = read out of the text by an editor

export type SearchRequest = { text: string; needs: string[]; boroughs: string[]; tiers: string[]; near: string | null; offset: number; limit: number }; // ids or terms; limit <= 50
export type FacetCount = { id: string; term: string; count: number };
export type Facets = { need: FacetCount[]; borough: FacetCount[]; tier: FacetCount[] };   // every option, also those at 0, in display order
export type UnknownCounts = { need: number; borough: number; tier: number };  // how many of what is found have none known (as the other filters stand)
export type ReasonKind = "name" | "word" | "beginning" | "synonym" | "spelling" | "area" | "near";
export type Reason = { kind: ReasonKind; said: string; found: string }; // said: what was typed; found: what in the entry answered it
export type NoteKind = "dropped" | "corrected" | "some_words" | "place" | "near_coarse" | "near_unknown" | "relaxed";
export type Note = { kind: NoteKind; text: string };        // a sentence ready to show
export type Way = { ways: string[]; line: string };          // line: ready to show, e.g. "Ask a GP or nurse to refer" or "Way in not known: ring first"
export type Freshness = { date: string | null; said: string; stale: boolean }; // said: "checked in spring 2018" / "never checked"
export type Status = { state: "open" | "paused" | "closed" | "full" | "waiting_list"; until: string | null; said: string | null }; // said null when open
export type Hit = { id: string; name: string; organisation: string | null; summary: string | null; for_whom: string | null;
  where_line: string | null;      // "comes to you" / "at Gorton day centre" / null = not known
  cost: string | null; needs: string[]; boroughs: string[]; tier: string | null; way_in: Way | null; checked: Freshness; status: Status;
  distance_km: number | null; why: Reason[] };
export type SearchResponse = { total: number; facets: Facets; unknown: number; unknown_by: UnknownCounts; hits: Hit[]; notes: Note[];
  near: { label: string; coarse: boolean } | null;
  without_filters: number | null };  // when total is 0 and filters are on: how many without them

export type PhoneView = { number: string; dial: string; label: string | null };
export type PlaceView = { name: string; address: string | null; postcode: string | null; distance_km: number | null; access: string | null };
export type CheckView = { what: string; said: string; date: string | null; how: string | null; stale: boolean };
export type SourceView = { source: string; where: string | null; entered_by: string | null; licence: string | null };
export type EntryView = { id: string; name: string; alternate_names: string[];
  organisation: { id: string; name: string; description: string | null; url: string | null } | null;
  summary: string | null; description: string | null; status: Status; alert: string | null;
  needs: AssessedTerm[]; tier: AssessedTerm | null; delivery_level: AssessedTerm | null; activities: AssessedTerm[]; populations: AssessedTerm[]; support_types: AssessedTerm[]; models: AssessedTerm[]; does: AssessedTerm[];
  coverage: Term[]; meets_you: string[]; places: PlaceView[];
  who_for: string | null; ages: string | null; languages: string[];
  way_in: string[]; application_process: string | null; referrers: string[];
  phones: PhoneView[]; email: string | null; url: string | null;
  opening: string[]; cost: string | null; wait: string | null; access: string[];
  checked: Freshness; checks: CheckView[]; sources: SourceView[];
  not_known: string[] };           // labels of what is not known, e.g. ["telephone", "cost", "opening hours"]; empty arrays/null above mean not known
export type Related = { step_up: Hit[]; step_down: Hit[]; similar: Hit[]; neighbouring: Hit[]; step_up_tier: string | null; step_down_tier: string | null }; // short lists (<= 5)

export type IndexState = { state: "ready" } | { state: "building"; done: number; total: number } | { state: "failed"; message: string };
export type Notice = { id: string; level: "info" | "warning" | "error"; title: string; text: string; what_to_do: string | null };
export type DirectoryStatus = { version: string; entries: number; organisations: number; index: IndexState; notices: Notice[]; data_folder: string; source_line: string }; // source_line: "Greater Manchester, checked in spring 2018"
export type Attribution = { what: string; licence: string };
export type Theme = "system" | "light" | "dark" | "contrast";
export type Motion = "system" | "reduced";
export type Settings = { theme: Theme; motion: Motion; text_percent: number; letter_keys: boolean }; // text_percent 80..200; letter_keys: single-letter shortcuts on
