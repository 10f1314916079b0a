//! Without a hub, or with one that can't be reached.

use serde_json::{Value, json};

use crate::copy::Copy;

/// Where nothing listens: a port that was free a moment ago.
fn nowhere() -> String {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", free.local_addr().unwrap())
}

#[test]
fn status_tells_programs_where_the_copy_stands() {
    let copy = Copy::new();
    let status = copy.json(&["status"]);
    for unknown in [
        "position",
        "hub",
        "address",
        "account",
        "role",
        "last_in_step",
        "problem",
    ] {
        assert_eq!(status.get(unknown), Some(&Value::Null), "{unknown}");
    }
    for none in ["waiting", "refused", "conflicts", "inbox"] {
        assert_eq!(status[none], json!(0), "{none}");
    }
    assert!(status["entries"].as_u64().unwrap() > 50);
    let id = copy.json(&["search", "Age UK Bolton"])["hits"][0]["id"].clone();
    copy.json(&["flag", id.as_str().unwrap(), "Gone?"]);
    assert_eq!(copy.json(&["status"])["waiting"], 1);
}

#[test]
fn the_exit_code_says_why_there_was_no_sync() {
    let copy = Copy::new();
    let nowhere = nowhere();
    let absent = copy.beside().join("absent.bundle");
    for (words, code, said) in [
        (&["sync"][..], 2, "belongs to no hub yet"),
        (&["leave"], 2, "belongs to no hub yet"),
        (&["join", &nowhere], 6, ""),
        (&["join", &nowhere, "ABCD-2345", "--name", "Desk 1"], 6, ""),
        (&["join", "ftp://example.org"], 2, "ftp"),
        (&["join"], 2, ""),
        (&["bundle", absent.to_str().unwrap()], 4, "absent.bundle"),
    ] {
        let ran = copy.run(words);
        assert_eq!(
            (ran.code, ran.out.as_str()),
            (code, ""),
            "{words:?}: {}",
            ran.err
        );
        assert!(ran.err.contains(said), "{words:?}: {}", ran.err);
    }
    assert_eq!(copy.json(&["status"])["hub"], Value::Null);
}
