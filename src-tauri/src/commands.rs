//! What the window may ask for. Each command forwards to one journey of the directory.

pub(crate) mod choose;
pub(crate) mod edit;
pub(crate) mod inbox;
pub(crate) mod interchange;
pub(crate) mod sync;

use directory::{
    AppError, Attribution, DirectoryStatus, EntryView, Related, SearchRequest, SearchResponse,
    Settings,
};
use tauri::State;

use crate::desk::Desk;
use crate::links;

/// Answers a search.
#[tauri::command]
#[specta::specta]
pub(crate) async fn search(
    desk: State<'_, Desk>,
    request: SearchRequest,
) -> Result<SearchResponse, AppError> {
    desk.ask(move |directory, today| directory.search(&request, today))
        .await
}

/// An entry whole, with distances from a postcode or outcode where one is given.
#[tauri::command]
#[specta::specta]
pub(crate) async fn entry(
    desk: State<'_, Desk>,
    id: String,
    near: Option<String>,
) -> Result<EntryView, AppError> {
    desk.ask(move |directory, today| directory.entry(&id, near.as_deref(), today))
        .await
}

/// Where to go on from an entry, within these boroughs if any are given.
#[tauri::command]
#[specta::specta]
pub(crate) async fn related(
    desk: State<'_, Desk>,
    id: String,
    boroughs: Vec<String>,
) -> Result<Related, AppError> {
    desk.ask(move |directory, today| directory.related(&id, &boroughs, today))
        .await
}

/// How the directory stands.
#[tauri::command]
#[specta::specta]
pub(crate) async fn status(desk: State<'_, Desk>) -> Result<DirectoryStatus, AppError> {
    desk.ask(|directory, today| directory.status(today)).await
}

/// Whose facts are in the directory, and on what terms.
#[tauri::command]
#[specta::specta]
pub(crate) async fn attributions(desk: State<'_, Desk>) -> Result<Vec<Attribution>, AppError> {
    desk.ask(|directory, _| Ok(directory.attributions())).await
}

/// The settings of this desk.
#[tauri::command]
#[specta::specta]
pub(crate) async fn settings(desk: State<'_, Desk>) -> Result<Settings, AppError> {
    desk.ask(|directory, _| directory.settings()).await
}

/// Keeps the settings and gives them back as they were kept.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_settings(
    desk: State<'_, Desk>,
    settings: Settings,
) -> Result<Settings, AppError> {
    desk.ask(move |directory, _| directory.save_settings(settings))
        .await
}

/// Keeps a search that found nothing: its words and areas, no person.
#[tauri::command]
#[specta::specta]
pub(crate) async fn keep_unmet(
    desk: State<'_, Desk>,
    request: SearchRequest,
) -> Result<(), AppError> {
    desk.ask(move |directory, today| directory.keep_unmet(&request, today))
        .await
}

/// Opens a web page, a letter or a telephone number in the program that the computer has for it.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn open_link(url: String) -> Result<(), AppError> {
    links::open(&url)
}

/// Tries once more to open a directory that could not be opened, and says how it went.
#[tauri::command]
#[specta::specta]
pub(crate) async fn retry_start(desk: State<'_, Desk>) -> Result<(), AppError> {
    desk.retry();
    desk.ask(|_, _| Ok(())).await
}
