//! Every word form that the indexed texts hold, and the stem under which it is filed.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::OnceLock;

use crate::fuzzy::Typo;
use crate::text::Stems;

/// Sorted word forms with their stems. Stems are numbered in their sorted order.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    /// All word forms, one after the other.
    text: String,
    /// Where each form ends in `text`.
    ends: Vec<u32>,
    /// The number of each form's stem.
    stem_of: Vec<u32>,
    /// In how many documents each form stands.
    count_of: Vec<u32>,
    stems: Vec<Box<str>>,
    /// Places of forms by their sound, made when first asked for.
    by_sound: OnceLock<HashMap<String, Vec<u32>>>,
}

/// Counts, while documents are indexed, in how many each word form and phrase stands.
#[derive(Default)]
pub(crate) struct Gather {
    /// By the number of the form.
    forms: Vec<u32>,
    phrases: HashMap<String, u32>,
}

impl Gather {
    /// Counts a document's forms and phrases, each given once.
    pub(crate) fn document(&mut self, forms: &[u32], phrases: &[String]) {
        for number in forms {
            let at = *number as usize;
            if self.forms.len() <= at {
                self.forms.resize(at + 1, 0);
            }
            self.forms
                .get_mut(at)
                .into_iter()
                .for_each(|count| *count += 1);
        }
        for term in phrases {
            *self.phrases.entry(term.clone()).or_default() += 1;
        }
    }

    /// The lexicon in its written form: stems and phrases, a blank line, then forms, all sorted.
    pub(crate) fn write(&self, stems: &Stems) -> String {
        let mut filed: Vec<&str> = stems.seen().map(|(_, number)| stems.stem(number)).collect();
        filed.extend(self.phrases.keys().map(String::as_str));
        filed.sort_unstable();
        filed.dedup();
        let number: HashMap<&str, usize> = filed.iter().enumerate().map(|(n, s)| (*s, n)).collect();
        let mut forms: Vec<(&str, u32)> = stems.seen().collect();
        forms.sort_unstable();
        let mut out = filed.join("\n");
        out.push_str("\n\n");
        for (form, of) in forms {
            let stem = number.get(stems.stem(of)).copied().unwrap_or_default();
            let count = self.forms.get(of as usize).copied().unwrap_or_default();
            // Writing to a String cannot fail.
            let _infallible = writeln!(out, "{form} {stem} {count}");
        }
        out
    }
}

impl Lexicon {
    /// Reads what [`Gather::write`] wrote; `None` when it is not that.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut lexicon = Self::default();
        let (stems, forms) = match text.split_once("\n\n") {
            Some(parts) => parts,
            None => ("", text.trim()),
        };
        lexicon.stems = stems
            .lines()
            .filter(|line| !line.is_empty())
            .map(Into::into)
            .collect();
        let mut last = "";
        for line in forms.lines() {
            let mut parts = line.split(' ');
            let (form, stem, count) = (parts.next()?, parts.next()?, parts.next()?);
            let stem: u32 = stem.parse().ok()?;
            if form <= last && !last.is_empty() || stem as usize >= lexicon.stems.len() {
                return None;
            }
            last = form;
            lexicon.text.push_str(form);
            lexicon.ends.push(u32::try_from(lexicon.text.len()).ok()?);
            lexicon.stem_of.push(stem);
            lexicon.count_of.push(count.parse().ok()?);
        }
        Some(lexicon)
    }

    /// How many forms there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// All stems and phrases, sorted.
    pub(crate) fn stems(&self) -> &[Box<str>] {
        &self.stems
    }

    /// The number of a stem or phrase.
    pub(crate) fn stem(&self, stem: &str) -> Option<u32> {
        let at = self
            .stems
            .binary_search_by(|known| (**known).cmp(stem))
            .ok()?;
        u32::try_from(at).ok()
    }

    /// The form at this place in the order.
    pub(crate) fn form(&self, at: usize) -> &str {
        let start = at
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .map_or(0, |e| *e as usize);
        let end = self.ends.get(at).map_or(start, |end| *end as usize);
        self.text.get(start..end).unwrap_or_default()
    }

    /// The number of the stem of the form at this place.
    pub(crate) fn stem_at(&self, at: usize) -> Option<u32> {
        self.stem_of.get(at).copied()
    }

    /// The first place whose form is not less than `text`.
    fn lower_bound(&self, text: &str) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.form(middle) < text {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// The place of a form.
    pub(crate) fn find(&self, form: &str) -> Option<usize> {
        let at = self.lower_bound(form);
        (at < self.len() && self.form(at) == form).then_some(at)
    }

    /// The places of all forms that begin so.
    pub(crate) fn beginning(&self, prefix: &str) -> std::ops::Range<usize> {
        let start = self.lower_bound(prefix);
        let (mut low, mut high) = (start, self.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.form(middle).starts_with(prefix) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        start..low
    }

    /// A lexicon of these words, each as if it stood in so many documents.
    pub(crate) fn of<'a>(words: impl Iterator<Item = &'a str>, count: u32) -> Self {
        let mut stems = Stems::new();
        let numbers: Vec<u32> = words.map(|word| stems.number(word)).collect();
        let mut gather = Gather::default();
        gather.document(&numbers, &[]);
        gather.forms.fill(count);
        Self::read(&gather.write(&stems)).unwrap_or_default()
    }

    /// Forms that sound like this, with their counts.
    pub(crate) fn sounding(&self, sound: &str) -> Vec<(&str, u32)> {
        let by_sound = self.by_sound.get_or_init(|| {
            let mut by_sound: HashMap<String, Vec<u32>> = HashMap::new();
            for (at, number) in (0..self.len()).zip(0_u32..) {
                by_sound
                    .entry(crate::sound::sound(self.form(at)))
                    .or_default()
                    .push(number);
            }
            by_sound
        });
        let places = by_sound
            .get(sound)
            .into_iter()
            .flatten()
            .map(|number| *number as usize);
        places
            .map(|at| (self.form(at), self.count_of.get(at).copied().unwrap_or(0)))
            .collect()
    }

    /// Forms within the typo's distance, each with its distance and count, in their order.
    pub(crate) fn near(&self, typo: &Typo) -> Vec<(&str, u8, u32)> {
        let counted = self.count_of.iter().copied();
        typo.among((0..self.len()).map(|at| self.form(at)).zip(counted))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon(words: &[&str]) -> Lexicon {
        Lexicon::of(words.iter().copied(), 1)
    }

    #[test]
    fn forms_beginnings_and_stems() {
        let lexicon = lexicon(&["housing", "house", "housebound", "home", "walk"]);
        let forms: Vec<&str> = lexicon
            .beginning("hous")
            .map(|at| lexicon.form(at))
            .collect();
        assert_eq!(forms, ["house", "housebound", "housing"]);
        let stem = |form| lexicon.stem_at(lexicon.find(form).unwrap());
        assert_eq!(stem("house"), stem("housing"));
        assert!(lexicon.find("hous").is_none());
        assert_eq!(lexicon.beginning("").len(), 5);
    }

    #[test]
    fn near_forms_are_found_whatever_the_first_letter() {
        let lexicon = lexicon(&["bereavement", "befriending", "dancing", "cancer", "carer"]);
        let near = |word| {
            lexicon
                .near(&Typo::of(word).unwrap())
                .into_iter()
                .map(|f| f.0.to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(near("berevment"), ["bereavement"]);
        assert_eq!(near("vefriending"), ["befriending"]);
        assert!(near("dancingg").contains(&"dancing".to_owned()));
        assert!(!near("dancing").contains(&"cancer".to_owned()));
    }

    #[test]
    fn what_is_not_a_lexicon_is_refused() {
        assert!(Lexicon::read("a\n\nb 7 1\n").is_none());
        assert!(Lexicon::read("a\n\nb\n").is_none());
        assert_eq!(Lexicon::read("\n\n").unwrap().len(), 0);
    }
}
