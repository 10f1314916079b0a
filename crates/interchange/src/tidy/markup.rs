//! Markup out of a text: tags and character references become what they stand for.

use super::text::usual;

/// Elements whose end or beginning parts lines.
const LINES: [&str; 17] = [
    "p", "br", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table",
    "section", "article", "hr",
];
/// Other elements that are met in pasted text. `<info@x.org>` is none of them, and is kept.
const OTHERS: [&str; 32] = [
    "a",
    "abbr",
    "b",
    "i",
    "u",
    "em",
    "strong",
    "span",
    "font",
    "small",
    "sub",
    "sup",
    "td",
    "th",
    "tbody",
    "thead",
    "img",
    "iframe",
    "object",
    "embed",
    "svg",
    "form",
    "input",
    "button",
    "link",
    "meta",
    "html",
    "head",
    "body",
    "center",
    "blockquote",
    "code",
];
/// Elements whose content is no text.
const HIDDEN: [&str; 4] = ["script", "style", "noscript", "template"];
/// A tag is no longer than this.
const LONGEST_TAG: usize = 4_000;

/// Character references become their characters, however often they were escaped.
pub(super) fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(rest.get(..at).unwrap_or_default());
        let mut after = rest.get(at + 1..).unwrap_or_default();
        while let Some(less) = after.strip_prefix("amp;") {
            after = less;
        }
        let name: String = after.chars().take(8).take_while(|c| *c != ';').collect();
        let ended = after
            .get(name.len()..)
            .and_then(|rest| rest.strip_prefix(';'));
        match (reference(&name), ended) {
            (Some(c), Some(less)) => {
                out.push(c);
                rest = less;
            }
            _ => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn reference(name: &str) -> Option<char> {
    let known = match name {
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" | "rsquo" | "lsquo" => '\'',
        "nbsp" => ' ',
        "pound" => '£',
        "euro" => '€',
        "ndash" => '–',
        "mdash" => '—',
        "ldquo" | "rdquo" => '"',
        "hellip" => '…',
        "bull" => '•',
        "eacute" => 'é',
        "copy" => '©',
        numbered => return number(numbered),
    };
    Some(known)
}

fn number(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    char::from_u32(code).map(|c| usual(c).unwrap_or(' '))
}

/// Tags and comments go; what they part is parted by a line end.
pub(super) fn strip(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(rest.get(..at).unwrap_or_default());
        let from = rest.get(at..).unwrap_or_default();
        match tag(from) {
            Some((length, name)) => {
                rest = from.get(length..).unwrap_or_default();
                let is = |list: &[&str]| list.contains(&name.as_str());
                out.push_str(if is(&LINES) { "\n" } else { "" });
                rest = if is(&HIDDEN) {
                    beyond(rest, &name)
                } else {
                    rest
                };
            }
            None => {
                out.push('<');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

/// The length and name of the tag with which a text begins.
fn tag(text: &str) -> Option<(usize, String)> {
    let near: &str = text.get(..LONGEST_TAG).unwrap_or(text);
    if text.starts_with("<!--") {
        let end = text.find("-->").map_or(text.len(), |end| end + 3);
        return Some((end, String::new()));
    }
    let end = near.find('>')? + 1;
    let inside = near.get(1..end - 1)?;
    let name: String = inside
        .trim_start_matches(['/', '!', '?'])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == ':')
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let known = |list: &[&str]| list.contains(&name.as_str());
    let is_tag = known(&LINES)
        || known(&OTHERS)
        || known(&HIDDEN)
        || name.starts_with("o:")
        || name == "doctype";
    let after = inside
        .trim_start_matches(['/', '!', '?'])
        .chars()
        .nth(name.len());
    (is_tag && after.is_none_or(|c| c.is_whitespace() || c == '/')).then_some((end, name))
}

/// What follows the end of a hidden element; nothing where it does not end.
fn beyond<'a>(text: &'a str, name: &str) -> &'a str {
    let mut rest = text;
    while let Some(at) = rest.find("</") {
        rest = rest.get(at + 2..).unwrap_or_default();
        let here = rest.get(..name.len()).unwrap_or_default();
        if here.eq_ignore_ascii_case(name) {
            return rest.split_once('>').map_or("", |(_, after)| after);
        }
    }
    ""
}
