//! Editing, flagging, checking, and what was done here.

use directory::{
    AppError, EditCheck, EditView, EntryWork, HistoryView, HowChecked, Kind, OutboxView,
    RecordBrief, RecordForm, Saved,
};
use tauri::State;

use crate::desk::Desk;

/// Opens a record for editing; without an identifier a new one.
#[tauri::command]
#[specta::specta]
pub(crate) async fn edit_begin(
    desk: State<'_, Desk>,
    kind: Kind,
    id: Option<String>,
) -> Result<EditView, AppError> {
    desk.act(move |directory, now| directory.edit_begin(kind, id.as_deref(), now))
        .await
}

/// What is wrong with a form, and what saving it would change.
#[tauri::command]
#[specta::specta]
pub(crate) async fn edit_check(
    desk: State<'_, Desk>,
    kind: Kind,
    id: String,
    form: RecordForm,
) -> Result<EditCheck, AppError> {
    desk.ask(move |directory, _| directory.edit_check(kind, &id, &form))
        .await
}

/// Keeps what was written so far.
#[tauri::command]
#[specta::specta]
pub(crate) async fn edit_draft(
    desk: State<'_, Desk>,
    kind: Kind,
    id: String,
    form: RecordForm,
) -> Result<(), AppError> {
    desk.act(move |directory, now| directory.edit_draft(kind, &id, form, now))
        .await
}

/// Throws away what was half-written.
#[tauri::command]
#[specta::specta]
pub(crate) async fn draft_drop(
    desk: State<'_, Desk>,
    kind: Kind,
    id: String,
) -> Result<(), AppError> {
    desk.ask(move |directory, _| directory.draft_drop(kind, &id))
        .await
}

/// Saves a form, as an edit or as a suggestion.
#[tauri::command]
#[specta::specta]
pub(crate) async fn edit_save(
    desk: State<'_, Desk>,
    kind: Kind,
    id: String,
    form: RecordForm,
    note: Option<String>,
) -> Result<Saved, AppError> {
    desk.act(move |directory, now| directory.edit_save((kind, &id), &form, note, now))
        .await
}

/// Takes back what was done last in this window.
#[tauri::command]
#[specta::specta]
pub(crate) async fn undo_last(desk: State<'_, Desk>) -> Result<Option<Saved>, AppError> {
    desk.act(|directory, now| directory.undo_last(now)).await
}

/// Takes back something that was done here.
#[tauri::command]
#[specta::specta]
pub(crate) async fn undo_outbox(desk: State<'_, Desk>, row: u32) -> Result<Saved, AppError> {
    desk.act(move |directory, now| directory.undo_outbox(row, now))
        .await
}

/// Withdraws something before it is sent.
#[tauri::command]
#[specta::specta]
pub(crate) async fn withdraw(desk: State<'_, Desk>, row: u32) -> Result<(), AppError> {
    desk.act(move |directory, now| directory.withdraw(row, now))
        .await
}

/// Says that something is wrong with a record.
#[tauri::command]
#[specta::specta]
pub(crate) async fn flag(
    desk: State<'_, Desk>,
    id: String,
    text: String,
) -> Result<Saved, AppError> {
    desk.act(move |directory, now| directory.flag(&id, &text, now))
        .await
}

/// Confirms that a record is right, or a part of it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn check(
    desk: State<'_, Desk>,
    id: String,
    how: HowChecked,
    of: Option<String>,
) -> Result<Saved, AppError> {
    desk.act(move |directory, now| directory.check(&id, how, of.as_deref(), now))
        .await
}

/// Removes a record.
#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_entry(
    desk: State<'_, Desk>,
    id: String,
    reason: String,
) -> Result<Saved, AppError> {
    desk.act(move |directory, now| directory.remove_entry(&id, &reason, now))
        .await
}

/// Organisations or places to pick from.
#[tauri::command]
#[specta::specta]
pub(crate) async fn find_records(
    desk: State<'_, Desk>,
    kind: Kind,
    text: String,
) -> Result<Vec<RecordBrief>, AppError> {
    desk.ask(move |directory, _| directory.find_records(kind, &text))
        .await
}

/// What was done here.
#[tauri::command]
#[specta::specta]
pub(crate) async fn outbox(desk: State<'_, Desk>) -> Result<OutboxView, AppError> {
    desk.act(|directory, now| directory.outbox(now)).await
}

/// The history of a record.
#[tauri::command]
#[specta::specta]
pub(crate) async fn history(
    desk: State<'_, Desk>,
    kind: Kind,
    id: String,
) -> Result<HistoryView, AppError> {
    desk.act(move |directory, now| directory.history(kind, &id, now))
        .await
}

/// Makes a record again what it was.
#[tauri::command]
#[specta::specta]
pub(crate) async fn restore_version(
    desk: State<'_, Desk>,
    kind: Kind,
    id: String,
    key: String,
) -> Result<Saved, AppError> {
    desk.act(move |directory, now| directory.restore_version((kind, &id), &key, now))
        .await
}

/// What waits on an entry.
#[tauri::command]
#[specta::specta]
pub(crate) async fn entry_work(desk: State<'_, Desk>, id: String) -> Result<EntryWork, AppError> {
    desk.act(move |directory, now| directory.entry_work(&id, now))
        .await
}
