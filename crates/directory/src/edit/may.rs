//! Who may edit a record here, by role and borough.

use domain::{Boroughs, Kind, Record, RecordId};

use super::May;
use super::record::members;
use crate::error::Error;
use crate::open::Directory;

const MAY_EDIT: &str = "You may edit this entry.";
const MAY_SUGGEST: &str = "Your change goes to a curator as a suggestion.";

impl May {
    /// The same in a sentence.
    pub(crate) fn said(self) -> &'static str {
        match self {
            Self::Edit => MAY_EDIT,
            Self::Suggest => MAY_SUGGEST,
        }
    }
}

impl Directory {
    /// What saving a change does, that makes `after` of `before`; none: there was nothing. On a desk
    /// that has joined no hub, whoever sits there is curator of everything.
    pub(crate) fn may(
        &self,
        (kind, id): (Kind, RecordId),
        before: Option<&Record>,
        after: Option<&Record>,
    ) -> Result<May, Error> {
        let Some(membership) = self.store().membership()? else {
            return Ok(May::Edit);
        };
        let Some(account) = membership.account else {
            return Ok(May::Suggest);
        };
        let mut allowed = true;
        for record in [before, after].into_iter().flatten() {
            allowed &= account.may_edit(&self.boroughs_of(kind, id, record)?);
        }
        Ok(if allowed { May::Edit } else { May::Suggest })
    }

    /// The boroughs whose curators look after a record.
    pub(crate) fn boroughs_of(
        &self,
        kind: Kind,
        id: RecordId,
        record: &Record,
    ) -> Result<Boroughs, Error> {
        if kind == Kind::Service {
            return Ok(Boroughs::of_service(record, &self.areas));
        }
        let services = self.store().services_tied(kind, id)?;
        let services = services.iter().map(|body| members(Kind::Service, id, body));
        let mut boroughs = Vec::new();
        for service in services {
            boroughs.push(Boroughs::of_service(&service?, &self.areas));
        }
        Ok(Boroughs::of_services(boroughs))
    }
}
