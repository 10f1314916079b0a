//! Nothing leaves the computer: neither by what the page loads nor by what it could be made to load.

use super::machine::Machine;
use super::window::Window;

#[test]
fn the_window_loads_nothing_from_anywhere_else_and_may_not() {
    let Some(machine) = Machine::ready() else {
        return;
    };
    let data = tempfile::tempdir().expect("a folder");
    // Without a way out, everything works as it does with one.
    let window = Window::open_with(
        &machine,
        data.path(),
        "document.querySelector('.row-name')",
        |command| {
            for name in ["http_proxy", "https_proxy", "all_proxy"] {
                command.env(name, "http://127.0.0.1:9");
            }
            command.env("no_proxy", "127.0.0.1,localhost");
        },
    );
    window.search("lonely");
    window.click("#result-0");
    window.see("#entry-name");
    window.settle();
    let elsewhere = window.driver.value(
        "performance.getEntries().map(({ name }) => name)
           .filter((name) => /^[a-z]+:\\/\\//.test(name))
           .filter((name) => !name.startsWith('tauri://localhost') && !name.startsWith('ipc://localhost'))",
    );
    assert_eq!(elsewhere, serde_json::json!([]));
    let connections = window.programs.connections_elsewhere();
    assert!(connections.is_empty(), "{connections:?}");

    // The page's policy refuses even what is on this very computer.
    let refused = window.run(
        "new Promise((resolve) => {
           const refused = new Set();
           document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
             refused.add(effectiveDirective);
             if (refused.size === 3) resolve([...refused].sort());
           });
           fetch('http://127.0.0.1:9/').catch(() => 0);
           new Image().src = 'https://127.0.0.1:9/a.png';
           const script = document.createElement('script');
           script.textContent = 'window.ran = true';
           document.body.append(script);
         })",
    );
    assert_eq!(
        refused,
        serde_json::json!(["connect-src", "img-src", "script-src-elem"])
    );
    assert_eq!(
        window.driver.value("window.ran ?? null"),
        serde_json::Value::Null
    );
}
