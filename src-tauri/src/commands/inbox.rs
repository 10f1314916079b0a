//! What waits for a curator.

use directory::{AppError, EditView, InboxItem, InboxView, Saved, Settle};
use tauri::State;

use crate::desk::Desk;

/// What waits for a curator, or also what was settled.
#[tauri::command]
#[specta::specta]
pub(crate) async fn inbox(desk: State<'_, Desk>, open: bool) -> Result<InboxView, AppError> {
    desk.act(move |directory, now| directory.inbox(open, now))
        .await
}

/// An item whole, side by side.
#[tauri::command]
#[specta::specta]
pub(crate) async fn inbox_item(desk: State<'_, Desk>, item: String) -> Result<InboxItem, AppError> {
    desk.act(move |directory, now| directory.inbox_item(&item, now))
        .await
}

/// Opens the record of an item with what was sent filled in.
#[tauri::command]
#[specta::specta]
pub(crate) async fn edit_to_settle(
    desk: State<'_, Desk>,
    item: String,
) -> Result<EditView, AppError> {
    desk.ask(move |directory, _| directory.edit_to_settle(&item))
        .await
}

/// Settles an item.
#[tauri::command]
#[specta::specta]
pub(crate) async fn settle(
    desk: State<'_, Desk>,
    item: String,
    settle: Settle,
) -> Result<Saved, AppError> {
    desk.act(move |directory, now| directory.settle_item(&item, settle, now))
        .await
}
