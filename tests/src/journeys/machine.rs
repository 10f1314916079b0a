//! What a journey needs of the machine: a screen, a session bus, the web view's driver.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::frame;
use super::processes::Group;
use crate::workspace::{installed, pass_over, program, top};

/// Longer than anything takes on a slow, busy machine.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// The screen, wider than the widest window that is looked at.
const SCREEN: &str = "1920x1200x24";

/// A screen and a session bus, for one journey alone.
pub(super) struct Machine {
    display: String,
    bus: String,
    _screen: Group,
    _bus: Group,
}

impl Machine {
    /// Nothing where this computer can't show the window; that is said, or fails under `CI`.
    pub(super) fn ready() -> Option<Self> {
        for name in ["WebKitWebDriver", "Xvfb", "dbus-daemon"] {
            if installed(name).is_none() {
                pass_over(&format!(
                    "{name} is not installed (webkit2gtk-driver, xvfb, dbus)"
                ));
                return None;
            }
        }
        let axe = top().join("ui/node_modules/axe-core/axe.min.js");
        for (what, path) in [("the window", program("signpost-desktop")), ("axe", axe)] {
            if !path.exists() {
                pass_over(&format!("{what} is not built: ./check builds it"));
                return None;
            }
        }
        let mut screen = Group::start(
            Command::new("Xvfb")
                .args([
                    "-displayfd",
                    "1",
                    "-nolisten",
                    "tcp",
                    "-screen",
                    "0",
                    SCREEN,
                ])
                .stdout(Stdio::piped())
                .stderr(Stdio::null()),
        );
        let mut bus = Group::start(
            Command::new("dbus-daemon")
                .args(["--session", "--nofork", "--print-address=1"])
                .stdout(Stdio::piped())
                .stderr(Stdio::null()),
        );
        Some(Self {
            display: format!(":{}", screen.first_line()),
            bus: bus.first_line(),
            _screen: screen,
            _bus: bus,
        })
    }

    /// Asks a window to close, as the cross in its frame does.
    pub(super) fn close_window(&self, title: &str) {
        frame::close_window(&self.display, title);
    }

    /// A program that shows itself on this screen, with its local copy in this folder.
    pub(super) fn command(&self, program: &Path, data: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .env("SIGNPOST_DATA", data)
            .env("NO_AT_BRIDGE", "1")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("GTK_THEME");
        command
    }
}

/// A port that nobody uses at this moment.
pub(super) fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    listener.local_addr().expect("its address").port()
}

/// Waits until somebody listens at a port of this machine.
pub(super) fn wait_for_port(port: u16) {
    wait_until("somebody listens", || {
        TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok()
    });
}

/// Waits until something outside the window holds.
pub(super) fn wait_until(what: &str, holds: impl FnMut() -> bool) {
    assert!(comes_to_hold(holds), "waited in vain: {what}");
}

/// Waits until something outside the window holds, and says whether it came to.
#[expect(
    clippy::disallowed_methods,
    reason = "what other programs do can only be looked at again and again; the pause is no wait"
)]
pub(super) fn comes_to_hold(mut holds: impl FnMut() -> bool) -> bool {
    let until = Instant::now() + PATIENCE;
    while !holds() {
        if Instant::now() > until {
            return false;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    true
}
