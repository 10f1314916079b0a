//! Reading what is told to this account: items, private members, the account itself.

use store::{Op, Private, StaffNews};
use wire::{StaffPage, Told};

use super::Stage;
use super::run::Run;
use crate::plan::Step;
use crate::{HubFault, SyncError};

/// Pages of one sync at most: half a million things that are told.
const MOST_PAGES: u32 = 1_000;

impl Run<'_> {
    /// Reads what is told to this account.
    pub(super) fn staff(&mut self) -> Result<(), SyncError> {
        let Some(token) = self.token.clone() else {
            return Ok(());
        };
        self.done.insert(Step::Staff);
        // Cursors of another epoch mean something else: then all is told from the start.
        let epoch = self.position()?.map(|position| position.epoch);
        let mut at = self.copy.store.staff_cursor()?;
        at = at.filter(|(known, _)| epoch.is_none_or(|epoch| epoch == *known));
        for _ in 0..MOST_PAGES {
            let after = at.map_or(0, |(_, cursor)| cursor);
            let page = match self.hub.staff(&token, after) {
                Ok(None) => {
                    self.journal.denied = None;
                    break;
                }
                Ok(Some(page)) => page,
                Err(HubFault::Denied(why)) => {
                    self.denied(why);
                    break;
                }
                Err(other) => return Err(other.into()),
            };
            if at.is_some_and(|(epoch, _)| epoch != page.epoch) {
                at = None;
            }
            if at.is_none() && after > 0 {
                continue;
            }
            let more = page.more && page.cursor > after;
            let read = (page.epoch, page.cursor);
            self.hear(page, at.is_none())?;
            at = Some(read);
            if !more {
                break;
            }
        }
        Ok(())
    }

    fn hear(&mut self, page: StaffPage, from_start: bool) -> Result<(), SyncError> {
        self.account(&page.account);
        let mut news = StaffNews {
            epoch: page.epoch,
            cursor: page.cursor,
            from_start,
            items: Vec::new(),
            private: Vec::new(),
            account: Some(page.account),
        };
        for one in page.told {
            match one {
                Told::Item(item) => news.items.push(*item),
                Told::Private(one) => news.private.push(Private {
                    kind: one.kind,
                    record: one.record,
                    version: one.version,
                    members: one.members,
                }),
            }
        }
        let items = u64::try_from(news.items.len()).unwrap_or_default();
        self.outcome.told += items;
        self.tell(Stage::Told, self.outcome.told, 0);
        self.transact(Op::Staff(Box::new(news)))?;
        Ok(())
    }
}
