//! Places among the words, and how people are told that they were understood.

use super::concepts::Reader;
use super::{Expansion, Part, Source, areas_of};
use crate::answer::{Note, NoteKind, ReasonKind};
use crate::document::Dimension;
use crate::place_names::Named;

/// What covering a place that was said is worth, and what having its name among one's words is.
const COVERAGE: f32 = 0.25;
const PLACE_WORD: f32 = 0.3;

impl Reader<'_> {
    /// A place that was said.
    pub(super) fn place(&mut self, named: &Named, said: &[String]) {
        if let Named::Outcode(outcode) = named {
            self.plan.outcode = self.vocabulary.areas.outcode(outcode).cloned();
        }
        let areas = areas_of(named, self.vocabulary);
        let covering = |code: &String| Expansion {
            source: Source::Term(Dimension::Borough, code.clone()),
            weight: COVERAGE,
            reason: ReasonKind::Area,
            found: self.vocabulary.name(Dimension::Borough, code),
            general: false,
        };
        self.plan.areas.extend(areas.iter().cloned());
        let everywhere = areas.len() == self.vocabulary.choices(Dimension::Borough).len();
        let mut expansions: Vec<Expansion> = areas.iter().map(covering).collect();
        // One word of several, such as "city" or "centre", is not the place.
        if let [word] = said {
            expansions.extend(self.word(word, PLACE_WORD, ReasonKind::Word));
        }
        let said = said.join(" ");
        let text = format!(
            "\u{201c}{said}\u{201d} understood as {}: what covers it comes first.",
            self.place_name(named, &said)
        );
        self.plan.notes.push(Note {
            kind: NoteKind::Place,
            text,
        });
        self.push(
            if everywhere { Part::Bonus } else { Part::Place },
            said,
            expansions,
        );
    }

    /// A place as people are told that it was understood.
    fn place_name(&self, named: &Named, said: &str) -> String {
        let areas = &self.vocabulary.areas;
        let Named::Area(code) = named else {
            return format!("the postcode district {}", said.to_uppercase());
        };
        let Some(area) = areas.get(code) else {
            return code.clone();
        };
        let own = area.name.to_lowercase().contains(said);
        let around = areas.covered_by(code);
        match around.first() {
            Some(borough) if !own => format!("a place in {}", borough.name),
            _ => format!("the place {}", area.name),
        }
    }
}
