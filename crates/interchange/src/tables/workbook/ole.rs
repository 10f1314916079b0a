//! Files of the sort in which Office keeps what is locked with a password, and kept workbooks up
//! to 2003. The latter are not read: what reads them makes room for whatever they claim to hold,
//! and any spreadsheet turns them into XLSX.

use std::fs::File;
use std::io::Read;

use super::locked;
use crate::InterchangeError;
use crate::tables::kind::Unread;

/// What a locked workbook is called inside, in UTF-16.
const LOCKED: &str = "EncryptedPackage";
/// The list of what is inside is looked for this far.
const LOOKED_AT: u64 = 64 * 1024 * 1024;

/// Says which of the two it is, and what to do.
pub(super) fn refuse(unread: &Unread<'_>) -> InterchangeError {
    match is_locked(unread) {
        Err(error) => InterchangeError::io(unread.path, error),
        Ok(true) => locked(&unread.spot),
        Ok(false) => InterchangeError::Broken {
            spot: unread.spot.clone(),
            why: "it is a workbook as Excel wrote them up to 2003 (XLS). Open it in a \
                  spreadsheet, save it as XLSX, and choose that."
                .to_owned(),
        },
    }
}

fn is_locked(unread: &Unread<'_>) -> std::io::Result<bool> {
    let name: Vec<u8> = LOCKED.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut bytes = Vec::new();
    File::open(unread.path)?
        .take(LOOKED_AT)
        .read_to_end(&mut bytes)?;
    Ok(bytes.windows(name.len()).any(|window| window == name))
}
