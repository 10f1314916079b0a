//! Goes through the pages of a list, whatever they say about how many there are.

use super::Fetch;
use std::collections::HashSet;

use super::page::{self, Page};
use super::spool::{Form, Listed, Stage};
use super::text::squeezed;
use super::verdict::Kind;
use crate::InterchangeError;

/// A page is never larger.
pub(super) const LARGEST: u64 = 64 << 20;
/// So many pages in a row that bring nothing new end the list.
const BARREN: usize = 3;

impl Fetch<'_> {
    /// Lists all services.
    pub(super) fn list(&mut self) -> Result<(), InterchangeError> {
        let first = self.spool.head().first_page;
        let mut number = self
            .spool
            .listed()
            .last()
            .map_or(first, |last| last.page + 1);
        let mut said = self.spool.head().said;
        while let Some(text) = self.page(number)? {
            let page = Page::read(&text).map_err(|why| self.refused(&why))?;
            self.take(number, first, &page)?;
            said = page.total.or(said);
            self.tell(said)?;
            if self.over(&page) {
                self.page_before(&page)?;
                break;
            }
            number += 1;
        }
        self.spool.set(|head| {
            head.said = said;
            head.stage = Stage::Listed;
        })
    }

    /// The text of a page; `None` when there is none and none was to be expected.
    fn page(&mut self, number: u64) -> Result<Option<String>, InterchangeError> {
        if let Some((_, text)) = self.held.take_if(|(held, _)| *held == number) {
            return Ok(Some(text));
        }
        let uri = self.address.page(number, self.spool.head().sized)?;
        let refusal = match self.caller.get(&uri, LARGEST)? {
            Ok(data) => return Ok(Some(data.text)),
            Err(refusal) => refusal,
        };
        let expected = self.spool.listed().last().is_none_or(|last| last.more);
        match refusal.kind {
            Kind::Gone | Kind::Unfit | Kind::Passing if !expected => Ok(None),
            Kind::Gone | Kind::Unfit | Kind::Denied | Kind::Passing | Kind::Away => {
                Err(self.refused(&format!("page {number} of the list: {}", refusal.why)))
            }
        }
    }

    /// Takes what is new on a page.
    fn take(&mut self, number: u64, first: u64, page: &Page<'_>) -> Result<(), InterchangeError> {
        let mut ids = Vec::new();
        for (place, entry) in page.entries.iter().enumerate() {
            let Some(id) = page::id(entry) else {
                let place = format!("page {number}, entry {}", place + 1);
                self.spool.skip(&place, "has no identifier")?;
                continue;
            };
            if self.spool.knows(&id) {
                continue;
            }
            if self.spool.head().form == Form::Entries {
                self.spool.keep(&id, &squeezed(entry))?;
            }
            ids.push(id);
        }
        let mut once = HashSet::new();
        ids.retain(|id| once.insert(id.clone()));
        let said = page.last.map(|last| !last);
        let pages = |pages: u64| number + 1 < pages.saturating_add(first);
        let known = self.spool.known() + u64::try_from(ids.len()).unwrap_or_default();
        let more = said.or(page.pages.map(pages));
        let more = more.or(page.total.map(|total| known < total));
        self.spool.list(Listed {
            page: number,
            ids,
            more: more.unwrap_or(false),
        })
    }

    /// Whether the list has ended. What a page says of itself is believed when the number of
    /// services agrees; else one page further is looked at.
    fn over(&self, page: &Page<'_>) -> bool {
        let listed = self.spool.listed();
        let barren = listed
            .iter()
            .rev()
            .take_while(|it| it.ids.is_empty())
            .count();
        let more = listed.last().is_some_and(|last| last.more);
        let complete = page.total.map(|total| self.spool.known() >= total);
        if barren >= BARREN {
            return true;
        }
        if barren > 0 {
            return !more;
        }
        !more && complete.unwrap_or(page.last == Some(true))
    }

    /// Where services are missing at the end, the list may have begun with a page 0.
    fn page_before(&mut self, page: &Page<'_>) -> Result<(), InterchangeError> {
        let short = page.total.is_some_and(|total| self.spool.known() < total);
        let begun = self.spool.listed().iter().any(|it| it.page == 0) || page.first.is_some();
        if !short || begun {
            return Ok(());
        }
        let uri = self.address.page(0, self.spool.head().sized)?;
        if let Some(data) = self.caller.get_once(&uri, LARGEST)?
            && let Ok(page) = Page::read(&data.text)
        {
            self.take(0, 0, &page)?;
        }
        Ok(())
    }

    fn tell(&mut self, total: Option<u64>) -> Result<(), InterchangeError> {
        let done = self.spool.finished();
        let total = total.unwrap_or_default().max(self.spool.known());
        Ok(self.caller.step(done, total.max(done))?)
    }
}
