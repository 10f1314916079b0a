//! What axe-core finds wrong with the window as it stands.

use std::fs;

use super::window::Window;
use crate::workspace::top;

impl Window {
    /// Fails with each violation and where it is.
    pub(super) fn has_no_violation(&self, screen: &str) {
        if self.driver.value("typeof window.axe") != "object" {
            let path = top().join("ui/node_modules/axe-core/axe.min.js");
            let axe = fs::read_to_string(path).expect("axe");
            self.driver
                .run(&format!("{axe}\narguments[arguments.length - 1](true);"));
        }
        let found = self.run(
            "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
               violations.map(({ id, nodes }) =>
                 id + ': ' + nodes.map(({ html, failureSummary }) => html + ' ' + failureSummary).join(' | ')))",
        );
        let found = found.as_array().expect("axe's answer");
        assert!(found.is_empty(), "{screen}: {found:#?}");
    }

    /// Fails where anything but a field of text can be scrolled sideways.
    pub(super) fn has_no_sideways_scroll(&self, screen: &str) {
        let wide = self.driver.value(
            "[document.documentElement, ...document.querySelectorAll('body, body *')]
               .filter((element) => element.scrollWidth > element.clientWidth + 1
                 && (element === document.documentElement
                   || ['auto', 'scroll'].includes(getComputedStyle(element).overflowX)))
               .map((element) => element.tagName + '.' + element.className)",
        );
        let wide = wide.as_array().expect("elements");
        assert!(wide.is_empty(), "{screen} scrolls sideways: {wide:?}");
        let past = "document.documentElement.scrollHeight - innerHeight";
        assert_eq!(
            self.driver.value(past),
            0,
            "{screen}: the window itself scrolls"
        );
    }
}
