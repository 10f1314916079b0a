//! What may lie between a desk and its hub: a line that is cut after any byte, and somebody in the
//! middle who answers in the hub's place or alters what it answers.

mod cutter;
mod middleman;

pub(crate) use cutter::{Cutter, Severed};
pub(crate) use middleman::{Answer, Middleman, Request};
