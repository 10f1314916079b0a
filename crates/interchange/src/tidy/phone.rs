//! Telephone numbers out of a cell: one or several, with what is said beside them.

use super::Remark;
use super::phone_number::said_of;

/// A telephone number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Number {
    /// In the usual way of its area where that is certain, else as it was written.
    pub number: String,
    /// The extension.
    pub extension: Option<u32>,
    /// HSDS `type`, where words beside it say so: `cell`, `fax`, `text`, `textphone`.
    pub kind: Option<&'static str>,
    /// What else is said of it.
    pub about: Option<String>,
}

/// What a cell holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Numbers {
    /// The numbers, in their order.
    pub numbers: Vec<Number>,
    /// The text, where there is no number in it.
    pub rest: Option<String>,
}

/// At most so many numbers come from one cell.
const MOST: usize = 20;

/// The telephone numbers in a text.
#[must_use]
pub fn phones(text: &str, remarks: &mut Vec<Remark>) -> Numbers {
    if let Some(number) = spreadsheet_number(text.trim()) {
        return Numbers {
            numbers: said_of(number, remarks).into_iter().collect(),
            rest: None,
        };
    }
    let mut found = Numbers::default();
    let mut words = String::new();
    let mut rest = text;
    let mut before = ' ';
    while let Some(c) = rest.chars().next() {
        let length = if before.is_alphanumeric() && c != '+' {
            0
        } else {
            run(rest)
        };
        let (piece, after) = rest.split_at_checked(length).unwrap_or(("", rest));
        if length > 0 && found.numbers.len() < MOST {
            take(piece, &mut words, &mut found.numbers, remarks);
            rest = after;
            before = '0';
        } else {
            words.push(c);
            before = c;
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
    }
    close(&words, &mut found);
    if found.numbers.is_empty() && !words.trim().is_empty() {
        found.rest = Some(text.trim().to_owned());
    }
    found
}

/// The length of the number with which a text begins; 0: none.
fn run(text: &str) -> usize {
    let starts = |c: char| c.is_ascii_digit() || matches!(c, '+' | '(' | 'O' | 'o');
    if !text.starts_with(starts) {
        return 0;
    }
    let (mut digits, mut end, mut gap) = (0, 0, false);
    for (at, c) in text.char_indices() {
        if c.is_ascii_digit() || at == 0 && matches!(c, 'O' | 'o') {
            // A new number begins where one could already end.
            if gap && c == '0' && digits >= 10 {
                break;
            }
            digits += 1;
            end = at + c.len_utf8();
            gap = false;
        } else if c == '+' && at > 0 || !matches!(c, ' ' | '\n' | '-' | '–' | '.' | '(' | ')' | '+')
        {
            break;
        } else {
            gap |= c != '(' && c != ')';
        }
    }
    if digits >= 7 { end } else { 0 }
}

/// A cell that a spreadsheet took for a number: nothing but digits, a lost part written as `e3`.
fn spreadsheet_number(text: &str) -> Option<&str> {
    let lower = text.strip_suffix(".0").unwrap_or(text);
    let (mantissa, power) = lower.split_once(['e', 'E'])?;
    let digits = |part: &str| {
        let part = part.strip_prefix('+').unwrap_or(part);
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    };
    (digits(mantissa) && digits(power)).then_some(text)
}

fn take(piece: &str, words: &mut String, numbers: &mut Vec<Number>, remarks: &mut Vec<Remark>) {
    let mut label = std::mem::take(words);
    // What stands in brackets after a number belongs to that number.
    if let (Some(last), Some((about, next))) = (numbers.last_mut(), label.split_once(')')) {
        describe(last, about);
        label = next.to_owned();
    }
    let Some(mut number) = said_of(piece, remarks) else {
        return;
    };
    let next = beside(&label, numbers.last_mut());
    describe(&mut number, &next);
    numbers.push(number);
}

/// An extension at the beginning of what follows a number goes to that number; the rest is the label
/// of the next one.
fn beside(label: &str, last: Option<&mut Number>) -> String {
    let Some(last) = last else {
        return label.to_owned();
    };
    match extension(label) {
        Some((extension, rest)) => {
            last.extension = Some(extension);
            rest.to_owned()
        }
        None => label.to_owned(),
    }
}

fn close(words: &str, found: &mut Numbers) {
    let Some(last) = found.numbers.last_mut() else {
        return;
    };
    let rest = beside(words, Some(last));
    describe(last, &rest);
}

/// `ext 12`, `x12`, `ext: 12`, and what follows.
fn extension(text: &str) -> Option<(u32, &str)> {
    let text = text.trim_start_matches([' ', ',', '(', '/', ';', '#']);
    let lower: String = text.chars().take(10).flat_map(char::to_lowercase).collect();
    let word = ["extension", "extn", "ext", "x"]
        .into_iter()
        .find(|word| lower.starts_with(word))?;
    let after = text
        .get(word.len()..)?
        .trim_start_matches([' ', '.', ':', 'n', 'o']);
    let end = after
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(after.len());
    let number = after.get(..end)?.parse().ok().filter(|n| *n < 1_000_000)?;
    Some((number, after.get(end..)?.trim_start_matches(')')))
}

/// Puts what is said beside a number where it belongs.
fn describe(number: &mut Number, said: &str) {
    const MARKS: [char; 11] = [' ', '\n', ':', ';', ',', '.', '/', '-', '|', '(', ')'];
    let said = said.trim_matches(MARKS);
    let kind = |word: &str| match word.to_lowercase().as_str() {
        "mob" | "mobile" | "m" | "cell" => Some(Some("cell")),
        "fax" | "f" => Some(Some("fax")),
        "text" | "sms" | "txt" => Some(Some("text")),
        "textphone" | "minicom" | "tty" | "typetalk" => Some(Some("textphone")),
        "t" | "tel" | "telephone" | "phone" | "ph" | "call" | "ring" | "no" | "number" | "or"
        | "and" | "&" | "landline" | "or call" | "or phone" | "or email" | "main" => Some(None),
        _ => None,
    };
    match kind(said) {
        Some(Some(kind)) => number.kind = Some(kind),
        Some(None) => {}
        None if said.is_empty() => {}
        None => {
            let about = number.about.get_or_insert_default();
            if !about.is_empty() {
                about.push_str(", ");
            }
            about.push_str(said);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> (Vec<String>, Vec<String>) {
        let mut remarks = Vec::new();
        let found = phones(text, &mut remarks);
        let numbers = found.numbers.into_iter().map(|one| {
            let extension = one
                .extension
                .map(|n| format!(" ext {n}"))
                .unwrap_or_default();
            let kind = one
                .kind
                .map(|kind| format!(" [{kind}]"))
                .unwrap_or_default();
            let about = one
                .about
                .map(|about| format!(" ({about})"))
                .unwrap_or_default();
            format!("{}{extension}{kind}{about}", one.number)
        });
        (
            numbers.collect(),
            remarks.into_iter().map(|remark| remark.message).collect(),
        )
    }

    #[test]
    fn numbers_are_written_as_usual() {
        for (text, numbers) in [
            ("01614960000", vec!["0161 496 0000"]),
            ("0161 4960000", vec!["0161 496 0000"]),
            ("+44 161 496 0000", vec!["0161 496 0000"]),
            ("+44 (0)161 496 0000", vec!["0161 496 0000"]),
            ("00441614960000", vec!["0161 496 0000"]),
            ("01632 960 000", vec!["01632 960000"]),
            ("0161 496 0000 ext 12", vec!["0161 496 0000 ext 12"]),
            (
                "0161 496 0000 or 07700900123",
                vec!["0161 496 0000", "07700 900123"],
            ),
            (
                "0161 496 0000 0161 496 0001",
                vec!["0161 496 0000", "0161 496 0001"],
            ),
            (
                "Tel: 0161 496 0000, Mobile: 07700 900123, Fax 0161 496 0002",
                vec![
                    "0161 496 0000",
                    "07700 900123 [cell]",
                    "0161 496 0002 [fax]",
                ],
            ),
            (
                "0161 496 0000 (during opening hours)",
                vec!["0161 496 0000 (during opening hours)"],
            ),
            (
                "Sam (office) 0161 496 0000",
                vec!["0161 496 0000 (Sam (office)"],
            ),
            ("(312) 555-0100", vec!["(312) 555-0100"]),
            ("+353 1 555 0100", vec!["+353 1 555 0100"]),
        ] {
            let (found, remarks) = read(text);
            assert!(remarks.is_empty(), "{text}: {remarks:?}");
            assert_eq!(found.len(), numbers.len(), "{text}: {found:?}");
            for (found, wanted) in found.iter().zip(&numbers) {
                assert!(found.starts_with(wanted), "{text}: {found}");
            }
        }
    }

    #[test]
    fn a_lost_zero_is_put_back_and_said() {
        assert_eq!(read("1614960000").0, ["0161 496 0000"]);
        assert!(read("1614960000").1[0].contains("lost its leading 0"));
        assert_eq!(read("7700900123").0, ["07700 900123"]);
    }

    #[test]
    fn what_is_no_number_is_kept_and_flagged() {
        for text in [
            "1614e6",
            "O1614960000",
            "0161496000",
            "04614960000",
            "161496000",
        ] {
            let (found, remarks) = read(text);
            assert_eq!((found, remarks.len()), (vec![text.to_owned()], 1), "{text}");
        }
        assert_eq!(read("00000 000000").0, Vec::<String>::new());
        let words = phones("ask at the desk, 9 to 5", &mut Vec::new());
        assert_eq!(words.rest.as_deref(), Some("ask at the desk, 9 to 5"));
    }

    proptest! {
        #[test]
        fn tidying_twice_changes_nothing(text in "[0-9 ()+.O/eE-]{0,30}|0[1-9][0-9]{9}|[1-9][0-9]{8,9}|\\+44[0-9 ]{10,14}") {
            for number in phones(&text, &mut Vec::new()).numbers {
                let again = phones(&number.number, &mut Vec::new()).numbers;
                prop_assert_eq!(again.iter().map(|n| &n.number).collect::<Vec<_>>(), vec![&number.number]);
            }
        }

        #[test]
        fn any_text_is_taken(text in any::<String>()) {
            let _taken = phones(&text, &mut Vec::new());
        }
    }
}
