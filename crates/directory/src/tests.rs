//! The journeys on the built-in directory.

mod acting;
mod curating;
mod editing;
mod entries;
mod finding;
mod forms;
mod imports;
mod index;
mod meeting;
mod postcodes;

use time::macros::{date, datetime};

use crate::{Directory, Now, SearchRequest, SearchResponse, Today};

const TODAY: Today = date!(2026 - 11 - 22);
const NOW: Now = datetime!(2026-11-22 14:05 UTC);

/// A directory in a folder of its own, gone with it.
struct Desk {
    directory: Directory,
    folder: tempfile::TempDir,
}

fn desk() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let directory = Directory::open(folder.path()).unwrap();
    Desk { directory, folder }
}

fn request(text: &str) -> SearchRequest {
    SearchRequest {
        text: text.to_owned(),
        limit: 50,
        ..SearchRequest::default()
    }
}

fn search(directory: &Directory, request: &SearchRequest) -> SearchResponse {
    directory.search(request, TODAY).unwrap()
}

fn names(response: &SearchResponse) -> Vec<&str> {
    response.hits.iter().map(|hit| hit.name.as_str()).collect()
}
