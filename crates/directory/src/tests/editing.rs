//! Editing, flagging, checking, undoing, on the built-in directory. Telephone numbers are from the
//! range that Ofcom keeps for drama.

use domain::{Account, GssCode, RecordId, Rest, Role};
use store::{Membership, Op};

use super::{Desk, NOW, desk, request, search};
use crate::{Code, EditView, Kind, May, OutboxState, PhoneForm, RecordForm, Saved, ServiceForm};

pub(super) const BOLTON: &str = "E08000001";
pub(super) const SALFORD: &str = "E08000006";

impl Desk {
    pub(super) fn service(&self, name: &str) -> String {
        let found = search(&self.directory, &request(name));
        let hit = found.hits.into_iter().find(|hit| hit.name == name);
        hit.unwrap_or_else(|| panic!("{name}")).id
    }

    pub(super) fn begin(&self, id: &str) -> (EditView, ServiceForm) {
        let view = self
            .directory
            .edit_begin(Kind::Service, Some(id), NOW)
            .unwrap();
        let RecordForm::Service(form) = view.form.clone() else {
            panic!("a service")
        };
        (view, *form)
    }

    pub(super) fn save(&self, id: &str, form: ServiceForm) -> Saved {
        let form = RecordForm::Service(Box::new(form));
        self.directory
            .edit_save((Kind::Service, id), &form, None, NOW)
            .unwrap()
    }

    /// Opens an entry, changes its form and saves it.
    pub(super) fn edit(&self, id: &str, change: impl FnOnce(&mut ServiceForm)) -> Saved {
        let (_, mut form) = self.begin(id);
        change(&mut form);
        self.save(id, form)
    }

    pub(super) fn number(&self, id: &str) -> Option<String> {
        let entry = self.directory.entry(id, None, super::TODAY).unwrap();
        entry.phones.into_iter().next().map(|phone| phone.number)
    }

    /// Joins a hub, as somebody.
    pub(super) fn join_as(&self, role: Role, boroughs: &[&str]) {
        let membership = Membership {
            hub: RecordId::named("hub"),
            name: "A generated hub".to_owned(),
            address: "https://hub.example.org".to_owned(),
            keys: Vec::new(),
            device: Some(RecordId::named("device")),
            device_name: Some("Desk 1".to_owned()),
            account: Some(Account {
                name: "Generated CVS".to_owned(),
                role,
                boroughs: boroughs.iter().map(|&code| GssCode::from(code)).collect(),
            }),
            joined_at: "2026-11-22T10:00:00Z".to_owned(),
            rest: Rest::new(),
        };
        self.directory
            .indexer
            .transact(Op::Join(Box::new(membership)))
            .unwrap();
    }

    pub(super) fn states(&self) -> Vec<OutboxState> {
        let outbox = self.directory.outbox(NOW).unwrap();
        outbox.lines.into_iter().map(|line| line.state).collect()
    }
}

pub(super) fn phone(number: &str) -> PhoneForm {
    PhoneForm {
        number: number.to_owned(),
        description: None,
    }
}

#[test]
fn a_form_is_held_against_its_record_as_one_types() {
    let desk = desk();
    let id = desk.service("Age UK Bolton");
    let (view, mut form) = desk.begin(&id);
    assert_eq!((view.may, view.fresh), (May::Edit, false));
    assert_eq!(
        (view.title.as_str(), view.draft_said),
        ("Age UK Bolton", None)
    );
    let taxonomy = |code: &str| view.taxonomies.iter().find(|t| t.taxonomy == code);
    assert!(taxonomy("tier").unwrap().single && !taxonomy("need").unwrap().single);
    form.phones.push(phone("0161 496 0001"));
    form.keywords.push("quokkas".to_owned());
    let form = RecordForm::Service(Box::new(form));
    let check = desk.directory.edit_check(Kind::Service, &id, &form);
    let check = check.unwrap();
    assert!(check.faults.is_empty(), "{:?}", check.faults);
    let [telephone, words] = &check.changed[..] else {
        panic!("{:?}", check.changed)
    };
    assert_eq!(telephone.label, "Telephone");
    assert_eq!(telephone.new.as_deref(), Some("0161 496 0001"));
    assert_eq!(
        (words.label.as_str(), &words.added[..]),
        ("Search words", &["quokkas".to_owned()][..])
    );
}

#[test]
fn an_edit_shows_at_once_is_found_and_can_be_withdrawn() {
    let desk = desk();
    let id = desk.service("Age UK Bolton");
    let saved = desk.edit(&id, |form| {
        form.phones.push(phone("0161 496 0001"));
        form.keywords.push("quokkas".to_owned());
    });
    assert_eq!(saved.said, "Saved on this computer.");
    assert_eq!(desk.number(&id).as_deref(), Some("0161 496 0001"));
    assert_eq!(search(&desk.directory, &request("quokkas")).hits[0].id, id);
    let outbox = desk.directory.outbox(NOW).unwrap();
    let line = &outbox.lines[0];
    assert_eq!((outbox.waiting, line.name.as_str()), (1, "Age UK Bolton"));
    assert_eq!(line.said, "Changed telephone and search words");
    assert_eq!(line.at_said, "today at 14:05");
    assert!(line.can_withdraw && line.can_undo);
    let waits = || desk.directory.entry_work(&id, NOW).unwrap().waiting.len();
    assert_eq!(waits(), 1);

    desk.directory.withdraw(line.row, NOW).unwrap();
    assert_eq!(desk.number(&id), None);
    assert!(search(&desk.directory, &request("quokkas")).hits.is_empty());
    assert_eq!(desk.states(), [OutboxState::Withdrawn]);
    assert_eq!(waits(), 0);
}

#[test]
fn nothing_changed_is_nothing_done() {
    let desk = desk();
    let id = desk.service("Age UK Bolton");
    assert!(
        desk.edit(&id, |form| form.email = Some("  ".to_owned()))
            .nothing
    );
    assert!(desk.states().is_empty());
}

#[test]
fn what_is_wrong_is_said_in_words_and_not_saved() {
    let desk = desk();
    let id = desk.service("Age UK Bolton");
    let (_, mut form) = desk.begin(&id);
    form.name = " ".to_owned();
    form.minimum_age = Some("sixteen".to_owned());
    form.email = Some("not an address".to_owned());
    form.state_until = Some("soon".to_owned());
    form.phones.push(phone("ring the bell"));
    let form = RecordForm::Service(Box::new(form));
    let check = desk
        .directory
        .edit_check(Kind::Service, &id, &form)
        .unwrap();
    let mut fields: Vec<&str> = check
        .faults
        .iter()
        .map(|fault| fault.field.as_str())
        .collect();
    fields.sort_unstable();
    assert_eq!(
        fields,
        ["email", "minimum_age", "name", "phones.0", "state_until"]
    );
    let error = desk
        .directory
        .edit_save((Kind::Service, &id), &form, None, NOW)
        .unwrap_err();
    assert_eq!(error.code(), Code::Invalid);
    assert!(error.to_string().contains("a number of years"), "{error}");
    assert!(desk.states().is_empty());
}

#[test]
fn words_that_still_tell_the_old_hours_are_pointed_out() {
    let desk = desk();
    let id = desk.service("Age UK Bolton");
    desk.edit(&id, |form| {
        form.schedules.push(crate::ScheduleForm {
            days: vec!["MO".to_owned()],
            every: Some(crate::Every::Week),
            opens: Some("09:00".to_owned()),
            words: Some("Mondays from 9".to_owned()),
            ..crate::ScheduleForm::default()
        });
    });
    let check = |change: &dyn Fn(&mut crate::ScheduleForm)| {
        let (_, mut form) = desk.begin(&id);
        change(&mut form.schedules[0]);
        let form = RecordForm::Service(Box::new(form));
        let faults = desk
            .directory
            .edit_check(Kind::Service, &id, &form)
            .unwrap()
            .faults;
        faults
            .into_iter()
            .map(|fault| fault.message)
            .collect::<Vec<_>>()
    };
    let later: &dyn Fn(&mut crate::ScheduleForm) = &|line| line.opens = Some("10:00".to_owned());
    assert!(check(later)[0].contains("Mondays from 9"));
    assert!(check(&|line| line.words = Some("Mondays".to_owned())).is_empty());
    assert!(
        check(&|line| {
            line.opens = Some("10:00".to_owned());
            line.words = None;
        })
        .is_empty()
    );
    assert!(check(&|line| line.opens = Some("half nine".to_owned()))[0].contains("09:30"));
}

#[test]
fn what_is_half_written_is_there_after_a_crash() {
    let Desk { directory, folder } = desk();
    let desk = Desk { directory, folder };
    let id = desk.service("Age UK Bolton");
    let (_, mut form) = desk.begin(&id);
    form.alert = Some("Half a sen".to_owned());
    let draft = RecordForm::Service(Box::new(form));
    desk.directory
        .edit_draft(Kind::Service, &id, draft.clone(), NOW)
        .unwrap();
    let Desk { directory, folder } = desk;
    drop(directory);
    let directory = crate::Directory::open(folder.path()).unwrap();
    let desk = Desk { directory, folder };
    let (view, form) = desk.begin(&id);
    assert_eq!(
        view.draft_said.as_deref(),
        Some("Half-written today at 14:05: kept.")
    );
    assert_eq!(form.alert.as_deref(), Some("Half a sen"));
    assert_eq!(desk.number(&id), None);
    desk.save(&id, form);
    assert_eq!(
        desk.begin(&id).0.draft_said,
        None,
        "saved is no draft any more"
    );

    desk.directory
        .edit_draft(Kind::Service, &id, draft, NOW)
        .unwrap();
    desk.directory.draft_drop(Kind::Service, &id).unwrap();
    assert_eq!(desk.begin(&id).0.draft_said, None);
}

/// A new place, saved.
fn hall(desk: &Desk) -> String {
    let fresh = desk.directory.edit_begin(Kind::Place, None, NOW).unwrap();
    let RecordForm::Place(mut place) = fresh.form else {
        panic!("a place")
    };
    place.name = Some("Generated Hall".to_owned());
    place.postcode = Some("m6 5ja".to_owned());
    let form = RecordForm::Place(place);
    let check = desk.directory.edit_check(Kind::Place, &fresh.id, &form);
    let check = check.unwrap();
    assert_eq!(
        (check.area.as_deref(), check.latitude),
        (Some(SALFORD), None)
    );
    assert!(check.area_said.unwrap().contains("Salford"));
    let saved = desk
        .directory
        .edit_save((Kind::Place, &fresh.id), &form, None, NOW);
    saved.unwrap().id
}

#[test]
fn a_new_entry_is_made_with_its_place() {
    let desk = desk();
    let hall = hall(&desk);
    let picks = desk.directory.find_records(Kind::Place, "generated hall");
    assert_eq!(picks.unwrap()[0].id, hall);
    let begun = desk.directory.edit_begin(Kind::Service, None, NOW).unwrap();
    assert!(begun.fresh && begun.title == "New service");
    let RecordForm::Service(mut form) = begun.form else {
        panic!("a service")
    };
    form.name = "Quokka Choir".to_owned();
    form.places.push(crate::PlaceTie {
        place: hall,
        ..crate::PlaceTie::default()
    });
    desk.save(&begun.id, *form);
    let entry = desk.directory.entry(&begun.id, None, super::TODAY).unwrap();
    assert_eq!(
        (entry.name.as_str(), entry.places[0].name.as_str()),
        ("Quokka Choir", "Generated Hall")
    );
    let found = search(&desk.directory, &request("quokka choir"));
    assert_eq!(found.hits[0].id, begun.id);
    let outbox = desk.directory.outbox(NOW).unwrap();
    assert_eq!(outbox.lines[0].said, "Added a new service");
}

#[test]
fn a_new_entry_that_was_begun_is_gone_on_with() {
    let desk = desk();
    let begun = desk.directory.edit_begin(Kind::Service, None, NOW).unwrap();
    let RecordForm::Service(mut form) = begun.form else {
        panic!("a service")
    };
    form.name = "Quokka Choir".to_owned();
    let draft = RecordForm::Service(form.clone());
    desk.directory
        .edit_draft(Kind::Service, &begun.id, draft, NOW)
        .unwrap();
    let again = desk.directory.edit_begin(Kind::Service, None, NOW).unwrap();
    assert_eq!((again.id.as_str(), again.fresh), (begun.id.as_str(), true));
    assert_eq!(again.form, RecordForm::Service(form.clone()));
    desk.save(&begun.id, *form);
    let next = desk.directory.edit_begin(Kind::Service, None, NOW).unwrap();
    assert_ne!(next.id, begun.id);
}

#[test]
fn what_others_change_while_a_form_is_open_stays() {
    let desk = desk();
    let id = desk.service("Age UK Bolton");
    let (_, mut mine) = desk.begin(&id);
    let mut others = desk
        .directory
        .store()
        .entry(id.parse().unwrap())
        .unwrap()
        .unwrap()
        .service;
    others.email = Some("hello@example.org".to_owned());
    desk.directory
        .indexer
        .transact(Op::PutService(Box::new(others)))
        .unwrap();
    mine.phones.push(phone("0161 496 0001"));
    desk.save(&id, mine);
    let entry = desk.directory.entry(&id, None, super::TODAY).unwrap();
    assert_eq!(entry.email.as_deref(), Some("hello@example.org"));
    assert_eq!(entry.phones.len(), 1);
}
