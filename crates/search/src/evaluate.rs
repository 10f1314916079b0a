//! How well each document meets each concept.
//!
//! A concept gives every document one cell: the worth of its best expansion in the upper half, which
//! expansion and field that was in the lower. The best is then a plain maximum, a concept is met
//! where its cell is not zero, and the reason for a hit is read off its cells.

use crate::bits::Bits;
use crate::error::IndexError;
use crate::plan::{Concept, Expansion, Part, Source};
use crate::schema::{FIELDS, WORTH};
use crate::state::State;

/// A worth of one in a cell.
const UNIT: f32 = 11_000.0;
/// With fewer matches than this, what is general counts too.
const FEW: usize = 5;
/// How much of a word's worth does not depend on how rare it is.
const SURE: f32 = 0.35;

/// The cells of one concept.
pub(crate) type Cells = Vec<u32>;

/// What the concepts of a plan come to.
pub(crate) struct Scores {
    /// Of each concept, in the plan's order.
    pub(crate) cells: Vec<Cells>,
    /// Of each document, over all concepts.
    pub(crate) sums: Vec<u32>,
    /// How many wanted concepts each document meets.
    met: Vec<u8>,
    /// How many wanted concepts there are.
    pub(crate) wanted: u8,
    /// Documents that meet any of the places said; absent: no place was said.
    placed: Option<Bits>,
}

/// Vectors that outlive a search: a new one for each would cost more than filling it.
#[derive(Default)]
pub(crate) struct Scratch {
    cells: Vec<Cells>,
    sums: Vec<u32>,
    met: Vec<u8>,
}

impl Scores {
    /// Evaluates the concepts.
    pub(crate) fn of(
        concepts: &[Concept],
        state: &State,
        scratch: &mut Scratch,
    ) -> Result<Self, IndexError> {
        let len = state.len();
        let mut scores = Self {
            cells: Vec::with_capacity(concepts.len()),
            sums: cleared(std::mem::take(&mut scratch.sums), len),
            met: cleared(std::mem::take(&mut scratch.met), len),
            wanted: 0,
            placed: None,
        };
        for concept in concepts {
            let mut cells = cleared(scratch.cells.pop().unwrap_or_default(), len);
            meet(&mut cells, concept, state)?;
            scores.add(concept.part, cells);
        }
        Ok(scores)
    }

    /// Gives the vectors back.
    pub(crate) fn recycle(self, scratch: &mut Scratch) {
        scratch.cells.extend(self.cells);
        scratch.sums = self.sums;
        scratch.met = self.met;
    }

    fn add(&mut self, part: Part, cells: Cells) {
        for (sum, cell) in self.sums.iter_mut().zip(&cells) {
            *sum += cell >> 16;
        }
        match part {
            Part::Bonus => {}
            Part::Wanted => {
                self.wanted += 1;
                for (met, cell) in self.met.iter_mut().zip(&cells) {
                    *met += u8::from(*cell != 0);
                }
            }
            Part::Place => {
                let here = Bits::of(&cells, |cell| *cell != 0);
                match &mut self.placed {
                    Some(placed) => placed.or(&here),
                    None => self.placed = Some(here),
                }
            }
        }
        self.cells.push(cells);
    }

    /// Documents that meet at least this many wanted concepts, and the place.
    pub(crate) fn meeting(&self, quorum: u8, alive: &Bits) -> Bits {
        let mut found = if quorum == 0 {
            alive.clone()
        } else {
            let mut found = Bits::of(&self.met, |met| *met >= quorum);
            found.and(alive);
            found
        };
        if let Some(placed) = &self.placed {
            found.and(placed);
        }
        found
    }

    /// The expansion and field that met a concept best for a document.
    pub(crate) fn reason(&self, concept: usize, doc: u32) -> Option<(usize, usize)> {
        let cell = *self.cells.get(concept)?.get(doc as usize)?;
        (cell != 0).then_some(((cell & 0xffff) as usize / FIELDS, cell as usize % FIELDS))
    }

    /// A worth of one, as sums count it.
    pub(crate) fn unit() -> f32 {
        UNIT
    }
}

/// Fills the cells of a concept.
fn meet(cells: &mut Cells, concept: &Concept, state: &State) -> Result<(), IndexError> {
    let ways = || concept.expansions.iter().enumerate();
    for (n, way) in ways().filter(|(_, way)| !way.general) {
        fill(cells, n, way, state)?;
    }
    // "Yoga" means wellbeing, but not everything for wellbeing is yoga.
    if ways().any(|(_, way)| way.general) && few(cells) {
        for (n, way) in ways().filter(|(_, way)| way.general) {
            fill(cells, n, way, state)?;
        }
    }
    Ok(())
}

/// True when fewer documents meet a concept than a person looks at.
fn few(cells: &[u32]) -> bool {
    cells.iter().filter(|cell| **cell != 0).take(FEW).count() < FEW
}

fn cleared<T: Clone + Default>(mut vector: Vec<T>, len: usize) -> Vec<T> {
    vector.clear();
    vector.resize(len, T::default());
    vector
}

/// How rare a word is among so many documents, from zero to one.
#[expect(clippy::cast_precision_loss, reason = "a rough measure")]
fn rarity(documents: u32, len: usize) -> f32 {
    let (held, all) = (
        documents.min(u32::try_from(len).unwrap_or(u32::MAX)) as f32,
        len.max(1) as f32,
    );
    let log = |held: f32| (1.0 + (all - held + 0.5) / (held + 0.5)).ln();
    (log(held) / log(1.0)).clamp(0.0, 1.0)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "held to 16 bits first"
)]
fn cell(worth: f32, expansion: usize, field: usize) -> u32 {
    let upper = (worth * UNIT).clamp(1.0, 65_535.0) as u32;
    let which = expansion * FIELDS + field;
    // Earlier expansions are better ones: they win among equals.
    upper << 16 | (which.min(0xffff) as u32)
}

fn fill(
    cells: &mut Cells,
    n: usize,
    expansion: &Expansion,
    state: &State,
) -> Result<(), IndexError> {
    let len = state.len();
    let raise = |cells: &mut Cells, doc: u32, new: u32| {
        if let Some(cell) = cells.get_mut(doc as usize) {
            *cell = (*cell).max(new);
        }
    };
    match &expansion.source {
        Source::Stem(stem) => {
            let rare = SURE + (1.0 - SURE) * rarity(state.documents(stem), len);
            let worth = WORTH.map(|worth| worth * rare * expansion.weight);
            state.scan(stem, |doc, field, gain| {
                let worth = worth.get(field).copied().unwrap_or_default() * gain;
                raise(cells, doc, cell(worth, n, field));
            })
        }
        Source::Prefix(prefix) => {
            let new: [u32; FIELDS] = std::array::from_fn(|field| {
                cell(
                    WORTH.get(field).copied().unwrap_or_default() * expansion.weight * SURE,
                    n,
                    field,
                )
            });
            state.scan_prefix(prefix, |doc, field| {
                raise(cells, doc, new.get(field).copied().unwrap_or_default());
            })
        }
        Source::Term(dimension, code) => {
            let Some(set) = state.term(*dimension, code) else {
                return Ok(());
            };
            let documents = u32::try_from(set.count()).unwrap_or(u32::MAX);
            let rare = SURE + (1.0 - SURE) * rarity(documents, len);
            // A term that an editor gave is worth what a tag is.
            let new = cell(2.0 * rare * expansion.weight, n, FIELDS - 1);
            set.iter().for_each(|doc| raise(cells, doc, new));
            Ok(())
        }
    }
}
