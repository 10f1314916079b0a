//! This computer and its hub.

use directory::{AppError, SyncLight, SyncView};
use tauri::State;

use crate::desk::{Desk, now};

/// How this computer stands to the hub, whole.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sync_view(desk: State<'_, Desk>) -> Result<SyncView, AppError> {
    desk.act(|directory, now| directory.sync_view(now)).await
}

/// How this computer stands to the hub, in a line.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sync_light(desk: State<'_, Desk>) -> Result<SyncLight, AppError> {
    desk.act(|directory, now| directory.sync_light(now)).await
}

/// Syncs now.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sync_now(desk: State<'_, Desk>, job: String) -> Result<SyncView, AppError> {
    desk.ask(move |directory, _| directory.sync_now(&job, &now))
        .await
}

/// Joins a hub, with a pairing code where somebody wants to write.
#[tauri::command]
#[specta::specta]
pub(crate) async fn join(
    desk: State<'_, Desk>,
    job: String,
    address: String,
    code: Option<String>,
    device_name: String,
) -> Result<SyncView, AppError> {
    desk.ask(move |directory, _| {
        directory.join(&job, (&address, code.as_deref()), &device_name, &now)
    })
    .await
}

/// Leaves the hub.
#[tauri::command]
#[specta::specta]
pub(crate) async fn leave(desk: State<'_, Desk>) -> Result<SyncView, AppError> {
    desk.ask(|directory, _| directory.leave(&now)).await
}

/// Loads the directory that a hub wrote into a file.
#[tauri::command]
#[specta::specta]
pub(crate) async fn load_bundle(
    desk: State<'_, Desk>,
    job: String,
    path: String,
) -> Result<SyncView, AppError> {
    desk.ask(move |directory, _| directory.load_bundle(&job, path.into(), &now))
        .await
}
