//! The thesaurus made ready: from what people say to what services call it.

use std::collections::{BTreeMap, HashSet};

use domain::ThesaurusGroup;

use crate::text::{is_little, stem, words};

/// What a group leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Meaning {
    /// Stems of each word or phrase that services use, strongest first, and how it is written.
    pub(crate) words: Vec<(Vec<String>, String)>,
    pub(crate) needs: Vec<String>,
    pub(crate) activities: Vec<String>,
    pub(crate) populations: Vec<String>,
}

/// All groups by what people say.
#[derive(Debug, Default)]
pub(crate) struct Thesaurus {
    meanings: Vec<Meaning>,
    /// Stems of the phrase with blanks between, little words left out → groups.
    by_phrase: BTreeMap<String, Vec<usize>>,
    /// Single words as people type them, for a word that is still being typed.
    by_word: BTreeMap<String, usize>,
    known: HashSet<String>,
    longest: usize,
}

/// Phrases shrink to what carries meaning; what shrinks to nothing stays whole.
fn reduced(phrase: &[String]) -> Vec<String> {
    let kept: Vec<String> = phrase
        .iter()
        .filter(|w| !is_little(w))
        .map(|w| stem(w))
        .collect();
    // "on my own" must not become "own": a phrase keeps its little words if it would lose too much.
    if kept.is_empty() || kept.len() == 1 && phrase.len() > 1 {
        return phrase.iter().map(|word| stem(word)).collect();
    }
    kept
}

impl Thesaurus {
    pub(crate) fn new(groups: &[ThesaurusGroup]) -> Self {
        let mut thesaurus = Self::default();
        for (n, group) in groups.iter().enumerate() {
            thesaurus.meanings.push(meaning(group));
            for plain in &group.plain {
                thesaurus.learn(&words(plain), n);
            }
        }
        thesaurus
    }

    fn learn(&mut self, phrase: &[String], group: usize) {
        let key = reduced(phrase);
        self.longest = self.longest.max(key.len());
        self.known.extend(phrase.iter().cloned());
        if let [word] = phrase {
            self.by_word.entry(word.clone()).or_insert(group);
        }
        let groups = self.by_phrase.entry(key.join(" ")).or_default();
        if !groups.contains(&group) {
            groups.push(group);
        }
    }

    pub(crate) fn meaning(&self, group: usize) -> Option<&Meaning> {
        self.meanings.get(group)
    }

    /// True when somebody says this word.
    pub(crate) fn knows(&self, word: &str) -> bool {
        self.known.contains(word)
    }

    /// All words that people say, in no order.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(String::as_str)
    }

    /// The longest phrase with which these words begin: its groups and how many words it takes.
    /// Little words between are passed over. With `open`, the last word may be unfinished.
    pub(crate) fn at(&self, typed: &[String], open: bool) -> Option<(Vec<usize>, usize)> {
        if typed
            .first()
            .is_none_or(|first| is_little(first) && typed.len() == 1)
        {
            return None;
        }
        let most = typed.len().min(self.longest * 2 + 2);
        (1..=most).rev().find_map(|n| {
            self.exactly(typed.get(..n)?, open && n == typed.len())
                .map(|g| (g, n))
        })
    }

    fn exactly(&self, phrase: &[String], open: bool) -> Option<Vec<usize>> {
        // A phrase neither begins nor ends with a word that is left out.
        let whole: Vec<String> = phrase.iter().map(|word| stem(word)).collect();
        if let Some(groups) = self.by_phrase.get(&whole.join(" ")) {
            return Some(groups.clone());
        }
        let ends_little = [phrase.first(), phrase.last()]
            .into_iter()
            .flatten()
            .any(|w| is_little(w));
        if ends_little || phrase.len() == 1 {
            return None;
        }
        let kept: Vec<&String> = phrase.iter().filter(|word| !is_little(word)).collect();
        let stems: Vec<String> = kept.iter().map(|word| stem(word)).collect();
        if let Some(groups) = self.by_phrase.get(&stems.join(" ")) {
            return Some(groups.clone());
        }
        let (last, before) = kept.split_last()?;
        if !open || before.is_empty() || last.len() < 2 {
            return None;
        }
        let mut start: Vec<String> = before.iter().map(|word| stem(word)).collect();
        start.push((*last).clone());
        let start = start.join(" ");
        let (found, groups) = self.by_phrase.range(start.clone()..).next()?;
        found.starts_with(&start).then(|| groups.clone())
    }

    /// Words that begin so and their groups, at most `most`.
    pub(crate) fn beginning(&self, prefix: &str, most: usize) -> Vec<(&str, usize)> {
        let from = self.by_word.range(prefix.to_owned()..);
        from.take_while(|(word, _)| word.starts_with(prefix))
            .take(most)
            .map(|(word, group)| (word.as_str(), *group))
            .collect()
    }
}

fn meaning(group: &ThesaurusGroup) -> Meaning {
    let all = group.conditions.iter().chain(&group.words);
    let stems = |text: &str| {
        words(text)
            .iter()
            .map(|word| stem(word))
            .collect::<Vec<_>>()
    };
    let mut seen = HashSet::new();
    let words = all
        .map(|text| (stems(text), text.clone()))
        .filter(|(stems, _)| !stems.is_empty() && seen.insert(stems.clone()))
        .collect();
    Meaning {
        words,
        needs: group.needs.clone(),
        activities: group.activities.clone(),
        populations: group.populations.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thesaurus() -> Thesaurus {
        let group = |id: &str, plain: &[&str]| ThesaurusGroup {
            id: id.into(),
            plain: plain.iter().map(|p| (*p).to_owned()).collect(),
            words: vec![id.into()],
            ..ThesaurusGroup::default()
        };
        Thesaurus::new(&[
            group("fuel", &["cant pay the gas", "heating"]),
            group("lonely", &["lonely", "on my own", "housebound"]),
            group("bereaved", &["husband died"]),
        ])
    }

    fn found(typed: &str, open: bool) -> Option<(Vec<usize>, usize)> {
        thesaurus().at(&words(typed), open)
    }

    #[test]
    fn longest_phrase_first_and_little_words_between_are_passed_over() {
        assert_eq!(found("can't pay for the gas", false), Some((vec![0], 5)));
        assert_eq!(found("husband has died now", false), Some((vec![2], 3)));
        assert_eq!(found("on my own", false), Some((vec![1], 3)));
        assert_eq!(found("own goal", false), None);
        assert_eq!(found("heated", false), Some((vec![0], 1)));
    }

    #[test]
    fn an_unfinished_phrase_is_understood_while_it_is_typed() {
        assert_eq!(found("cant pay the ga", true), Some((vec![0], 4)));
        assert_eq!(found("cant pay the ga", false), None);
        assert_eq!(thesaurus().beginning("houseb", 3), [("housebound", 1)]);
    }
}
