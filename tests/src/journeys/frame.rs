//! What a journey does on the screen itself, past the web view: closing a window as its frame does.

use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConnectionExt as _, EventMask, Window,
};
use x11rb::rust_connection::RustConnection;

/// Asks the window with this title to close.
pub(super) fn close_window(display: &str, title: &str) {
    let (screen, number) = x11rb::connect(Some(display)).expect("the screen");
    let root = screen.setup().roots[number].root;
    let window = titled(&screen, root, title).expect("a window");
    let atom = |name: &str| {
        let asked = screen.intern_atom(false, name.as_bytes()).expect("asked");
        asked.reply().expect("an atom").atom
    };
    let data = [atom("WM_DELETE_WINDOW"), 0, 0, 0, 0];
    let please = ClientMessageEvent::new(32, window, atom("WM_PROTOCOLS"), data);
    screen
        .send_event(false, window, EventMask::NO_EVENT, please)
        .expect("asked")
        .check()
        .expect("sent");
}

fn titled(screen: &RustConnection, window: Window, title: &str) -> Option<Window> {
    let asked = screen.get_property(false, window, AtomEnum::WM_NAME, AtomEnum::ANY, 0, 64);
    let name = asked.ok()?.reply().ok()?.value;
    let attributes = screen.get_window_attributes(window).ok()?.reply().ok()?;
    let is_seen = attributes.map_state == x11rb::protocol::xproto::MapState::VIEWABLE;
    if is_seen && name == title.as_bytes() {
        return Some(window);
    }
    let tree = screen.query_tree(window).ok()?.reply().ok()?;
    tree.children
        .into_iter()
        .find_map(|child| titled(screen, child, title))
}
