//! How the directory on this device stands, in words.

use domain::Freshness;
use serde::Serialize;
use store::{Incident, Salvaged};

use crate::Today;
use crate::error::Error;
use crate::indexing::Standing;
use crate::open::Directory;

/// How the index stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum IndexState {
    /// Everything can be found.
    Ready,
    /// It is being built; what is ready can be found.
    Building {
        /// Services done.
        done: u32,
        /// Services in all.
        total: u32,
    },
    /// It could not be built.
    Failed {
        /// What happened and what to do.
        message: String,
    },
}

/// How grave a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum NoticeLevel {
    /// Good to know.
    Info,
    /// Should be looked at.
    Warning,
    /// Something does not work.
    Error,
}

/// Something that happened to the local copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Notice {
    /// Names it while the program runs.
    pub id: String,
    /// How grave it is.
    pub level: NoticeLevel,
    /// In a few words.
    pub title: String,
    /// What happened.
    pub text: String,
    /// What to do.
    pub what_to_do: Option<String>,
}

/// How the directory stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct DirectoryStatus {
    /// Signpost's version.
    pub version: String,
    /// Entries in it.
    pub entries: u32,
    /// Organisations in it.
    pub organisations: u32,
    /// The index.
    pub index: IndexState,
    /// What happened to the local copy.
    pub notices: Vec<Notice>,
    /// Where the local copy lies.
    pub data_folder: String,
    /// Which directory it is and how fresh: `Whole of Greater Manchester, checked in spring 2018`.
    pub source_line: String,
}

/// Whose facts are in the directory, and on what terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Attribution {
    /// What.
    pub what: String,
    /// Under which licence.
    pub licence: String,
}

impl Directory {
    /// How the directory stands.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn status(&self, today: Today) -> Result<DirectoryStatus, Error> {
        let counts = self.store().counts()?;
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let index = match self.indexer.standing() {
            Standing::Ready => IndexState::Ready,
            Standing::Building { done, total } => IndexState::Building {
                done: number(done),
                total: number(total),
            },
            Standing::Failed(message) => IndexState::Failed { message },
        };
        let incidents = self.incidents.iter().enumerate().map(notice);
        let notices = incidents.chain(self.pack.notice()).collect();
        Ok(DirectoryStatus {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            entries: number(counts.services),
            organisations: number(counts.organisations),
            index,
            notices,
            data_folder: self.folder.display().to_string(),
            source_line: self.source_line(today)?,
        })
    }

    fn source_line(&self, today: Today) -> Result<String, Error> {
        let county = self
            .areas
            .all()
            .iter()
            .find(|area| area.kind == domain::AreaKind::County);
        let name = county.map_or("Directory", |area| {
            area.name.trim_start_matches("Whole of ")
        });
        let first = self.store().page(i64::MIN, 1)?;
        let checked = first
            .first()
            .map(|card| Freshness::of(&card.service, today).said);
        Ok(checked.map_or_else(|| name.to_owned(), |checked| format!("{name}, {checked}")))
    }

    /// Whose facts these are.
    #[must_use]
    pub fn attributions(&self) -> Vec<Attribution> {
        let built_in = crate::builtin::attributions()
            .into_iter()
            .map(|(what, licence)| Attribution { what, licence });
        let imported = self.pack.get().map(|pack| Attribution {
            what: format!("Imported postcodes ({})", pack.about().said()),
            licence: pack.about().licence().join("; "),
        });
        built_in.chain(imported).collect()
    }
}

fn notice((n, incident): (usize, &Incident)) -> Notice {
    let (level, title, text, what_to_do) = match incident {
        Incident::Damaged { moved_to, salvaged } => (
            NoticeLevel::Warning,
            "The local copy was damaged and has been rebuilt",
            rescued(salvaged),
            Some(format!(
                "You can go on working. The damaged file was kept as {}: show it to whoever looks \
                 after this computer if something is missing.",
                moved_to.display()
            )),
        ),
        Incident::ReadOnly { path } => (
            NoticeLevel::Warning,
            "Nothing can be saved here",
            format!(
                "The local copy {} may be read but not written.",
                path.display()
            ),
            Some(
                "Searching works. Ask for permission to write in that folder to save settings."
                    .to_owned(),
            ),
        ),
        Incident::DiskFull { path } => (
            NoticeLevel::Error,
            "The disk is full",
            format!(
                "The local copy {} could be opened, but nothing more can be saved in it.",
                path.display()
            ),
            Some(
                "Searching works. Make some room on the disk and start Signpost again.".to_owned(),
            ),
        ),
    };
    Notice {
        id: format!("incident-{n}"),
        level,
        title: title.to_owned(),
        text,
        what_to_do,
    }
}

fn rescued(salvaged: &Salvaged) -> String {
    let Salvaged {
        services,
        organisations,
        places,
        lost_tables,
    } = salvaged;
    let lost = if lost_tables.is_empty() {
        "Nothing was lost.".to_owned()
    } else {
        format!(
            "Some of these could not be read: {}. What is built in was put back.",
            lost_tables.join(", ")
        )
    };
    format!(
        "{services} services, {organisations} organisations and {places} places were rescued. {lost}"
    )
}
