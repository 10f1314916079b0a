//! What a push is answered, over HTTP.

use domain::{Act, Kind, RecordId, Role};
use serde_json::json;

use super::server::{Server, operation};
use super::world::edit;

#[tokio::test(flavor = "multi_thread")]
async fn a_clone_is_told_of_what_it_had_sent_before() {
    let server = Server::start().await;
    let ann = server.join("Ann", Role::Curator, &[]).await;
    let about = (Kind::Organisation, RecordId::named("a group"));
    let flag = |sequence, text: &str| {
        let text = text.to_owned();
        operation(&ann, sequence, about, Act::Flag { text })
    };
    let make = operation(&ann, 1, about, edit("name", json!(null), json!("A group")));
    let first = server.push(
        &ann,
        &[make.clone(), flag(2, "both"), flag(3, "the twin's")],
    );
    assert_eq!((first.verdicts.len(), first.cloned), (3, false));
    let second = server.push(&ann, &[make, flag(2, "both"), flag(3, "the other's")]);
    assert_eq!(second.verdicts, first.verdicts[..2]);
    assert!(second.cloned);
    let third = server.push(&ann, &[flag(3, "the other's")]);
    assert!(third.cloned && third.verdicts.is_empty());
    server.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_push_queued_is_told_right_after_it() {
    let server = Server::start().await;
    let cyd = server.join("Cyd", Role::Curator, &[]).await;
    let about = (Kind::Organisation, RecordId::named("a group"));
    let make = operation(&cyd, 1, about, edit("name", json!(null), json!("A group")));
    server.push(&cyd, &[make]);
    for cursor in 1..=40 {
        let text = "wrong number".to_owned();
        let flag = operation(&cyd, cursor + 1, about, Act::Flag { text });
        assert_eq!(server.push(&cyd, &[flag]).verdicts.len(), 1);
        let after = format!("/staff?after={}", cursor - 1);
        let (status, page) = server.get(&after, Some(&cyd.token));
        assert_eq!((status, &page["cursor"]), (200, &json!(cursor)));
    }
    server.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_answer_says_that_neither_stream_has_anything_new() {
    let server = Server::start().await;
    let ann = server.join("Ann", Role::Curator, &[]).await;
    let first = server.tag();
    let ask = |head: &str| format!("/staff?after=0&head={head}");
    assert_eq!(server.get(&ask(&first), Some(&ann.token)).0, 204);
    let about = (Kind::Organisation, RecordId::named("a group"));
    let make = operation(&ann, 1, about, edit("name", json!(null), json!("A group")));
    server.push(&ann, &[make]);
    server.head(1).await;
    let (status, page) = server.get(&ask(&first), Some(&ann.token));
    assert_eq!((status, &page["told"]), (200, &json!([])));
    assert_eq!(server.get(&ask(&server.tag()), Some(&ann.token)).0, 204);
    server.end().await;
}
