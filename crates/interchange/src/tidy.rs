//! Text as people typed it, made tidy: text free of markup, telephone numbers, web addresses, email,
//! postcodes, opening hours, ages, dates.
//!
//! Nothing is mended by guess. What can be read only in one way is written in the usual way; what
//! cannot is kept as it was written, and a [`Remark`] says so. Tidying twice changes nothing more.

mod ages;
mod days;
mod email;
mod hours;
mod markup;
mod phone;
mod phone_codes;
mod phone_number;
mod text;
mod times;
mod web;

use crate::Weight;

pub use ages::{Ages, ages};
pub use days::date;
pub use email::{Emails, emails};
pub use hours::{Opening, hours};
pub use phone::{Number, Numbers, phones};
pub use text::{Clean, Oddity, clean, fold, is_unsaid, pieces};
pub use web::{Addresses, web_addresses};

/// Something to tell of a value: how bad, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// How bad.
    pub weight: Weight,
    /// What is the matter, with the value as it was written.
    pub message: String,
}

impl Remark {
    /// Somebody should look at it.
    #[must_use]
    pub fn doubt(message: String) -> Self {
        Self {
            weight: Weight::Doubtful,
            message,
        }
    }

    /// Something was done that one may want to know.
    #[must_use]
    pub fn note(message: String) -> Self {
        Self {
            weight: Weight::Note,
            message,
        }
    }
}

/// The beginning of a text, short enough to be quoted in a message.
pub(crate) fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("\"{}…\"", text.get(..end).unwrap_or(text)),
        None => format!("\"{text}\""),
    }
}
