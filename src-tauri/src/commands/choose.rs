//! The system's own dialogs for files and folders. What is chosen there is all that the page learns
//! of the disk.

use directory::{AppError, Code, ExportFormat};
use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};

type Dialog = FileDialogBuilder<tauri::Wry>;

/// Asks for a file or folder to be imported.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_import(
    app: AppHandle,
    folder: bool,
) -> Result<Option<String>, AppError> {
    if folder {
        return ask(app, "Choose a folder", Dialog::blocking_pick_folder).await;
    }
    let pick = |dialog: Dialog| {
        let readable = [
            "csv", "tsv", "txt", "xlsx", "xlsm", "ods", "xls", "json", "ndjson", "zip",
        ];
        let dialog = dialog.add_filter("Tables, HSDS and Open Referral UK", &readable);
        dialog.add_filter("All files", &["*"]).blocking_pick_file()
    };
    ask(app, "Choose a file", pick).await
}

/// Asks for a file of postcodes.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_postcodes(app: AppHandle) -> Result<Option<String>, AppError> {
    let pick = |dialog: Dialog| {
        let dialog = dialog.add_filter("Code-Point Open or ONSPD", &["zip", "csv", "gz"]);
        dialog.add_filter("All files", &["*"]).blocking_pick_file()
    };
    ask(app, "Choose a file of postcodes", pick).await
}

/// Asks for the file into which a hub wrote its directory.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_bundle(app: AppHandle) -> Result<Option<String>, AppError> {
    let pick = |dialog: Dialog| dialog.blocking_pick_file();
    ask(app, "Choose the hub's file", pick).await
}

/// Asks where an export goes.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_export(
    app: AppHandle,
    format: ExportFormat,
) -> Result<Option<String>, AppError> {
    let name = format.file_name();
    save(app, "Export to", name).await
}

/// Asks where a report goes.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_report(app: AppHandle) -> Result<Option<String>, AppError> {
    save(app, "Save the report", "import-report.csv").await
}

async fn save(
    app: AppHandle,
    title: &'static str,
    name: &'static str,
) -> Result<Option<String>, AppError> {
    let pick = move |dialog: Dialog| dialog.set_file_name(name).blocking_save_file();
    ask(app, title, pick).await
}

/// Asks away from the thread that draws the window, as the dialog waits for a person.
async fn ask(
    app: AppHandle,
    title: &'static str,
    pick: impl FnOnce(Dialog) -> Option<FilePath> + Send + 'static,
) -> Result<Option<String>, AppError> {
    let asked = move || pick(app.dialog().file().set_title(title));
    let chosen = tauri::async_runtime::spawn_blocking(asked).await;
    let chosen = chosen.map_err(|error| AppError {
        code: Code::Internal,
        message: format!("The dialog could not be shown ({error}). Type the path instead."),
    })?;
    Ok(chosen.map(|path| path.to_string()))
}
