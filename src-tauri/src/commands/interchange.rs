//! Importing and exporting.

use std::path::Path;

use directory::{
    AppError, DryRun, DryRunPage, ExportFormat, Exported, ImportLook, ImportPreview, ImportSource,
    ImportView, JobProgress, LineSort, Mapping, PostcodesView, SearchRequest, Undone,
};
use tauri::State;

use crate::desk::Desk;

/// What a source is, and for a table a mapping that is proposed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_look(
    desk: State<'_, Desk>,
    job: String,
    source: ImportSource,
) -> Result<ImportLook, AppError> {
    desk.ask(move |directory, _| directory.import_look(&job, &source))
        .await
}

/// What the first rows of a table become.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_preview(
    desk: State<'_, Desk>,
    source: ImportSource,
) -> Result<ImportPreview, AppError> {
    desk.ask(move |directory, _| directory.import_preview(&source))
        .await
}

/// The dry run: what importing would do. Nothing is changed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_check(
    desk: State<'_, Desk>,
    job: String,
    source: ImportSource,
) -> Result<DryRun, AppError> {
    desk.ask(move |directory, today| directory.import_check(&job, &source, today))
        .await
}

/// A page, from 0, of the lines of a dry run.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_lines(
    desk: State<'_, Desk>,
    dry_run: String,
    sort: LineSort,
    page: u32,
) -> Result<DryRunPage, AppError> {
    desk.ask(move |directory, _| directory.import_lines(&dry_run, sort, page))
        .await
}

/// Writes all lines of a dry run as CSV.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_report(
    desk: State<'_, Desk>,
    dry_run: String,
    to: String,
) -> Result<(), AppError> {
    desk.ask(move |directory, today| directory.import_report(&dry_run, Path::new(&to), today))
        .await
}

/// Imports what a dry run found, in one step.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_apply(
    desk: State<'_, Desk>,
    job: String,
    dry_run: String,
) -> Result<ImportView, AppError> {
    desk.act(move |directory, now| directory.import_apply(&job, &dry_run, now))
        .await
}

/// Takes an import back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_undo(
    desk: State<'_, Desk>,
    job: String,
    id: u32,
) -> Result<Undone, AppError> {
    desk.act(move |directory, now| directory.import_undo(&job, id, now))
        .await
}

/// The imports that were made, the latest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn imports(desk: State<'_, Desk>) -> Result<Vec<ImportView>, AppError> {
    desk.ask(|directory, today| directory.imports(today)).await
}

/// The names of the saved mappings.
#[tauri::command]
#[specta::specta]
pub(crate) async fn mappings(desk: State<'_, Desk>) -> Result<Vec<String>, AppError> {
    desk.ask(|directory, _| directory.mappings()).await
}

/// A saved mapping.
#[tauri::command]
#[specta::specta]
pub(crate) async fn mapping(desk: State<'_, Desk>, name: String) -> Result<Mapping, AppError> {
    desk.ask(move |directory, _| directory.mapping(&name)).await
}

/// Saves a mapping, in place of the one of the same name.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_mapping(
    desk: State<'_, Desk>,
    name: String,
    mapping: Mapping,
) -> Result<(), AppError> {
    desk.ask(move |directory, _| directory.save_mapping(&name, &mapping))
        .await
}

/// Removes a saved mapping.
#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_mapping(desk: State<'_, Desk>, name: String) -> Result<(), AppError> {
    desk.ask(move |directory, _| directory.remove_mapping(&name))
        .await
}

/// Writes what a search finds, or the whole directory where none is given.
#[tauri::command]
#[specta::specta]
pub(crate) async fn export_services(
    desk: State<'_, Desk>,
    job: String,
    request: Option<SearchRequest>,
    format: ExportFormat,
    to: String,
) -> Result<Exported, AppError> {
    desk.ask(move |directory, today| {
        directory.export(&job, request.as_ref(), (format, Path::new(&to)), today)
    })
    .await
}

/// The postcodes that are here; none: outcodes serve.
#[tauri::command]
#[specta::specta]
pub(crate) async fn postcodes(desk: State<'_, Desk>) -> Result<Option<PostcodesView>, AppError> {
    desk.ask(|directory, _| Ok(directory.postcodes())).await
}

/// Imports a file of postcodes.
#[tauri::command]
#[specta::specta]
pub(crate) async fn postcodes_import(
    desk: State<'_, Desk>,
    job: String,
    from: String,
) -> Result<PostcodesView, AppError> {
    desk.ask(move |directory, _| directory.postcodes_import(&job, &[from.into()]))
        .await
}

/// Removes the postcodes: outcodes serve again.
#[tauri::command]
#[specta::specta]
pub(crate) async fn postcodes_remove(desk: State<'_, Desk>) -> Result<(), AppError> {
    desk.ask(|directory, _| directory.remove_postcodes()).await
}

/// How far a job is; none: it ended, or never began.
#[tauri::command]
#[specta::specta]
pub(crate) async fn job_progress(
    desk: State<'_, Desk>,
    job: String,
) -> Result<Option<JobProgress>, AppError> {
    desk.ask(move |directory, _| Ok(directory.job_progress(&job)))
        .await
}

/// Cancels a job.
#[tauri::command]
#[specta::specta]
pub(crate) async fn job_cancel(desk: State<'_, Desk>, job: String) -> Result<(), AppError> {
    desk.ask(move |directory, _| {
        directory.job_cancel(&job);
        Ok(())
    })
    .await
}
