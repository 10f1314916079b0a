//! The first minute: the window is there, and somebody can type.

use std::time::Duration;

use super::machine::Machine;
use super::window::Window;

/// A bound for any machine; the figure is printed.
const AT_MOST: Duration = Duration::from_secs(15);

#[test]
fn at_the_first_start_the_cursor_is_in_the_search_box_and_results_are_there() {
    let Some(machine) = Machine::ready() else {
        return;
    };
    let data = tempfile::tempdir().expect("a folder");
    for start in ["first", "second"] {
        let window = Window::open(&machine, data.path());
        println!(
            "usable {} ms after the {start} start of the program",
            window.usable_after.as_millis()
        );
        assert!(window.usable_after < AT_MOST);
        assert!(window.total() > 50);
        assert_eq!(window.names().first().map(String::is_empty), Some(false));
        window.see_words(".results-source", "2018");
    }
}
