//! Records that a hub begins with: taken as they are, where they are not there yet.

use super::Sequencer;
use super::ground::Ground;
use crate::log::{ChangeRow, Decided, Standing};
use crate::seed::Seed;

impl Sequencer {
    /// Puts these records in.
    pub(crate) fn seeded(&self, seeds: &[Seed], standing: Standing, now: u64) -> Decided {
        let mut ground = Ground::new(&self.areas, standing, now);
        for seed in seeds {
            if ground.record(seed.key()).is_some() {
                continue;
            }
            let row = ChangeRow {
                sequence: 0,
                key: seed.key(),
                by: String::new(),
                device: None,
                device_sequence: 0,
                at: now,
                claimed_at: String::new(),
                act: "import".into(),
                changes: Vec::new(),
                note: Some(format!("From {}", seed.source)),
            };
            ground.put(row, seed.record.clone(), false);
        }
        ground.finish()
    }
}
