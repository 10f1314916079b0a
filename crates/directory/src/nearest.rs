//! The right word for a wrong one.

/// More choices than this are not listed in a message.
const LISTED: usize = 20;

/// What to write instead of `said`: the choice nearest to it by its code or its name, or all choices
/// when none or several are. A choice is a code and a name.
pub(crate) fn advice(said: &str, choices: &[(&str, &str)]) -> String {
    if let Some(code) = nearest(said, choices) {
        return format!("did you mean \"{code}\"?");
    }
    let listed: Vec<&str> = choices.iter().take(LISTED).map(|(code, _)| *code).collect();
    let more = if choices.len() > LISTED { ", …" } else { "" };
    match listed.as_slice() {
        [] => "none is defined".to_owned(),
        listed => format!("use one of: {}{more}", listed.join(", ")),
    }
}

/// The one choice that is nearer than any other, a third of its letters differing at most.
fn nearest<'a>(said: &str, choices: &[(&'a str, &str)]) -> Option<&'a str> {
    let said = said.to_lowercase();
    let distance = |word: &str| {
        let word = word.to_lowercase();
        let length = said.chars().count().max(word.chars().count());
        let differ = edits(&said, &word);
        (differ * 3 <= length).then_some(differ)
    };
    let near = choices.iter().filter_map(|(code, name)| {
        // "Glossop (neighbouring area)" is meant by "Glosop" too.
        let plain = |word: &'_ str| word.split(" (").next().and_then(distance);
        let best = [distance(code), distance(name), plain(code), plain(name)]
            .into_iter()
            .flatten()
            .min()?;
        Some((best, *code))
    });
    let mut near: Vec<_> = near.collect();
    near.sort_unstable();
    match near.as_slice() {
        [(first, _), (second, _), ..] if first == second => None,
        near => near.first().map(|(_, code)| *code),
    }
}

/// Letters to add, drop or change to make one word of the other (Levenshtein).
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (n, from) in a.chars().enumerate() {
        let mut left = n + 1;
        let mut next = vec![left];
        for (to, pair) in b.iter().zip(row.windows(2)) {
            let &[diagonal, above] = pair else { continue };
            left = (diagonal + usize::from(from != *to))
                .min(above + 1)
                .min(left + 1);
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted() {
        for (a, b, n) in [
            ("", "abc", 3),
            ("kitten", "sitting", 3),
            ("same", "same", 0),
        ] {
            assert_eq!(edits(a, b), n);
            assert_eq!(edits(b, a), n);
        }
    }

    #[test]
    fn a_near_word_is_named_and_a_far_one_gets_the_list() {
        let choices = [("E1", "Salford"), ("E2", "Bury")];
        assert_eq!(advice("salfrod", &choices), "did you mean \"E1\"?");
        assert_eq!(advice("elsewhere", &choices), "use one of: E1, E2");
        // Of two codes that are equally near, either may be wrong.
        let codes = [("E08000001", "Bolton"), ("E08000002", "Bury")];
        assert_eq!(
            advice("E08000003", &codes),
            "use one of: E08000001, E08000002"
        );
        assert_eq!(advice("x", &[]), "none is defined");
    }
}
