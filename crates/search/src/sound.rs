//! Words that sound alike when they are written by ear: `afasia` is `aphasia`, `counciling` is
//! `counselling`. Asked only when no word lies within a slip of the keyboard.

/// What is left of a word when spellings of the same sound are made one.
pub(crate) fn sound(word: &str) -> String {
    let mut text = word.to_owned();
    for (written, heard) in [
        ("sch", "sk"),
        ("tch", "c"),
        ("ph", "f"),
        ("gh", "g"),
        ("wh", "w"),
        ("kn", "n"),
        ("psy", "si"),
        ("ck", "k"),
        ("qu", "kw"),
        ("x", "ks"),
        ("ce", "se"),
        ("ci", "si"),
        ("cy", "si"),
        ("c", "k"),
        ("z", "s"),
        ("v", "f"),
        ("y", "i"),
    ] {
        text = text.replace(written, heard);
    }
    let mut heard = String::new();
    for (n, letter) in text.chars().enumerate() {
        let vowel = matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u');
        // Which vowel it is matters only at the beginning; a double letter is one.
        let letter = if vowel && n > 0 { '-' } else { letter };
        if !heard.ends_with(letter) {
            heard.push(letter);
        }
    }
    heard.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_by_ear() {
        for (by_ear, word) in [
            ("afasia", "aphasia"),
            ("diabeties", "diabetes"),
            ("arthritus", "arthritis"),
            ("exersize", "exercise"),
            ("fobia", "phobia"),
            ("nitting", "knitting"),
        ] {
            assert_eq!(sound(by_ear), sound(word), "{by_ear}");
        }
        assert_ne!(sound("dancing"), sound("cancer"));
    }
}
