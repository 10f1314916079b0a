//! `signpost postcodes`: the list by which distances are measured from where a postcode is.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};
use directory::{Directory, PostcodeState, PostcodesView};
use serde::Serialize;

use crate::failure::Failure;
use crate::page::Page;
use crate::surroundings::Surroundings;
use crate::waiting::{JOB, watched};

/// Say which postcodes are known, import a list of them, or look one up
///
/// Without a list, distances are measured from the middle of the postcode district, about 1.2 km
/// out. With one they are measured from the postcode itself. Without another word, says which list
/// is there.
#[derive(Debug, Args)]
pub(crate) struct Asked {
    /// Print one JSON object
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Import lists of postcodes in the place of those that are there
    ///
    /// OS Code-Point Open and the ONS Postcode Directory (ONSPD) as they are given out: the ZIP
    /// file, the folder that was in it, or one of its tables; or any CSV file with a column headed
    /// "postcode". Several are put together; one whose name says "terminated" holds postcodes that
    /// are no longer in use.
    Import {
        /// Files or folders
        #[arg(required = true, value_name = "FILE", value_hint = ValueHint::AnyPath)]
        from: Vec<PathBuf>,
    },
    /// Say what is known of a postcode; it may be written with its space
    Look {
        /// A postcode, such as M6 5JA
        #[arg(required = true, value_name = "POSTCODE", num_args = 1..=2)]
        postcode: Vec<String>,
    },
    /// Take the imported postcodes away
    Remove,
}

#[derive(Serialize)]
struct Known {
    postcodes: Option<PostcodesView>,
}

pub(crate) fn run(
    asked: &Asked,
    around: &Surroundings,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let directory = around.directory()?;
    let mut sheet = Sheet {
        out,
        around,
        json: asked.json,
    };
    match &asked.what {
        None => sheet.status(directory.postcodes()),
        Some(What::Import { from }) => {
            let imported = watched(&directory, || directory.postcodes_import(JOB, from))?;
            directory.settle();
            sheet.status(Some(imported))
        }
        Some(What::Look { postcode }) => look(&directory, &postcode.join(" "), &mut sheet),
        Some(What::Remove) => {
            directory.remove_postcodes()?;
            directory.settle();
            sheet.status(directory.postcodes())
        }
    }
}

/// What is written on, and how.
struct Sheet<'a> {
    out: &'a mut dyn Write,
    around: &'a Surroundings,
    json: bool,
}

impl Sheet<'_> {
    fn status(&mut self, postcodes: Option<PostcodesView>) -> Result<(), Failure> {
        let known = Known { postcodes };
        self.put(&known, |page| status(page, known.postcodes.as_ref()))
    }

    fn put(
        &mut self,
        answer: &impl Serialize,
        page: impl FnOnce(&mut Page<'_>) -> io::Result<()>,
    ) -> Result<(), Failure> {
        if self.json {
            serde_json::to_writer_pretty(&mut *self.out, answer)?;
            return Ok(writeln!(self.out)?);
        }
        Ok(page(&mut Page::new(self.out, self.around.paper))?)
    }
}

fn status(page: &mut Page<'_>, known: Option<&PostcodesView>) -> io::Result<()> {
    let Some(PostcodesView { said, licence, .. }) = known else {
        return page.paragraph(
            "No postcodes have been imported: distances are measured from the middle of the \
             postcode district, about 1.2 km out. \"signpost postcodes import FILE\" reads OS \
             Code-Point Open, ONSPD, or a CSV file.",
        );
    };
    page.title(said)?;
    licence.iter().try_for_each(|line| page.item(line))
}

fn look(directory: &Directory, postcode: &str, sheet: &mut Sheet<'_>) -> Result<(), Failure> {
    let found = directory.look_up(postcode)?;
    if found.state == PostcodeState::InUse {
        return sheet.put(&found, |page| page.paragraph(&found.said));
    }
    if sheet.json {
        sheet.put(&found, |_page| Ok(()))?;
    }
    Err(Failure::NoPostcode(found.said))
}
