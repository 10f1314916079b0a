//! Postcodes: with a list of them imported, distances are measured from where a postcode is, and not
//! from the middle of its district.
//!
//! The list lies beside the local copy as one file, which any program on it may replace or take
//! away: whoever has it open notices before the next look-up.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use domain::{GssCode, Point, Postcode};
use interchange::InterchangeError;
use interchange::postcodes::{About, Found, Pack, import};
use serde::Serialize;

use crate::error::Error;
use crate::open::Directory;
use crate::options::BadOption;
use crate::status::{Notice, NoticeLevel};

/// Its name in the folder of the local copy.
const FILE: &str = "postcodes.pack";

/// The postcodes that were imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct PostcodesView {
    /// In a line: `OS Code-Point Open, November 2025: 1,745,013 postcodes in use`; after it what
    /// could not be understood of the lists, if anything.
    pub said: String,
    /// Postcodes in use.
    pub live: u32,
    /// Postcodes that are no longer in use.
    pub ended: u32,
    /// What has to be shown where they are used, a sentence a line.
    pub licence: Vec<String>,
    /// Of when they are, where the lists say so.
    pub dated: Option<String>,
}

/// What is known of a postcode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum PostcodeState {
    /// It is in use.
    InUse,
    /// It was in use once.
    Ended,
    /// It is not in the list, which has others of its outcode.
    Unknown,
    /// The list has none of its outcode, or there is no list.
    NotCovered,
}

/// A postcode looked up.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
pub struct PostcodeView {
    /// In its usual shape.
    pub postcode: String,
    /// What is known of it.
    pub state: PostcodeState,
    /// In a sentence, with what to do.
    pub said: String,
    /// Degrees north, within about five metres.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// Its district, by name where the directory knows it.
    pub district: Option<String>,
}

impl Directory {
    /// The postcodes that were imported, if any.
    #[must_use]
    pub fn postcodes(&self) -> Option<PostcodesView> {
        self.pack.get().map(|pack| PostcodesView::of(pack.about()))
    }

    /// Reads lists of postcodes (OS Code-Point Open, ONSPD, or tables with a column of postcodes)
    /// and puts them in the place of those that were imported before.
    ///
    /// # Errors
    /// [`Error::Interchange`] when a file can't be read, is no such list, or when the job was
    /// cancelled; the postcodes that were there stay then.
    pub fn postcodes_import(&self, job: &str, from: &[PathBuf]) -> Result<PostcodesView, Error> {
        let job = self.jobs.begin(job, "Reading postcodes");
        let mut step = |done, total| job.step(done, total);
        let imported = import(from, &self.pack.path, &mut step)?;
        // Places of which only the postcode is known have a point now.
        self.indexer.rebuild();
        Ok(PostcodesView::of(&imported.about))
    }

    /// Takes the postcodes away, if there are any. Distances are measured from the middle of
    /// postcode districts then.
    ///
    /// # Errors
    /// [`Error::Interchange`] when the file can't be removed.
    pub fn remove_postcodes(&self) -> Result<(), Error> {
        match fs::remove_file(&self.pack.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(InterchangeError::io(&self.pack.path, error).into())
            }
            Ok(()) | Err(_) => {
                self.indexer.rebuild();
                Ok(())
            }
        }
    }

    /// Looks up a postcode.
    ///
    /// # Errors
    /// [`BadOption::Postcode`] when it is none.
    pub fn look_up(&self, said: &str) -> Result<PostcodeView, BadOption> {
        let postcode: Postcode = said.parse()?;
        let pack = self.pack.get();
        let found = pack.as_ref().map(|pack| pack.lookup(&postcode));
        let mut view = PostcodeView {
            postcode: postcode.to_string(),
            state: PostcodeState::NotCovered,
            said: String::new(),
            latitude: None,
            longitude: None,
            district: None,
        };
        view.said = match found {
            Some(Found::Live { point, district }) => {
                view.state = PostcodeState::InUse;
                view.latitude = point.map(Point::latitude);
                view.longitude = point.map(Point::longitude);
                view.district = district.map(|said| self.district(&said).1);
                in_use(&view)
            }
            Some(Found::Ended) => {
                view.state = PostcodeState::Ended;
                ended(&postcode)
            }
            Some(Found::Unknown) => {
                view.state = PostcodeState::Unknown;
                unknown(&postcode)
            }
            Some(Found::NotCovered) => format!(
                "The postcodes that were imported have none that begins with {}.",
                postcode.outcode()
            ),
            None => "No postcodes have been imported, so single ones are not known.".to_owned(),
        };
        Ok(view)
    }

    /// The area that a list's code or name of a district stands for, if the directory knows it, and
    /// what people call it.
    pub(crate) fn district(&self, said: &str) -> (Option<GssCode>, String) {
        let named = |area: &&domain::Area| area.name.eq_ignore_ascii_case(said);
        let by_name = || self.areas.choices().find(named);
        match self.areas.get(said).or_else(by_name) {
            Some(area) => (Some(area.code.clone()), area.name.clone()),
            None => (None, said.to_owned()),
        }
    }
}

fn in_use(view: &PostcodeView) -> String {
    let place = match (view.latitude, view.longitude) {
        (Some(north), Some(east)) => format!(" at {north:.5}, {east:.5}"),
        _unknown => ", but the list does not say where".to_owned(),
    };
    let district = view.district.as_ref();
    let district = district.map_or_else(String::new, |name| format!(" ({name})"));
    format!("{} is in use{district}{place}.", view.postcode)
}

/// Said of a postcode that has ended.
pub(crate) fn ended(postcode: &Postcode) -> String {
    format!("{postcode} is not in use any more: ask for the postcode of today.")
}

/// Said of a postcode that the list does not have.
pub(crate) fn unknown(postcode: &Postcode) -> String {
    format!(
        "{postcode} is not among the postcodes that were imported: check how it is written. It may \
         also be newer than the list, or lie outside it."
    )
}

impl PostcodesView {
    fn of(about: &About) -> Self {
        let missing = about.missing().map(|missing| format!(". {missing}"));
        Self {
            said: format!("{}{}", about.said(), missing.unwrap_or_default()),
            live: number(about.live),
            ended: number(about.ended),
            licence: about.licence(),
            dated: about.dated(),
        }
    }
}

fn number(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The file of postcodes, read when it is first asked for and whenever it has changed.
pub(crate) struct PackFile {
    path: PathBuf,
    read: Mutex<Read>,
}

#[derive(Default)]
struct Read {
    /// Which file it was.
    of: Option<Mark>,
    pack: Option<Arc<Pack>>,
    /// Why it can't be used.
    trouble: Option<String>,
}

/// Tells one file from the next in its place: its length and when it was written.
type Mark = (u64, Option<SystemTime>);

impl PackFile {
    /// That of a local copy.
    pub(crate) fn of(folder: &Path) -> Self {
        Self {
            path: folder.join(FILE),
            read: Mutex::default(),
        }
    }

    /// The postcodes as they are now.
    pub(crate) fn get(&self) -> Option<Arc<Pack>> {
        self.with(|read| read.pack.clone())
    }

    /// Tells one list of postcodes from another; none: there is none.
    pub(crate) fn mark(&self) -> Option<String> {
        self.with(|read| {
            let (length, written) = read.of?;
            let since = written?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
            read.pack.as_ref()?;
            Some(format!("{length}-{}", since.as_millis()))
        })
    }

    /// Where something is: its own point, or else that of its postcode.
    pub(crate) fn point(&self, own: Option<Point>, postcode: Option<&str>) -> Option<Point> {
        own.or_else(|| {
            let postcode = postcode?.parse().ok()?;
            match self.get()?.lookup(&postcode) {
                Found::Live { point, .. } => point,
                Found::Ended | Found::Unknown | Found::NotCovered => None,
            }
        })
    }

    /// What to tell of a file that can't be used.
    pub(crate) fn notice(&self) -> Option<Notice> {
        let text = self.with(|read| read.trouble.clone())?;
        Some(Notice {
            id: "postcodes".to_owned(),
            level: NoticeLevel::Warning,
            title: "The imported postcodes can't be used".to_owned(),
            text,
            what_to_do: Some(
                "Searching works: until then distances are measured from the middle of the postcode \
                 district, about 1.2 km out."
                    .to_owned(),
            ),
        })
    }

    fn with<T>(&self, of: impl FnOnce(&Read) -> T) -> T {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let about = fs::metadata(&self.path).ok();
        let mark: Option<Mark> = about.map(|about| (about.len(), about.modified().ok()));
        if read.of != mark {
            *read = match mark.map(|_| Pack::open(&self.path)) {
                None => Read::default(),
                Some(Ok(pack)) => Read {
                    of: mark,
                    pack: Some(Arc::new(pack)),
                    trouble: None,
                },
                Some(Err(error)) => Read {
                    of: mark,
                    pack: None,
                    trouble: Some(error.to_string()),
                },
            };
        }
        of(&read)
    }
}
