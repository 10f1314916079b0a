//! Large text and narrow windows: everything reflows, nothing scrolls sideways.

use directory::Theme;

use super::screens::{Look, look_at};

#[test]
fn every_screen_reflows_with_text_of_twice_the_size() {
    look_at(Look::new("large-text", Theme::Light, 200));
}

#[test]
fn every_screen_reflows_with_large_text_in_the_dark() {
    look_at(Look::new("large-text-dark", Theme::Dark, 200));
}

#[test]
fn every_screen_reflows_in_a_narrow_window() {
    let size = (400, 800);
    look_at(Look {
        size,
        ..Look::new("narrow", Theme::Light, 100)
    });
}

#[test]
fn every_screen_reflows_in_a_narrow_window_with_large_text() {
    let size = (400, 800);
    look_at(Look {
        size,
        ..Look::new("narrow-large-text", Theme::Dark, 200)
    });
}
