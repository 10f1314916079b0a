//! Tests across the whole house: the real window, search in people's own words, several programs on
//! one local copy, desks and a hub that meet, and the rules of the house that no linter knows.
//!
//! What a machine must have for a test and hasn't is said and the test passed over, except where
//! `CI` is set: there it fails.

#[cfg(test)]
mod administrators;
#[cfg(test)]
mod journeys;
#[cfg(test)]
mod meeting;
#[cfg(test)]
mod network;
#[cfg(test)]
mod programs;
#[cfg(test)]
mod published;
#[cfg(test)]
mod relevance;
#[cfg(test)]
mod served;
#[cfg(test)]
mod tidy;
#[cfg(test)]
mod workspace;
