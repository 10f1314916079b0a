//! Whose facts are in the built-in directory, as its files say.

use super::embedded::FILES;

/// Each source and the terms on which its facts may be used.
pub(crate) fn attributions() -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = FILES
        .iter()
        .filter_map(|file| {
            if file.path.ends_with(".csv") {
                of_comments(file.text)
            } else {
                of_table(file.text)
            }
        })
        .collect();
    found.dedup();
    found
}

fn of_table(text: &str) -> Option<(String, String)> {
    let table: toml::Table = text.parse().ok()?;
    let member = |key: &str| Some(table.get(key)?.as_str()?.to_owned());
    Some((member("source")?, member("licence")?))
}

/// The comments of a table of figures: the line `Source: … Licence: …`, and what it contains.
fn of_comments(text: &str) -> Option<(String, String)> {
    let comments = || text.lines().map_while(|line| line.strip_prefix("# "));
    let said = comments().find_map(|line| line.strip_prefix("Source: "))?;
    let (source, licence) = said.split_once(" Licence: ").unwrap_or((said, ""));
    let contains: Vec<&str> = comments()
        .filter(|line| line.starts_with("Contains"))
        .collect();
    Some((
        source.trim_end_matches('.').to_owned(),
        format!("{licence} {}", contains.join(" ")),
    ))
}

/// A number that changes with any of the files.
pub(crate) fn edition() -> String {
    // FNV-1a: the same on every machine and in every version, which the standard hasher is not.
    let bytes = FILES.iter().flat_map(|file| file.text.bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}
