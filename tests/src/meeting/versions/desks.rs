//! This hub, and desks that are newer or older.

use directory::{Directory, RecordForm};
use domain::{FieldChange, Kind, Record, RecordId, Role, change};
use serde_json::{Value, json};
use store::ItemFilter;

use super::device::{Device, words};
use crate::meeting::hold;
use crate::meeting::log::Log;
use crate::meeting::plan::Doing;
use crate::meeting::stand::Stand;

/// A protocol that comes after this one.
const LATER: u32 = wire::PROTOCOL + 10_000;

/// A service with something in every part that nobody here knows.
fn rich(id: RecordId) -> Record {
    let body = json!({
        "id": id, "name": "Generated Choir", "status": "inactive", "zzz": {"deep": [1, null, 2.5]},
        "phones": [{"id": "p", "number": "0161 496 0001", "type": "voice", "extension": 4, "heard": {"by": "Ann"}}],
        "schedules": [{"id": "s", "freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "wkst": "MO"}],
        "languages": [{"id": "l", "name": "Urdu", "code": "ur", "fluency": "native"}],
        "attributes": [{"id": "t", "assessed": true, "season": "winter", "taxonomy_term":
            {"id": "n", "code": "wellbeing", "name": "Wellbeing", "taxonomy": "need", "since": 2026}}],
        "signpost": {"keywords": ["song"], "seasons": ["winter"], "state": {"kind": "full", "told": "by a friend"}}
    });
    body.as_object().expect("an object").clone()
}

/// A newer desk that has joined.
fn newer(stand: &Stand, name: &str) -> Device {
    let code = stand.code(Role::Curator, name);
    let more = json!({"protocol": LATER, "screen": "large"});
    Device::join(stand, (name, &code), &more)
}

fn newer_push(device: &Device, operations: &[Value]) -> Value {
    device.push(operations, &json!({"protocol": LATER, "language": "en"}))
}

/// Makes a record as a newer desk does; its text as this hub publishes it.
fn made(stand: &mut Stand, device: &Device) -> (RecordId, Record) {
    let id = RecordId::named("made by a newer desk");
    let made = change::diff(Kind::Service, None, &rich(id));
    let mut act = json!({"act": "edit", "changes": made, "on": "a telephone"});
    act["changes"][0]["why"] = json!("a new service");
    let answer = newer_push(device, &[device.operation(1, &id.to_string(), &act)]);
    assert_eq!(words(&answer), ["applied"]);
    (id, seen(stand, id))
}

/// A record as the administrator's desk has it published.
fn seen(stand: &mut Stand, id: RecordId) -> Record {
    let line = stand.hub.connect();
    let now = stand.hub.now();
    stand.admin.sync(&*line, now).expect("in step");
    let there = stand.admin.store().published("service", id);
    let body = there.expect("published").expect("a record").body;
    serde_json::from_str(&body.expect("a text")).expect("JSON")
}

/// A record without these members.
fn but(record: &Record, members: &[&str]) -> Record {
    let mut record = record.clone();
    record.retain(|name, _| !members.contains(&name.as_str()));
    record
}

#[test]
fn members_that_only_a_newer_desk_knows_survive_an_older_one_that_edits_beside_them() {
    let mut stand = Stand::with(2);
    let device = newer(&stand, "newer");
    let (id, published) = made(&mut stand, &device);
    assert_eq!(published, rich(id));
    // An older one edits by the window's form: a telephone number, the name, a day.
    let folder = tempfile::tempdir().expect("a folder");
    let older = Directory::open(folder.path()).expect("a directory");
    let now = stand.hub.now();
    let (address, code) = (stand.hub.address(), stand.code(Role::Curator, "older"));
    let joined = older.join("t", (&address.to_string(), Some(&code)), "older", &|| now);
    assert_eq!(joined.expect("joined").problem, None);
    let form = older.edit_begin(directory::Kind::Service, Some(&id.to_string()), now);
    let RecordForm::Service(mut form) = form.expect("a form").form else {
        panic!("a service");
    };
    form.name = "Generated Singers".to_owned();
    form.phones[0].number = "0161 496 0002".to_owned();
    form.schedules[0].closes = Some("12:00".to_owned());
    form.keywords.push("evening".to_owned());
    let (what, form) = (id.to_string(), RecordForm::Service(form));
    let of = (directory::Kind::Service, what.as_str());
    older.edit_save(of, &form, None, now).expect("saved");
    older.sync_now("t", &|| now).expect("in step");
    // The newer one looks again.
    let after = Value::Object(seen(&mut stand, id));
    let mut expected = Value::Object(rich(id));
    expected["name"] = json!("Generated Singers");
    expected["phones"][0]["number"] = json!("0161 496 0002");
    expected["schedules"][0]["closes_at"] = json!("12:00");
    expected["signpost"]["keywords"] = json!(["song", "evening"]);
    assert_eq!(after, expected);
}

#[test]
fn what_both_edit_merges_whether_one_of_them_knows_it_or_not() {
    let mut stand = Stand::with(2);
    let device = newer(&stand, "newer");
    let (id, before) = made(&mut stand, &device);
    let mut older = stand.desk("older");
    let version = older.store().published("service", id);
    let version = version.expect("published").expect("a record").version;
    // The older one was offline, and edited what the newer one edits as well.
    let named = edit(&[("name", json!("Generated Choir"), json!("By the older"))]);
    older.deed((Kind::Service, id), named, "2026-11-22T09:00:00Z");
    let zzz = (before["zzz"].clone(), json!({"deep": [2]}));
    let both = [
        ("zzz", zzz.0, zzz.1),
        ("signpost.seasons", json!(["winter"]), json!(["spring"])),
    ];
    let act = json!(edit(&both));
    let mut operation = device.operation(2, &id.to_string(), &act);
    operation["base"] = json!(version);
    assert_eq!(words(&newer_push(&device, &[operation])), ["applied"]);
    stand.agrees(&mut older);
    let after = seen(&mut stand, id);
    assert_eq!(
        (&after["name"], &after["zzz"]),
        (&json!("By the older"), &json!({"deep": [2]}))
    );
    assert_eq!(after["signpost"]["seasons"], json!(["spring"]));
    assert_eq!(
        but(&after, &["name", "zzz", "signpost"]),
        but(&before, &["name", "zzz", "signpost"])
    );
    // Both write the same unknown member: nobody's words are dropped silently.
    let mine = edit(&[("zzz", json!({"deep": [2]}), json!("the older one's"))]);
    older.deed((Kind::Service, id), mine, "2026-11-22T09:00:00Z");
    let theirs = edit(&[("zzz", json!({"deep": [2]}), json!("the newer one's"))]);
    let act = device.operation(3, &id.to_string(), &json!(theirs));
    assert_eq!(words(&newer_push(&device, &[act])), ["merged"]);
    stand.agrees(&mut older);
    let items = stand.admin.store().items(&ItemFilter::default());
    let conflict = json!(items.expect("items"));
    assert_eq!(
        conflict[0]["sort"]["fields"][0]["fields"][0]["mine"],
        "the older one's"
    );
    assert_eq!(seen(&mut stand, id)["zzz"], "the newer one's");
}

fn edit(fields: &[(&str, Value, Value)]) -> domain::Act {
    let change = |(field, old, new): &(&str, Value, Value)| -> FieldChange {
        let change = json!({"field": field, "old": old, "new": new});
        serde_json::from_value(change).expect("a change")
    };
    domain::Act::Edit {
        changes: fields.iter().map(change).collect(),
    }
}

/// What a newer desk may do, and what this hub says of it.
fn newer_acts(id: RecordId) -> Vec<(Value, &'static str)> {
    let check = |how: &str| json!({"act": "check", "check": {"when": "2026-11-22", "how": how, "mood": "fine"}});
    let moved = json!({"field": "phones", "moved": [1, 0]});
    let emptied = json!({"field": "name", "replaced": {"with": "another"}});
    let state = &rich(id)["signpost"]["state"];
    let seasonal = json!([{"field": "status", "old": "inactive", "new": "seasonal"},
        {"field": "signpost.state", "old": state, "new": state}]);
    let later = json!({"how": "postpone", "until": "tomorrow"});
    vec![
        (
            json!({"act": "merge_entries", "with": id}),
            "refused unknown",
        ),
        (
            json!({"act": "flag", "kind": "event", "text": "x"}),
            "refused unknown",
        ),
        (
            json!({"act": "edit", "changes": [moved]}),
            "refused unknown",
        ),
        (
            json!({"act": "edit", "changes": [emptied]}),
            "refused unknown",
        ),
        (
            json!({"act": "resolve", "item": id, "resolution": later}),
            "refused unknown",
        ),
        (check("by_video"), "refused unknown"),
        (check("phoned"), "applied"),
        (
            json!({"act": "edit", "changes": seasonal}),
            "refused invalid",
        ),
        (
            json!({"act": "flag", "text": "It moved", "urgent": true}),
            "queued",
        ),
    ]
}

#[test]
fn what_this_hub_does_not_know_is_refused_alone_and_known_again_when_it_comes_again() {
    Log::all().for_each(refused_alone);
}

fn refused_alone(log: Log) {
    let mut stand = Stand::on(log, 2);
    let device = newer(&stand, "newer");
    let (id, before) = made(&mut stand, &device);
    let (acts, expected): (Vec<Value>, Vec<&str>) = newer_acts(id).into_iter().unzip();
    let numbered = (2..).zip(&acts);
    let all: Vec<Value> = numbered
        .map(|(number, act)| device.operation(number, &id.to_string(), act))
        .collect();
    let first = newer_push(&device, &all);
    assert_eq!(words(&first), expected);
    assert_eq!(first["last"], json!(all.len() + 1));
    for verdict in first["verdicts"].as_array().expect("verdicts") {
        let reason = verdict["verdict"]["reason"].as_str().unwrap_or_default();
        let unknown = verdict["verdict"]["code"] == "unknown";
        assert!(
            !unknown || reason.contains("it needs a newer version"),
            "{reason}"
        );
    }
    // The answer was lost, the hub restarted: it is sent again, as what may have been meant for
    // another hub, its members in another order.
    stand.hub.reopen();
    let again: Vec<Value> = all.iter().map(turned).collect();
    let device = device.at(&stand);
    let second = newer_push(&device, &again);
    assert_eq!(
        (second["cloned"].clone(), &second["verdicts"]),
        (Value::Null, &first["verdicts"])
    );
    let after = seen(&mut stand, id);
    assert_eq!(after["signpost"]["checks"][0]["mood"], "fine");
    let both = [&before, &after].map(|record| but(record, &["signpost", "assured_date"]));
    assert_eq!(
        both[0], both[1],
        "nothing that was not understood did anything"
    );
    let items = stand.admin.store().items(&ItemFilter::default());
    let flags = items
        .expect("items")
        .into_iter()
        .filter(|item| item.name == "Generated Choir");
    assert_eq!(flags.count(), 2, "the flag, and what can't be valid");
}

/// The same, otherwise written.
fn turned(operation: &Value) -> Value {
    let members = operation.as_object().expect("an object");
    let mut turned: Record = members.clone().into_iter().rev().collect();
    turned.insert("before_joining".to_owned(), json!(true));
    Value::Object(turned)
}

#[test]
fn another_operation_of_a_newer_desk_is_another_even_where_only_it_knows_the_difference() {
    Log::all().for_each(another);
}

fn another(log: Log) {
    let mut stand = Stand::on(log, 2);
    let device = newer(&stand, "newer");
    let (id, _) = made(&mut stand, &device);
    let flag = |urgent: bool| {
        let act = json!({"act": "flag", "text": "It moved", "urgent": urgent});
        device.operation(2, &id.to_string(), &act)
    };
    assert_eq!(words(&newer_push(&device, &[flag(true)])), ["queued"]);
    let cloned = newer_push(&device, &[flag(false)]);
    assert_eq!(cloned["cloned"], true, "{cloned}");
    assert_eq!(newer_push(&device, &[flag(true)])["cloned"], Value::Null);
}

#[test]
fn an_older_desk_that_says_and_asks_the_least_is_served() {
    let mut stand = Stand::with(2);
    let code = stand.code(Role::Curator, "older");
    let device = Device::join(&stand, ("older", &code), &json!({}));
    let id = RecordId::named("made by an older desk");
    let make = json!({"act": "edit", "changes": [{"field": "id", "new": id}, {"field": "name", "new": "Choir"}]});
    let flag = json!({"act": "flag", "text": "It moved"});
    let all = [
        device.operation(1, &id.to_string(), &make),
        device.operation(2, &id.to_string(), &flag),
    ];
    let answer = device.push(&all, &json!({"protocol": wire::PROTOCOLS[0].0}));
    assert_eq!(words(&answer), ["applied", "queued"]);
    assert_eq!(words(&device.push(&all, &json!({}))), ["applied", "queued"]);
    assert_eq!(seen(&mut stand, id)["name"], "Choir");
    // Without a tag, a cursor or a head that it knows.
    assert_eq!(device.head()["sequence"], json!(3));
    let page = device.get("/staff");
    let told = page["told"].as_array().expect("a list").iter();
    assert_eq!(told.filter(|one| one["told"] == "item").count(), 1);
    let history = device.get(&format!("/history/service/{id}"));
    assert_eq!(history["changes"][0]["act"], "create");
    // Others go on beside it.
    let mut desk = stand.desk("of today");
    desk.work(&Doing::Edit(1, vec![(1, 2)]), stand.hub.now());
    stand.agrees(&mut desk);
    hold::desk(&mut desk, stand.hub.now(), "of today");
}
