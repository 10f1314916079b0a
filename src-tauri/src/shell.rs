//! The window itself: one for a local copy, where it stood last, shown when its page is there.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use directory::{Heard, Proxy};
use tauri::plugin::TauriPlugin;
use tauri::webview::{Color, PageLoadEvent};
use tauri::{
    App, AppHandle, Emitter, Manager, RunEvent, Theme, Webview, WebviewWindowBuilder, Wry,
};
use tauri_plugin_window_state::StateFlags;
use tempfile::TempDir;

use crate::api;
use crate::desk::Desk;

const WINDOW: &str = "main";
/// The page's paper in the dark, so that nothing white shows before the page is drawn.
const DARK_PAPER: Color = Color(15, 27, 23, 255);
/// What the web view keeps for itself, beside the local copy; the page stores nothing in it.
const WEB: &str = "web";
/// Where the window stood, beside the local copy.
const WINDOW_STATE: &str = "window.json";

/// Shows the window until it is closed. `chosen` says that the folder isn't the usual one; the web
/// is reached through `proxy`.
///
/// # Errors
/// There is no screen, or no web view.
pub(crate) fn run(folder: &Path, chosen: bool, proxy: Proxy) -> tauri::Result<()> {
    let desk = Desk::open(folder, !chosen, proxy);
    let told = desk.clone();
    let (web, mut spare) = web_folder(folder)?;
    let app = tauri::Builder::default()
        .plugin(one_window(folder, chosen))
        .plugin(window_state(folder))
        .plugin(tauri_plugin_dialog::init())
        .manage(desk.clone())
        .invoke_handler(api::builder().invoke_handler())
        .setup(move |app| {
            told.tell(window_of(app.handle()));
            Ok(open_window(app, &web)?)
        })
        .on_page_load(|webview, load| {
            if matches!(load.event(), PageLoadEvent::Finished) {
                show(webview);
            }
        })
        .build(tauri::generate_context!())?;
    app.run(move |_, event| {
        if matches!(event, RunEvent::Exit) {
            desk.close();
            drop(spare.take());
        }
    });
    Ok(())
}

/// Where the web view keeps what is its own: beside the local copy or, where nothing can be written
/// there, in a folder that goes with the program, as the window has to say what is wrong.
fn web_folder(folder: &Path) -> std::io::Result<(PathBuf, Option<TempDir>)> {
    let web = folder.join(WEB);
    if std::fs::create_dir_all(&web).is_ok() {
        return Ok((web, None));
    }
    let spare = tempfile::tempdir()?;
    Ok((spare.path().to_owned(), Some(spare)))
}

/// Makes the window of `tauri.conf.json`, still hidden.
fn open_window(app: &App, web: &Path) -> tauri::Result<()> {
    for config in &app.config().app.windows {
        let window = WebviewWindowBuilder::from_config(app, config)?
            .data_directory(web.to_owned())
            .build()?;
        if matches!(window.theme(), Ok(Theme::Dark)) {
            window.set_background_color(Some(DARK_PAPER))?;
        }
    }
    Ok(())
}

/// Tells the page what comes in: how the copy stands to its hub, and that entries changed.
fn window_of(app: &AppHandle) -> impl Fn(Heard) + Send + Sync + use<> {
    let app = app.clone();
    move |heard| {
        // A page that is not there yet asks by itself.
        let _unheard = match heard {
            Heard::Light(light) => app.emit("sync", light),
            Heard::Rows => app.emit("directory", ()),
        };
    }
}

/// A second start of Signpost on the same local copy brings the first one's window to the front.
fn one_window(folder: &Path, chosen: bool) -> TauriPlugin<Wry> {
    let only = tauri_plugin_single_instance::Builder::new().callback(|app, _, _| to_front(app));
    if chosen {
        let mut hasher = DefaultHasher::new();
        let absolute = std::path::absolute(folder);
        absolute
            .unwrap_or_else(|_| folder.to_owned())
            .hash(&mut hasher);
        let name = format!("org.signpost.desktop.copy{:x}", hasher.finish());
        return only.dbus_id(name).build();
    }
    only.build()
}

fn window_state(folder: &Path) -> TauriPlugin<Wry> {
    tauri_plugin_window_state::Builder::new()
        .with_filename(folder.join(WINDOW_STATE).display().to_string())
        // When it is seen is decided by `show`, not by how it was left.
        .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED)
        .build()
}

fn show(webview: &Webview) {
    let window = webview.window();
    // A window that can't be shown or focused is the desktop's to explain.
    let _shown = window.show().and_then(|()| window.set_focus());
}

fn to_front(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(WINDOW) {
        let _shown = window
            .unminimize()
            .and_then(|()| window.show())
            .and_then(|()| window.set_focus());
    }
}
