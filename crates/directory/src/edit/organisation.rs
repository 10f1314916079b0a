//! An organisation as a form, and back.

use domain::Organisation;

use super::form::OrganisationForm;
use super::rows::{lines, put_lines};
use super::text::{put, shown};

impl OrganisationForm {
    /// The form of an organisation.
    pub(crate) fn of(record: &Organisation) -> Self {
        Self {
            name: record.name.trim().to_owned(),
            alternate_name: shown(record.alternate_name.as_ref()),
            description: shown(record.description.as_ref()),
            website: shown(record.website.as_ref()),
            links: lines(&record.additional_websites),
            email: shown(record.email.as_ref()),
            phones: lines(&record.phones),
        }
    }

    /// Puts into an organisation what differs from it.
    pub(crate) fn put(&self, record: &mut Organisation) {
        let before = Self::of(record);
        if self.name.trim() != before.name {
            self.name.trim().clone_into(&mut record.name);
        }
        for (target, before, after) in [
            (
                &mut record.alternate_name,
                &before.alternate_name,
                &self.alternate_name,
            ),
            (
                &mut record.description,
                &before.description,
                &self.description,
            ),
            (&mut record.website, &before.website, &self.website),
            (&mut record.email, &before.email, &self.email),
        ] {
            put(target, before.as_ref(), after.as_ref());
        }
        put_lines(&mut record.additional_websites, record.id, &self.links);
        put_lines(&mut record.phones, record.id, &self.phones);
    }
}
