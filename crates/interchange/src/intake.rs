//! What is read, and who takes it.

use domain::{Organisation, Place, Service};

use crate::{Finding, InterchangeError, Spot};

/// A record of the directory.
#[derive(Debug, Clone, PartialEq)]
pub enum Record {
    /// A service.
    Service(Box<Service>),
    /// An organisation.
    Organisation(Box<Organisation>),
    /// A place.
    Place(Box<Place>),
}

/// A record as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    /// The record; its identifier is final.
    pub record: Record,
    /// Its identifier as its source wrote it, where it wrote one.
    pub source_id: Option<String>,
    /// Where it stood.
    pub spot: Spot,
}

/// Why reading should end early.
#[derive(Debug)]
pub enum Stop {
    /// Somebody cancelled it.
    Cancelled,
    /// What was read could not be taken.
    Failed(Box<InterchangeError>),
}

impl From<InterchangeError> for Stop {
    fn from(error: InterchangeError) -> Self {
        Self::Failed(Box::new(error))
    }
}

/// Takes what is read, as it is read.
///
/// Records come in an order in which what is referred to comes first, as far as the file allows:
/// organisations and places before the services that name them. A record may come more than once,
/// with the same identifier; who takes it tells whether it says the same.
pub trait Intake {
    /// Takes a record.
    ///
    /// # Errors
    /// [`Stop`] ends the reading.
    fn take(&mut self, incoming: Incoming) -> Result<(), Stop>;

    /// Takes something worth telling.
    ///
    /// # Errors
    /// [`Stop`] ends the reading.
    fn find(&mut self, finding: Finding) -> Result<(), Stop>;

    /// How far the reading is: `done` of `total`, in bytes of the file or in records, as the reader
    /// counts; `total` 0 where it is not known. Called often; where cancelling is noticed.
    ///
    /// # Errors
    /// [`Stop`] ends the reading.
    fn step(&mut self, done: u64, total: u64) -> Result<(), Stop>;
}
