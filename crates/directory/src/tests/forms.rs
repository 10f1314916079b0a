//! Records as forms and back: what the form does not speak of stays. All records are made up.

use domain::change::diff;
use domain::{Kind, Record, RecordId};
use serde_json::{Value, json};

use super::{Desk, desk};
use crate::{EntryState, PhoneForm, RecordForm, ScheduleForm, ServiceForm};

const ID: &str = "6f1c0c1e-9a52-5d1c-8a48-1de8cf1f0f3a";

fn record(members: &Value) -> Record {
    members.as_object().unwrap().clone()
}

/// A service with everything that a form knows, and in every part something that it does not.
fn rich() -> Record {
    record(&json!({
        "id": ID, "name": "Generated Choir", "status": "active", "zzz": {"deep": [1, null]},
        "minimum_age": 16, "assured_date": "2026-01-01", "email": "choir@example.org",
        "phones": [
            {"id": "p1", "number": "0161 496 0001", "type": "voice", "extension": 4},
            {"id": "p2", "number": "0161 496 0002", "description": "answerphone", "type": "text"}],
        "schedules": [{"id": "s1", "freq": "WEEKLY", "byday": "MO", "opens_at": "09:00Z", "closes_at": "12:00Z", "wkst": "MO"}],
        "service_areas": [{"id": "a1", "name": "Salford", "extent": "E08000006", "uri": "x"}, {"id": "a2", "name": "The moon"}],
        "languages": [{"id": "l1", "name": "Urdu", "code": "ur"}, {"id": "l2", "code": "zz"}],
        "cost_options": [{"id": "c1", "option": "adults", "amount": 3.5, "currency": "GBP", "valid_to": "2027-01-01"}],
        "attributes": [
            {"id": "t1", "assessed": true, "taxonomy_term": {"id": "n1", "code": "wellbeing", "name": "Wellbeing", "taxonomy": "need"}},
            {"id": "t2", "value": "asthma", "taxonomy_term": {"id": "n2", "code": "condition", "name": "Condition", "taxonomy": "population"}},
            {"id": "t3", "taxonomy_term": {"id": "n3", "name": "Their own term"}}],
        "signpost": {"keywords": ["song"], "state": {"kind": "full", "until": "2027-01", "told": "by a friend"}, "internal": [{"label": "Key", "text": "at the shop"}], "later": 1}
    }))
}

impl Desk {
    fn form(&self, record: &Record) -> ServiceForm {
        match self.directory.form_of(Kind::Service, record).unwrap() {
            RecordForm::Service(form) => *form,
            RecordForm::Organisation(_) | RecordForm::Place(_) => panic!("a service"),
        }
    }

    /// A record with a form that was changed.
    fn changed(&self, record: &Record, change: impl FnOnce(&mut ServiceForm)) -> Record {
        let mut form = self.form(record);
        change(&mut form);
        let form = RecordForm::Service(Box::new(form));
        self.directory.filled_in(record, &form).unwrap()
    }

    fn fields(&self, record: &Record, change: impl FnOnce(&mut ServiceForm)) -> Vec<String> {
        let after = self.changed(record, change);
        let changes = diff(Kind::Service, Some(record), &after);
        changes
            .iter()
            .map(|change| change.field.to_string())
            .collect()
    }
}

#[test]
fn an_untouched_form_changes_nothing() {
    let desk = desk();
    assert_eq!(desk.fields(&rich(), |_| {}), Vec::<String>::new());
    for kind in Kind::ALL {
        for (_, body) in desk.directory.store().bodies_after(kind, 0, 1_000).unwrap() {
            untouched(&desk, kind, &body);
        }
    }
}

fn untouched(desk: &Desk, kind: Kind, body: &str) {
    let record: Record = serde_json::from_str(body).unwrap();
    let form = desk.directory.form_of(kind, &record).unwrap();
    let after = desk.directory.filled_in(&record, &form).unwrap();
    assert_eq!(diff(kind, Some(&record), &after), Vec::new(), "{body}");
}

#[test]
fn records_of_others_pass_through_their_forms_untouched() {
    let data = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/directories"
    );
    let mut seen = 0;
    for source in ["ohana-sanmateo", "gm-ogl", "bucks-outpost"] {
        let folder = std::path::Path::new(data).join(source);
        if !folder.exists() {
            println!("skipped: {source} is not here");
            continue;
        }
        let desk = desk();
        let from = crate::ImportSource {
            from: folder.display().to_string(),
            ..crate::ImportSource::default()
        };
        let Ok(checked) = desk.directory.import_check("test", &from, super::TODAY) else {
            println!("skipped: {source} is no directory by itself");
            continue;
        };
        desk.directory
            .import_apply("test", &checked.id, super::NOW)
            .unwrap();
        for kind in Kind::ALL {
            for (_, body) in desk.directory.store().bodies_after(kind, 0, 3_000).unwrap() {
                untouched(&desk, kind, &body);
                seen += 1;
            }
        }
    }
    println!("{seen} records");
}

#[test]
fn a_change_touches_just_its_field_and_what_goes_with_it() {
    let desk = desk();
    let rich = rich();
    assert_eq!(desk.fields(&rich, |form| form.email = None), ["email"]);
    assert_eq!(
        desk.fields(&rich, |form| form.alert = Some(" Ring first. ".to_owned())),
        ["alert"]
    );
    assert_eq!(
        desk.fields(&rich, |form| form.maximum_age = Some("25".to_owned())),
        ["minimum_age", "maximum_age"]
    );
    assert_eq!(
        desk.fields(&rich, |form| form.alternate_name = Some("  ".to_owned())),
        [""; 0]
    );
}

#[test]
fn lines_keep_what_the_form_does_not_speak_of() {
    let desk = desk();
    let after = desk.changed(&rich(), |form| {
        form.phones.remove(0);
        form.phones[0].description = Some("the office".to_owned());
        form.phones.push(PhoneForm {
            number: "0161 496 0003".to_owned(),
            description: None,
        });
    });
    let phones = &after["phones"];
    assert_eq!(phones.as_array().unwrap().len(), 2);
    assert_eq!(
        (&phones[0]["id"], &phones[0]["type"]),
        (&json!("p2"), &json!("text"))
    );
    assert_eq!(phones[0]["description"], "the office");
    assert_eq!(phones[1]["number"], "0161 496 0003");
    assert!(
        phones[1]["id"]
            .as_str()
            .unwrap()
            .parse::<RecordId>()
            .is_ok()
    );

    let corrected = desk.changed(&rich(), |form| {
        "0161 496 0009".clone_into(&mut form.phones[0].number);
    });
    assert_eq!(corrected["phones"][0]["extension"], 4);
    let empty = desk.changed(&rich(), |form| form.phones.clear());
    assert!(
        !empty.contains_key("phones"),
        "nothing written is not known"
    );
    let later = desk.changed(&rich(), |form| {
        form.schedules[0].closes = Some("13:00".to_owned());
    });
    assert_eq!(
        later["schedules"][0],
        json!({
            "id": "s1", "freq": "WEEKLY", "byday": "MO", "opens_at": "09:00Z", "closes_at": "13:00", "wkst": "MO"
        })
    );
}

#[test]
fn the_same_words_make_the_same_element_on_every_desk() {
    let (here, there) = (desk(), desk());
    let add = |form: &mut ServiceForm| {
        form.schedules.push(ScheduleForm {
            words: Some("First Sunday".to_owned()),
            ..ScheduleForm::default()
        });
        form.areas.push("E08000001".to_owned());
        form.languages.push("Polish".to_owned());
    };
    assert_eq!(here.changed(&rich(), add), there.changed(&rich(), add));
}

#[test]
fn what_an_editor_read_into_a_text_stays_marked_until_it_is_chosen_anew() {
    let desk = desk();
    let need = |after: &Record| {
        let ties = after["attributes"].as_array().unwrap();
        ties.iter()
            .filter(|tie| tie["taxonomy_term"]["taxonomy"] == "need")
            .cloned()
            .collect::<Vec<_>>()
    };
    let pick = |form: &mut ServiceForm, codes: &[&str]| {
        let line = form
            .terms
            .iter_mut()
            .find(|line| line.taxonomy == "need")
            .unwrap();
        line.codes = codes.iter().map(|&code| code.to_owned()).collect();
    };
    let more = desk.changed(&rich(), |form| pick(form, &["wellbeing", "employment"]));
    assert_eq!(need(&more)[0]["assessed"], true);
    assert_eq!(need(&more)[1]["taxonomy_term"]["name"], "Employment");
    assert_eq!(need(&more)[1].get("assessed"), None);
    let other = desk.changed(&rich(), |form| pick(form, &[]));
    let anew = desk.changed(&other, |form| pick(form, &["wellbeing"]));
    assert_eq!(need(&anew)[0].get("assessed"), None);
    let left: Vec<&Value> = anew["attributes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tie| &tie["id"])
        .collect();
    assert_eq!(left[..2], ["t2", "t3"]);
}

#[test]
fn areas_and_languages_that_nobody_here_knows_stay() {
    let desk = desk();
    let after = desk.changed(&rich(), |form| {
        assert_eq!(form.areas, ["E08000006"]);
        form.areas = vec!["E08000001".to_owned()];
        form.languages = vec!["urdu".to_owned(), "Polish".to_owned()];
    });
    let names = |list: &Value| {
        list.as_array()
            .unwrap()
            .iter()
            .map(|one| one["name"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&after["service_areas"]), ["The moon", "Bolton"]);
    assert_eq!(after["languages"][0]["code"], "ur");
    assert_eq!(after["languages"][2]["code"], "zz");
}

#[test]
fn a_state_is_said_in_hsds_words_and_signposts() {
    let desk = desk();
    let open = desk.changed(&rich(), |form| {
        assert_eq!(
            (form.state, form.state_until.as_deref()),
            (EntryState::Full, Some("2027-01"))
        );
        form.state = EntryState::Open;
        form.state_until = None;
    });
    assert_eq!(open["status"], "active");
    assert_eq!(open["signpost"].get("state"), None);
    let closed = desk.changed(&rich(), |form| form.state = EntryState::Closed);
    assert_eq!(closed["status"], "defunct");
    let later = desk.changed(&rich(), |form| {
        form.state_until = Some("2027-02-01".to_owned());
    });
    assert_eq!(later["signpost"]["state"]["told"], "by a friend");
    assert_eq!(desk.form(&later).state_until.as_deref(), Some("2027-02-01"));
}

#[test]
fn a_place_keeps_its_other_addresses_and_says_whether_it_is_private() {
    let desk = desk();
    let place = record(&json!({
        "id": ID, "location_type": "physical", "name": "Generated Hall", "latitude": 53.5,
        "addresses": [
            {"id": "1", "address_1": "1 Generated Street", "country": "GB", "postal_code": "M6 5JA"},
            {"id": "2", "address_1": "PO Box 1", "address_type": "postal"}],
        "accessibility": [{"id": "x", "details": "Ramp", "url": "https://example.org"}]
    }));
    let RecordForm::Place(mut form) = desk.directory.form_of(Kind::Place, &place).unwrap() else {
        panic!("a place")
    };
    assert_eq!(
        (form.access.as_deref(), form.latitude.as_deref()),
        (Some("Ramp"), Some("53.5"))
    );
    form.postcode = Some("M6 5JB".to_owned());
    form.access = Some("Ramp and lift".to_owned());
    form.private = true;
    let after = desk
        .directory
        .filled_in(&place, &RecordForm::Place(form.clone()))
        .unwrap();
    assert_eq!(after["addresses"][0]["postal_code"], "M6 5JB");
    assert_eq!(
        (&after["addresses"][0]["country"], &after["addresses"][1]),
        (&json!("GB"), &place["addresses"][1])
    );
    assert_eq!(
        after["accessibility"][0],
        json!({"id": "x", "details": "Ramp and lift", "url": "https://example.org"})
    );
    assert_eq!(after["signpost"], json!({"private": true}));
    form.private = false;
    let back = desk
        .directory
        .filled_in(&after, &RecordForm::Place(form))
        .unwrap();
    assert_eq!(back.get("signpost"), None);
}
