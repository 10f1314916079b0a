//! Links that leave the program: web pages, letters and telephone numbers, and nothing else, as
//! entries come from other people.

use directory::{AppError, Code};
use tauri::Url;

const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Opens a link in the program that the computer has for it.
///
/// # Errors
/// A link of any other sort, or no program for it.
pub(crate) fn open(link: &str) -> Result<(), AppError> {
    let url = allowed(link)?;
    tauri_plugin_opener::open_url(&url, None::<&str>).map_err(|error| AppError {
        code: Code::Internal,
        message: format!(
            "This computer found no program to open {url} with ({error}). Copy it instead."
        ),
    })
}

fn allowed(link: &str) -> Result<Url, AppError> {
    let parsed = Url::parse(link.trim()).ok();
    let mut url = parsed.filter(|url| SCHEMES.contains(&url.scheme()));
    // Some mail programs attach files that a letter's address asks for.
    if let Some(letter) = url.as_mut().filter(|url| url.scheme() == "mailto") {
        letter.set_query(None);
    }
    url.ok_or_else(|| AppError {
        code: Code::BadQuery,
        message: format!(
            "Signpost opens web pages, email addresses and telephone numbers only, and {link} is \
             none of them."
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_pages_letters_and_telephones_may_be_opened() {
        for link in [
            "https://example.org/a?b=c#d",
            "HTTP://example.org",
            "mailto:someone@example.org",
            "tel:+441610000000",
        ] {
            assert!(allowed(link).is_ok(), "{link}");
        }
    }

    #[test]
    fn a_letter_is_addressed_and_nothing_more() {
        let url = allowed("mailto:a@example.org?attach=/etc/passwd&body=x");
        assert_eq!(url.map(String::from), Ok("mailto:a@example.org".to_owned()));
    }

    #[test]
    fn nothing_else_may() {
        for link in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "data:text/html,x",
            "smb://host/share",
            "example.org",
            "--help",
            "/usr/bin/env",
            "https://",
            "",
        ] {
            let refused = allowed(link).expect_err(link);
            assert_eq!(refused.code, Code::BadQuery, "{link}");
        }
    }
}
