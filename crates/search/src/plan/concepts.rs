//! Puts words together into concepts: places, phrases that the thesaurus knows, words.

use std::collections::{BTreeSet, HashSet};

use super::{Concept, Expansion, Part, Plan, Source, Typed};
use crate::answer::ReasonKind;
use crate::document::Dimension;
use crate::state::State;
use crate::stemmed::Phrases;
use crate::text::{is_little, is_weak, stem};
use crate::vocabulary::Vocabulary;

/// A concept costs a pass over the directory: more than these are not looked for.
const MOST_CONCEPTS: usize = 12;
/// A prefix with more words than this is looked up as a whole.
const MOST_COMPLETIONS: usize = 48;

/// What the ways of expressing a concept are worth beside the very word.
mod worth {
    pub(super) const VERY_WORD: f32 = 1.25;
    pub(super) const COMPLETION: f32 = 0.6;
    pub(super) const OTHER_SPELLING: f32 = 0.5;
    pub(super) const SYNONYM: f32 = 0.85;
    pub(super) const LATER_SYNONYM: f32 = 0.04;
    pub(super) const LEAST_SYNONYM: f32 = 0.55;
    pub(super) const POPULATION: f32 = 0.6;
    pub(super) const ACTIVITY: f32 = 0.35;
    pub(super) const NEED: f32 = 0.2;
    pub(super) const UNFINISHED: f32 = 0.5;
    pub(super) const BONUS: f32 = 0.3;
    pub(super) const ASIDE: f32 = 0.6;
}

pub(super) struct Reader<'a> {
    state: &'a State,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) plan: &'a mut Plan,
    /// Places among the words of those that nobody has.
    unheard: BTreeSet<usize>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(state: &'a State, vocabulary: &'a Vocabulary, plan: &'a mut Plan) -> Self {
        Self {
            state,
            vocabulary,
            plan,
            unheard: BTreeSet::new(),
        }
    }

    /// Places among the words of those that nobody has.
    pub(super) fn unheard(self) -> BTreeSet<usize> {
        self.unheard
    }

    pub(super) fn read(&mut self, typed: &[Typed]) {
        let understood: Vec<String> = typed
            .iter()
            .map(|one| one.understood().to_owned())
            .collect();
        let (mut at, mut run) = (0, 0);
        while at < typed.len() {
            let rest = understood.get(at..).unwrap_or_default();
            // "Afford to bury" is no place: a phrase that takes more words goes first.
            let phrase = self
                .vocabulary
                .thesaurus
                .at(rest, false)
                .map_or(0, |(_, taken)| taken);
            match self.vocabulary.places.at(rest) {
                Some((named, taken)) if taken >= phrase => {
                    self.words(typed.get(run..at).unwrap_or_default());
                    self.place(&named, rest.get(..taken).unwrap_or_default());
                    at += taken;
                    run = at;
                }
                _ => at += phrase.max(1),
            }
        }
        self.words(typed.get(run..).unwrap_or_default());
        self.settle(typed);
    }

    /// When only words were typed that narrow nothing, they are looked for all the same.
    fn settle(&mut self, typed: &[Typed]) {
        let concepts = &mut self.plan.concepts;
        if concepts.iter().all(|concept| concept.part != Part::Wanted) {
            let bonus = concepts.iter_mut().filter(|c| c.part == Part::Bonus);
            bonus.for_each(|concept| {
                concept.part = Part::Wanted;
                concept
                    .expansions
                    .iter_mut()
                    .for_each(|e| e.weight /= worth::BONUS);
            });
        }
        // Where people speak in sentences, what the thesaurus knows is what they mean; other words
        // count for less.
        let understood = |concept: &Concept| {
            concept.part == Part::Wanted
                && concept
                    .expansions
                    .iter()
                    .any(|e| e.reason == ReasonKind::Synonym)
        };
        if concepts.iter().any(understood) {
            let aside = concepts
                .iter_mut()
                .filter(|c| c.part == Part::Wanted && !understood(c));
            aside
                .flat_map(|c| &mut c.expansions)
                .for_each(|e| e.weight *= worth::ASIDE);
        }
        if let ([only], true) = (typed, concepts.is_empty())
            && only.open
            && is_little(&only.said)
        {
            let expansions = self.completions(&only.said);
            self.push(Part::Wanted, only.said.clone(), expansions);
        }
        // What is left out of an endless sentence is what only lifts.
        let order = |concept: &Concept| match concept.part {
            Part::Place => 0,
            Part::Wanted => 1,
            Part::Bonus => 2,
        };
        self.plan.concepts.sort_by_key(order);
        self.plan.concepts.truncate(MOST_CONCEPTS);
    }

    pub(super) fn push(&mut self, part: Part, said: String, expansions: Vec<Expansion>) {
        if !expansions.is_empty() {
            self.plan.concepts.push(Concept {
                part,
                said,
                expansions,
            });
        }
    }

    pub(super) fn word(&self, word: &str, weight: f32, reason: ReasonKind) -> Option<Expansion> {
        let stem = stem(word);
        let found = word.to_owned();
        (self.state.documents(&stem) > 0).then_some(Expansion {
            source: Source::Stem(stem),
            weight,
            reason,
            found,
            general: false,
        })
    }

    /// A run of words without a place in it.
    fn words(&mut self, typed: &[Typed]) {
        let understood: Vec<String> = typed
            .iter()
            .map(|one| one.understood().to_owned())
            .collect();
        let open = typed.last().is_some_and(|last| last.open);
        let mut at = 0;
        while let Some(one) = typed.get(at) {
            let rest = understood.get(at..).unwrap_or_default();
            let phrase = self
                .vocabulary
                .thesaurus
                .at(rest, open)
                .and_then(|(groups, taken)| {
                    let taken_typed = typed.get(at..at + taken)?;
                    self.phrase(taken_typed, &groups).then_some(taken)
                });
            at += phrase.unwrap_or_else(|| {
                self.single(one);
                1
            });
        }
    }

    /// A word for itself.
    fn single(&mut self, one: &Typed) {
        let Some(word) = one.word.as_deref() else {
            self.unheard.insert(one.at);
            return;
        };
        if is_little(word) {
            return;
        }
        let weak = is_weak(word);
        let mut expansions = self.literal(one, word);
        if expansions.is_empty() {
            self.unheard.insert(one.at);
        }
        if weak {
            expansions.iter_mut().for_each(|e| e.weight *= worth::BONUS);
        }
        self.push(
            if weak { Part::Bonus } else { Part::Wanted },
            one.said.clone(),
            expansions,
        );
    }

    fn literal(&self, one: &Typed, word: &str) -> Vec<Expansion> {
        let reason = if one.corrected() {
            ReasonKind::Spelling
        } else {
            ReasonKind::Word
        };
        let mut expansions: Vec<Expansion> = self
            .word(word, worth::VERY_WORD, reason)
            .into_iter()
            .collect();
        let others = one.others.iter();
        expansions.extend(
            others.filter_map(|w| self.word(w, worth::OTHER_SPELLING, ReasonKind::Spelling)),
        );
        if one.open && !one.corrected() {
            expansions.extend(self.completions(word));
        }
        expansions
    }

    /// Words that an unfinished one may become.
    fn completions(&self, prefix: &str) -> Vec<Expansion> {
        let lexicon = &self.state.shelf.lexicon;
        let range = lexicon.beginning(prefix);
        let way = |source, found: &str| Expansion {
            source,
            weight: worth::COMPLETION,
            reason: ReasonKind::Beginning,
            found: found.to_owned(),
            general: false,
        };
        let mut ways = Vec::new();
        if prefix.chars().count() < 3 || range.len() > MOST_COMPLETIONS {
            ways.push(way(
                Source::Prefix(prefix.to_owned()),
                &format!("{prefix}\u{2026}"),
            ));
        } else {
            let own = stem(prefix);
            let forms = range.filter_map(|at| {
                let number = lexicon.stem_at(at)? as usize;
                Some((lexicon.form(at), lexicon.stems().get(number)?.as_ref()))
            });
            let mut seen = HashSet::from([own]);
            let new = forms.chain(self.state.fresh.beginning(prefix));
            let new = new.filter(|(_, stem)| seen.insert((*stem).to_owned()));
            ways.extend(new.map(|(form, stem)| way(Source::Stem(stem.to_owned()), form)));
        }
        if prefix.chars().count() > 3 {
            for (_, group) in self.vocabulary.thesaurus.beginning(prefix, 3) {
                ways.extend(self.meaning(group, worth::UNFINISHED));
            }
        }
        ways
    }

    /// A phrase or word that the thesaurus knows; false when no service has anything of it.
    fn phrase(&mut self, typed: &[Typed], groups: &[usize]) -> bool {
        let mut expansions = match typed {
            [one] => self.literal(one, one.understood()),
            many => {
                let stems: Vec<String> = many.iter().map(|one| stem(one.understood())).collect();
                let term = Phrases::term(&stems);
                let found = many
                    .iter()
                    .map(Typed::understood)
                    .collect::<Vec<_>>()
                    .join(" ");
                let known = self.state.documents(&term) > 0;
                let way = Expansion {
                    source: Source::Stem(term),
                    weight: 1.0,
                    reason: ReasonKind::Word,
                    found,
                    general: false,
                };
                known.then_some(way).into_iter().collect()
            }
        };
        groups
            .iter()
            .for_each(|group| expansions.extend(self.meaning(*group, 1.0)));
        if expansions.is_empty() {
            return false;
        }
        let said = typed
            .iter()
            .map(|one| one.said.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        self.push(Part::Wanted, said, expansions);
        if typed.len() > 1 {
            typed.iter().for_each(|one| self.bonus(one));
        }
        true
    }

    /// The words of a phrase that was understood still count for themselves, a little.
    fn bonus(&mut self, one: &Typed) {
        let word = one.understood();
        if !is_little(word) {
            let way = self.word(word, worth::BONUS, ReasonKind::Word);
            self.push(Part::Bonus, one.said.clone(), way.into_iter().collect());
        }
    }

    /// What services call it.
    fn meaning(&self, group: usize, scale: f32) -> Vec<Expansion> {
        let Some(meaning) = self.vocabulary.thesaurus.meaning(group) else {
            return Vec::new();
        };
        let mut ways = Vec::new();
        let mut weight = worth::SYNONYM;
        for (stems, written) in &meaning.words {
            let term = Phrases::term(stems);
            if self.state.documents(&term) > 0 {
                ways.push(Expansion {
                    source: Source::Stem(term),
                    weight: weight * scale,
                    reason: ReasonKind::Synonym,
                    found: written.clone(),
                    general: false,
                });
            }
            weight = (weight - worth::LATER_SYNONYM).max(worth::LEAST_SYNONYM);
        }
        let terms = [
            (
                Dimension::Population,
                &meaning.populations,
                worth::POPULATION,
            ),
            (Dimension::Activity, &meaning.activities, worth::ACTIVITY),
            (Dimension::Need, &meaning.needs, worth::NEED),
        ];
        for (dimension, codes, weight) in terms {
            let held = codes
                .iter()
                .filter(|code| self.state.term(dimension, code).is_some());
            ways.extend(held.map(|code| Expansion {
                source: Source::Term(dimension, code.clone()),
                weight: weight * scale,
                reason: ReasonKind::Synonym,
                found: self.vocabulary.name(dimension, code),
                general: dimension == Dimension::Need,
            }));
        }
        ways
    }
}
