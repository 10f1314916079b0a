//! Reading what is told to this account: items, private members, the account itself.

use store::{Op, Private, StaffNews};
use wire::{StaffPage, Told};

use super::Stage;
use super::run::Run;
use crate::hub::AskStaff;
use crate::plan::Step;
use crate::{HubFault, SyncError};

/// This version of the program.
const VERSION: &str = env!("CARGO_PKG_VERSION");
/// Pages of one sync at most: half a million things that are told.
const MOST_PAGES: u32 = 1_000;

impl Run<'_> {
    /// Reads what is told to this account.
    pub(super) fn staff(&mut self) -> Result<(), SyncError> {
        let Some(token) = self.token.clone() else {
            return Ok(());
        };
        self.done.insert(Step::Staff);
        let mut at = self.heard_until()?;
        let known = self.known_tag()?.filter(|_| !self.pulled());
        let mut head = known.as_deref().and_then(bare);
        for _ in 0..MOST_PAGES {
            let after = at.map_or(0, |(_, cursor)| cursor);
            let asked = AskStaff { after, head };
            let page = match self.hub.staff(&token, &asked) {
                Ok(Some(page)) => page,
                Ok(None) => {
                    self.nothing_new(at, head.is_some())?;
                    break;
                }
                Err(HubFault::Denied(why)) => {
                    self.denied(why);
                    break;
                }
                Err(other) => return Err(other.into()),
            };
            head = None;
            self.account(&page.account);
            // Somebody else's items and private members are not kept by who may not see them now.
            let anew = std::mem::take(&mut self.journal.anew);
            if anew || at.is_some_and(|(epoch, _)| epoch != page.epoch) {
                at = None;
            }
            if at.is_none() && after > 0 {
                continue;
            }
            let more = page.more && page.cursor > after;
            let read = (page.epoch, page.cursor);
            self.hear(page, at)?;
            at = Some(read);
            if !more {
                break;
            }
        }
        Ok(())
    }

    /// Up to where the staff stream was heard; none: it is to be told from the start.
    fn heard_until(&mut self) -> Result<Option<(u64, u64)>, SyncError> {
        // This version may understand what another one passed over.
        let passed_over = self.journal.passed_over.take_if(|by| by != VERSION);
        if passed_over.is_some() || std::mem::take(&mut self.journal.anew) {
            return Ok(None);
        }
        // Cursors of another epoch mean something else.
        let epoch = self.position()?.map(|position| position.epoch);
        let at = self.copy.store.staff_cursor()?;
        Ok(at.filter(|(known, _)| epoch.is_none_or(|epoch| epoch == *known)))
    }

    /// Nothing is told; nor is there another head, where that was asked as well.
    fn nothing_new(&mut self, at: Option<(u64, u64)>, of_both: bool) -> Result<(), SyncError> {
        self.journal.denied = None;
        if of_both {
            self.done.extend([Step::Look, Step::Pull]);
        }
        let epoch = self.position()?.map(|position| position.epoch);
        if let (None, Some(epoch)) = (at, epoch) {
            // There is nothing from the start on: what was told before is no more.
            self.transact(Op::Staff(Box::new(StaffNews {
                epoch,
                cursor: 0,
                from_start: true,
                items: Vec::new(),
                private: Vec::new(),
                gone_items: Vec::new(),
                gone_private: Vec::new(),
                account: None,
            })))?;
        }
        Ok(())
    }

    fn hear(&mut self, page: StaffPage, at: Option<(u64, u64)>) -> Result<(), SyncError> {
        if page.not_understood > 0 {
            self.journal.passed_over = Some(VERSION.to_owned());
        }
        if page.told.is_empty() && at == Some((page.epoch, page.cursor)) {
            return Ok(());
        }
        let mut news = StaffNews {
            epoch: page.epoch,
            cursor: page.cursor,
            from_start: at.is_none(),
            items: Vec::new(),
            private: Vec::new(),
            gone_items: Vec::new(),
            gone_private: Vec::new(),
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
                Told::GoneItem { id } => news.gone_items.push(id),
                Told::GonePrivate { kind, record } => news.gone_private.push((kind, record)),
            }
        }
        let items = u64::try_from(news.items.len()).unwrap_or_default();
        self.outcome.told += items;
        self.tell(Stage::Told, self.outcome.told, 0);
        self.transact(Op::Staff(Box::new(news)))?;
        Ok(())
    }
}

/// A tag as it can stand in an address, without its quotation marks; none: it can't.
fn bare(tag: &str) -> Option<&str> {
    let tag = tag.trim_matches('"');
    let plain = !tag.is_empty() && tag.bytes().all(|byte| byte.is_ascii_alphanumeric());
    plain.then_some(tag)
}
