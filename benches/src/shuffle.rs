//! The order in which keys are tried.

use crate::generate::Chance;

/// The numbers below `count` in an order of their own for each round, the same every time.
#[must_use]
pub(crate) fn shuffled(count: usize, round: usize) -> Vec<usize> {
    let mut chance = Chance::new(round as u64 + 1);
    let mut order: Vec<usize> = (0..count).collect();
    for at in (1..count).rev() {
        order.swap(at, chance.below(at + 1));
    }
    order
}
