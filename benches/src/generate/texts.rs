//! Names and sentences from moulds.

use store::Load;

use super::chance::Chance;
use super::words::{self, ACTIVITIES, DAYS, NAMES, PEOPLE, SENTENCES, VENUES, WAYS_IN};

/// One word in so many is misspelt, as in any directory that people type.
const MISSPELT_PERMILLE: usize = 2;

/// Fills moulds.
pub(super) struct Writer {
    vocabulary: Vec<String>,
}

/// What one service's texts have in common.
pub(super) struct Theme {
    pub(super) activity: &'static str,
    pub(super) people: &'static str,
    pub(super) district: String,
}

impl Writer {
    pub(super) fn new(built_in: &Load) -> Self {
        let vocabulary = words::vocabulary(built_in);
        Self { vocabulary }
    }

    pub(super) fn theme(chance: &mut Chance, district: String) -> Theme {
        let early = |chance: &mut Chance, of: &[&'static str]| {
            of.get(chance.early(of.len())).copied().unwrap_or_default()
        };
        Theme {
            activity: early(chance, ACTIVITIES),
            people: early(chance, PEOPLE),
            district,
        }
    }

    pub(super) fn name(&self, chance: &mut Chance, theme: &Theme) -> String {
        let mould = chance.one(NAMES).unwrap_or("{N}");
        self.fill(chance, mould, theme)
    }

    /// Forty to a hundred and twenty words.
    pub(super) fn description(&self, chance: &mut Chance, theme: &Theme) -> String {
        let wanted = chance.between(40, 108);
        let mut text = self.fill(
            chance,
            SENTENCES.first().copied().unwrap_or_default(),
            theme,
        );
        while text.split(' ').count() < wanted {
            let mould = chance.one(SENTENCES).unwrap_or_default();
            text.push(' ');
            text.push_str(&self.fill(chance, mould, theme));
        }
        text
    }

    pub(super) fn way_in(&self, chance: &mut Chance, theme: &Theme) -> String {
        let mould = chance.one(WAYS_IN).unwrap_or_default();
        self.fill(chance, mould, theme)
    }

    pub(super) fn place(&self, chance: &mut Chance) -> String {
        let name = rare(chance);
        format!("{name} {}", chance.one(VENUES).unwrap_or_default())
    }

    pub(super) fn organisation(&self, chance: &mut Chance, theme: &Theme) -> String {
        let mould = chance.one(&[
            "{N} Trust",
            "{W} {D}",
            "{N} Housing",
            "{D} {W} Network",
            "{N} Community Company",
        ]);
        self.fill(chance, mould.unwrap_or_default(), theme)
    }

    pub(super) fn keyword(&self, chance: &mut Chance) -> String {
        if chance.permille(500) {
            chance.one(ACTIVITIES).unwrap_or_default().to_owned()
        } else {
            self.word(chance)
        }
    }

    fn word(&self, chance: &mut Chance) -> String {
        let word = self.vocabulary.get(chance.early(self.vocabulary.len()));
        let word = word.map(String::as_str).unwrap_or_default();
        if chance.permille(MISSPELT_PERMILLE) {
            misspelt(chance, word)
        } else {
            word.to_owned()
        }
    }

    fn fill(&self, chance: &mut Chance, mould: &str, theme: &Theme) -> String {
        let mut text = String::with_capacity(mould.len() * 2);
        let mut rest = mould;
        let mut told = false;
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let (slot, after) = after.split_once('}').unwrap_or((after, ""));
            // A service's own activity and people come first, others later.
            text.push_str(&self.slot(chance, slot, theme, &mut told));
            rest = after;
        }
        text.push_str(rest);
        text
    }

    fn slot(&self, chance: &mut Chance, slot: &str, theme: &Theme, told: &mut bool) -> String {
        match slot {
            "a" if std::mem::replace(told, true) => ACTIVITIES
                .get(chance.early(ACTIVITIES.len()))
                .copied()
                .unwrap_or_default()
                .to_owned(),
            "a" => theme.activity.to_owned(),
            "A" => capital(theme.activity),
            "p" => theme.people.to_owned(),
            "P" => capital(theme.people),
            "d" | "D" => theme.district.clone(),
            "v" | "V" => chance.one(VENUES).unwrap_or_default().to_owned(),
            "y" => DAYS
                .get(chance.below(DAYS.len()))
                .map(|day| day.0)
                .unwrap_or_default()
                .to_owned(),
            "W" => capital(&self.word(chance)),
            "w" => self.word(chance),
            _ => rare(chance),
        }
    }
}

fn rare(chance: &mut Chance) -> String {
    words::rare_name(chance.early(words::rare_names()))
}

/// Each word with a capital.
fn capital(text: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters
            .next()
            .map(char::to_uppercase)
            .into_iter()
            .flatten()
            .chain(letters)
            .collect::<String>()
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// One letter left out or two changed about.
fn misspelt(chance: &mut Chance, word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = chance.below(letters.len());
    if at + 1 < letters.len() && chance.permille(500) {
        letters.swap(at, at + 1);
    } else if letters.len() > 3 {
        letters.remove(at);
    }
    letters.into_iter().collect()
}
