//! Puts the built pages, the icons and the list of permitted commands into the program.

use std::path::Path;

use tauri_build::{AppManifest, Attributes};

/// Every command that the window may call; `capabilities/window.json` allows each by name.
const COMMANDS: [&str; 58] = [
    "search",
    "entry",
    "related",
    "status",
    "attributions",
    "settings",
    "save_settings",
    "keep_unmet",
    "open_link",
    "retry_start",
    "import_look",
    "import_preview",
    "import_check",
    "import_lines",
    "import_report",
    "import_apply",
    "import_undo",
    "imports",
    "mappings",
    "mapping",
    "save_mapping",
    "remove_mapping",
    "export_services",
    "postcodes",
    "postcodes_import",
    "postcodes_remove",
    "job_progress",
    "job_cancel",
    "edit_begin",
    "edit_check",
    "edit_draft",
    "draft_drop",
    "edit_save",
    "undo_last",
    "undo_outbox",
    "withdraw",
    "flag",
    "check",
    "remove_entry",
    "find_records",
    "outbox",
    "history",
    "restore_version",
    "entry_work",
    "inbox",
    "inbox_item",
    "settle",
    "sync_view",
    "sync_light",
    "sync_now",
    "join",
    "leave",
    "load_bundle",
    "choose_import",
    "choose_export",
    "choose_report",
    "choose_postcodes",
    "choose_bundle",
];

fn main() {
    println!("cargo::rerun-if-changed=../ui/dist");
    if !Path::new("../ui/dist/index.html").exists() {
        println!(
            "cargo::error=The window's pages are not built yet. Run `npm ci && npm run build` in \
             ui/ first, or ./start in the top folder, which does it all."
        );
        return;
    }
    let manifest = AppManifest::new().commands(&COMMANDS);
    if let Err(error) = tauri_build::try_build(Attributes::new().app_manifest(manifest)) {
        println!("cargo::error={error:#}");
    }
}
