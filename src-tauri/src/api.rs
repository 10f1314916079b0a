//! The commands and their types as one list: the window calls them, `ui/src/lib/api/bindings.ts`
//! is made from them.

use tauri::Wry;
use tauri_specta::{Builder, collect_commands};

use crate::commands;

/// Every command of the window.
#[expect(clippy::too_many_lines, reason = "one line for each command")]
pub(crate) fn builder() -> Builder<Wry> {
    Builder::new()
        .commands(collect_commands![
            commands::search,
            commands::entry,
            commands::related,
            commands::status,
            commands::attributions,
            commands::settings,
            commands::save_settings,
            commands::keep_unmet,
            commands::open_link,
            commands::retry_start,
            commands::interchange::import_look,
            commands::interchange::import_preview,
            commands::interchange::import_check,
            commands::interchange::import_lines,
            commands::interchange::import_report,
            commands::interchange::import_apply,
            commands::interchange::import_undo,
            commands::interchange::imports,
            commands::interchange::mappings,
            commands::interchange::mapping,
            commands::interchange::save_mapping,
            commands::interchange::remove_mapping,
            commands::interchange::export_services,
            commands::interchange::postcodes,
            commands::interchange::postcodes_import,
            commands::interchange::postcodes_remove,
            commands::interchange::job_progress,
            commands::interchange::job_cancel,
            commands::edit::edit_begin,
            commands::edit::edit_check,
            commands::edit::edit_draft,
            commands::edit::draft_drop,
            commands::edit::edit_save,
            commands::edit::undo_last,
            commands::edit::undo_outbox,
            commands::edit::withdraw,
            commands::edit::flag,
            commands::edit::check,
            commands::edit::remove_entry,
            commands::edit::find_records,
            commands::edit::outbox,
            commands::edit::history,
            commands::edit::restore_version,
            commands::edit::entry_work,
            commands::inbox::inbox,
            commands::inbox::inbox_item,
            commands::inbox::edit_to_settle,
            commands::inbox::settle,
            commands::sync::sync_view,
            commands::sync::sync_light,
            commands::sync::sync_now,
            commands::sync::join,
            commands::sync::leave,
            commands::sync::load_bundle,
            commands::choose::choose_import,
            commands::choose::choose_export,
            commands::choose::choose_report,
            commands::choose::choose_postcodes,
            commands::choose::choose_bundle,
        ])
        // One TypeScript type for a thing, not one for each direction.
        .disable_serde_phases()
}

#[cfg(test)]
mod tests {
    use super::*;
    use specta_typescript::Typescript;

    const BINDINGS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/src/lib/api/bindings.ts");

    #[test]
    fn the_window_speaks_of_the_same_things() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("bindings.ts");
        builder()
            .export(Typescript::default(), &path)
            .expect("bindings");
        let made = std::fs::read_to_string(&path).expect("what was made");
        if std::env::var_os("SIGNPOST_WRITE_BINDINGS").is_some() {
            std::fs::write(BINDINGS, made).expect("written");
            return;
        }
        let kept = std::fs::read_to_string(BINDINGS).unwrap_or_default();
        assert!(
            kept == made,
            "ui/src/lib/api/bindings.ts is stale. Refresh it with: \
             SIGNPOST_WRITE_BINDINGS=1 cargo test -p desktop"
        );
    }
}
