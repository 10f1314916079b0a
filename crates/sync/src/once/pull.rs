//! Taking over what was published: head → manifest → missing packs → one transaction.

use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::Duration;

use store::{Adopt, Op, Position, Scope};
use wire::{Head, Manifest, PackRef};

use super::run::Run;
use super::{Remark, Stage};
use crate::hub::AskHead;
use crate::plan::Step;
use crate::plan::compare::{count, differing, packs_of};
use crate::plan::head::{Known, Says, contradicts, expired, read};
use crate::published::{self, Signed};
use crate::shelf::{Shelf, ShelfLines};
use crate::{HubFault, SyncError};

/// How often the head is asked for again, where the hub is a moment behind itself.
const MOST_LOOKS: u32 = 10;
/// How often it may say something that can't be followed.
const MOST_FAILURES: u32 = 2;
const MOMENT: Duration = Duration::from_millis(200);

impl Run<'_> {
    /// Takes over what was published.
    pub(super) fn pull(&mut self) -> Result<(), SyncError> {
        let mut newest = self.expected > 0 || self.epoch_ahead;
        for _ in 0..MOST_LOOKS {
            self.look_again(newest)?;
            if self.is_there()? {
                break;
            }
            newest = true;
            self.pause(MOMENT)?;
        }
        self.done.extend([Step::Look, Step::Pull]);
        Ok(())
    }

    /// Looks where the hub stands, before anything is sent to it.
    pub(super) fn look_before_sending(&mut self) -> Result<(), SyncError> {
        self.look_again(false)?;
        self.done.insert(Step::Look);
        Ok(())
    }

    /// Looks, and again where the hub is behind itself.
    fn look_again(&mut self, mut newest: bool) -> Result<(), SyncError> {
        for _ in 0..MOST_FAILURES {
            match self.look(newest) {
                // A process of the hub that has not heard yet, or packs that were merged meanwhile.
                Err(SyncError::HubWentBack { .. } | SyncError::Hub(HubFault::Missing(_))) => {
                    newest = true;
                    self.pause(MOMENT)?;
                }
                looked => return looked,
            }
        }
        self.look(newest)
    }

    /// The tag of the head at which the copy stands, where it is not known that there is a newer one.
    pub(super) fn known_tag(&self) -> Result<Option<String>, SyncError> {
        let stands = self.position()?.is_some() && self.is_there()?;
        Ok(self.journal.tag.clone().filter(|_| stands))
    }

    /// Whether the copy has what the hub said to have published.
    fn is_there(&self) -> Result<bool, SyncError> {
        let position = self.position()?;
        Ok(
            !self.epoch_ahead
                && position.is_some_and(|position| position.sequence >= self.expected),
        )
    }

    fn look(&mut self, newest: bool) -> Result<(), SyncError> {
        let position = self.position()?;
        let highest = self.copy.store.highest()?;
        let tag = self.journal.tag.clone().filter(|_| position.is_some());
        let ask = AskHead {
            known: tag.as_deref(),
            newest,
        };
        let Some(signed) = published::head(self.hub, &ask, &self.membership.keys)? else {
            return Ok(());
        };
        published::of_hub(&signed.head, self.membership.hub, self.hub.name())?;
        let known = Known {
            highest: highest.as_ref(),
            stands: position.is_some(),
            made_at: self.journal.made_at.as_deref(),
        };
        match read(&known, &signed.head) {
            Says::Overtaken => Ok(()),
            Says::WentBack(what) => Err(SyncError::HubWentBack { what }),
            Says::InStep => self.stands_at(signed),
            Says::News => self.adopt(signed, position.as_ref(), highest.as_ref()),
            Says::NewEpoch => {
                if highest.is_some() {
                    self.remark(Remark::NewEpoch);
                }
                self.adopt(signed, None, highest.as_ref())
            }
        }
    }

    fn adopt(
        &mut self,
        signed: Signed,
        position: Option<&Position>,
        highest: Option<&Position>,
    ) -> Result<(), SyncError> {
        let head = &signed.head;
        let manifest = published::manifest(self.hub, head.manifest)?;
        if (manifest.epoch, manifest.sequence) != (head.epoch, head.sequence) {
            let what = "its head and its list of packs contradict each other";
            return Err(HubFault::not_the_hub(what).into());
        }
        if let Some(what) = contradicts(&manifest, highest) {
            return Err(SyncError::HubWentBack { what });
        }
        let needed = manifest.needed(position.map(|position| position.sequence));
        let scope = if needed.whole {
            Scope::Whole
        } else {
            Scope::Changes
        };
        if position.is_none() {
            // What was accepted in another epoch is counted otherwise.
            self.expected = 0;
        }
        let packs = needed.packs.into_iter().cloned().collect();
        let shelf = Shelf::beside(self.copy.folder);
        let at = stands(head);
        self.take_over(&shelf, at.clone(), (scope, 0..=u8::MAX, packs), &manifest)?;
        self.heal(&shelf, &at, &manifest, &self.copy.store.digests()?)?;
        shelf.clear();
        if self.journal.asked_in.is_none() && highest.is_none() {
            // A copy that was never anywhere has sent nothing.
            self.journal.asked_in = Some(head.epoch);
        }
        if position.is_none() {
            // Cursors of another epoch mean something else.
            self.done.remove(&Step::Staff);
        }
        self.epoch_ahead = false;
        self.stands_at(signed)
    }

    /// Fetches packs that are not there yet, and takes them over in one transaction.
    fn take_over(
        &mut self,
        shelf: &Shelf,
        position: Position,
        (scope, buckets, packs): (Scope, RangeInclusive<u8>, Vec<PackRef>),
        manifest: &Manifest,
    ) -> Result<(), SyncError> {
        self.fetch(shelf, &packs)?;
        let done = self.transact(Op::Adopt(Box::new(Adopt {
            position,
            scope,
            lines: Arc::new(ShelfLines {
                shelf: shelf.clone(),
                packs,
                buckets,
                total: manifest.counts.values().sum(),
            }),
        })))?;
        let all = &mut self.outcome.adopted;
        all.records += done.adopted.records;
        all.removed += done.adopted.removed;
        all.unreadable += done.adopted.unreadable;
        all.unknown += done.adopted.unknown;
        all.created += done.adopted.created;
        Ok(())
    }

    fn fetch(&mut self, shelf: &Shelf, packs: &[PackRef]) -> Result<(), SyncError> {
        let total = packs.iter().map(|pack| pack.size).sum();
        let mut done = 0;
        for pack in packs {
            if self.how.stop.was_said() {
                return Err(SyncError::Stopped);
            }
            self.tell(Stage::Fetching, done, total);
            if !shelf.has(pack) {
                let bytes = published::pack(self.hub, pack)?;
                shelf.put(pack.hash, &bytes)?;
            }
            done += pack.size;
        }
        self.tell(Stage::Fetching, done, total);
        Ok(())
    }

    /// Fetches again whatever differs from what the manifest says.
    fn heal(
        &mut self,
        shelf: &Shelf,
        at: &Position,
        manifest: &Manifest,
        ours: &[[u8; 8]],
    ) -> Result<(), SyncError> {
        let theirs = manifest_digests(manifest)?;
        let stretches = differing(ours, &theirs);
        if stretches.is_empty() {
            return Ok(());
        }
        for buckets in &stretches {
            let packs = packs_of(manifest, buckets);
            let scope = Scope::Buckets(buckets.clone());
            let what = (scope, buckets.clone(), packs);
            self.take_over(shelf, at.clone(), what, manifest)?;
        }
        let healed = count(&stretches);
        let left = count(&differing(&self.copy.store.digests()?, &theirs));
        let mended = u64::try_from(healed.saturating_sub(left)).unwrap_or_default();
        self.outcome.healed += mended;
        if left > 0 {
            return Err(SyncError::Unhealed { buckets: left });
        }
        Ok(())
    }

    /// Compares every body with what the hub says.
    pub(super) fn check(&mut self) -> Result<(), SyncError> {
        self.done.insert(Step::Check);
        let (Some(at), Some(hash)) = (self.position()?, self.journal.manifest) else {
            return Ok(());
        };
        self.tell(Stage::Checking, 0, 0);
        let manifest = match published::manifest(self.hub, hash) {
            // The hub has published since; the next sync brings that and compares again.
            Err(HubFault::Missing(_)) => return Ok(()),
            other => other?,
        };
        let ours = self.copy.store.digests_of_bodies()?;
        let shelf = Shelf::beside(self.copy.folder);
        self.heal(&shelf, &at, &manifest, &ours)?;
        shelf.clear();
        self.journal.checked_at = Some(self.now());
        Ok(())
    }

    fn stands_at(&mut self, signed: Signed) -> Result<(), SyncError> {
        let head = signed.head;
        let mut known = self.membership.keys.clone();
        known.sort_unstable();
        if known != signed.keys {
            self.membership.keys = signed.keys;
            self.transact(Op::Join(Box::new(self.membership.clone())))?;
        }
        let stale = expired(&head, (self.how.now)());
        self.journal.stale = stale.then(|| head.made_at.clone());
        if stale {
            self.remark(Remark::Stale {
                made_at: head.made_at.clone(),
            });
        }
        self.journal.needs = head.min_reader;
        if self.journal.too_old() {
            self.remark(Remark::TooOld);
        }
        self.journal.tag = signed.tag;
        self.journal.manifest = Some(head.manifest);
        self.journal.made_at = Some(head.made_at);
        Ok(())
    }
}

fn stands(head: &Head) -> Position {
    Position {
        hub: head.hub,
        epoch: head.epoch,
        sequence: head.sequence,
        root: *head.root.as_bytes(),
        manifest: *head.manifest.as_bytes(),
    }
}

fn manifest_digests(manifest: &Manifest) -> Result<Vec<[u8; 8]>, SyncError> {
    let digests = wire::Digests::from_hex(&manifest.digests);
    digests
        .map(|digests| digests.buckets().to_vec())
        .map_err(|error| HubFault::not_the_hub(&format!("its digests are faulty ({error})")).into())
}
