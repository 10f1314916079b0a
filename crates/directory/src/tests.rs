//! The journeys on the built-in directory.

mod entries;
mod finding;
mod imports;
mod index;
mod postcodes;

use time::macros::date;

use crate::{Directory, SearchRequest, SearchResponse, Today};

const TODAY: Today = date!(2026 - 11 - 22);

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
