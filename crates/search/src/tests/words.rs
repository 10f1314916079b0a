//! Words, phrases, slips of the keyboard and places.

use super::*;
use crate::{Near, NoteKind, ReasonKind};

fn directory() -> Engine {
    use Dimension::{Borough, Population};
    engine(&[
        service(
            1,
            "Friendly Visits",
            "Befriending and home visits for older people",
            &[(Borough, "B1")],
        ),
        service(
            2,
            "Tea Dance",
            "Dancing for everybody on Fridays",
            &[(Borough, "B2")],
        ),
        service(
            3,
            "Cancer Care",
            "A place to talk for people with cancer",
            &[(Borough, "B1"), (Borough, "B2"), (Borough, "B3")],
        ),
        service(
            4,
            "Old Comrades",
            "Breakfast for armed forces men",
            &[(Borough, "B1"), (Population, "veterans")],
        ),
        service(
            5,
            "Grief Line",
            "Bereavement counselling",
            &[(Borough, "B2")],
        ),
        service(
            6,
            "Home Repairs",
            "Small repairs; we visit to give a price",
            &[(Borough, "B3")],
        ),
        service(
            7,
            "Bury Veterans",
            "Meets weekly",
            &[(Borough, "B2"), (Population, "veterans")],
        ),
    ])
}

#[test]
fn plain_words_find_what_services_call_it_and_say_so() {
    let answer = directory().search(&query("housebound")).unwrap();
    assert_eq!(rows(&answer), [1]);
    let why = &answer.hits[0].why[0];
    assert_eq!(
        (why.kind, why.said.as_str(), why.found.as_str()),
        (ReasonKind::Synonym, "housebound", "befriending")
    );
}

#[test]
fn a_phrase_is_found_as_a_phrase() {
    // "Home Repairs" has both words of "home visits", but not beside each other.
    assert_eq!(found(&directory(), "on my own"), [1]);
}

#[test]
fn sentences_bring_together_what_was_said() {
    let mut rows = found(&directory(), "I am lonely since my husband died");
    rows.sort_unstable();
    assert_eq!(rows, [1, 5]);
}

#[test]
fn slips_are_mended_and_told_and_never_drown_what_was_meant() {
    let answer = directory().search(&query("berevement ")).unwrap();
    assert_eq!(rows(&answer), [5]);
    assert_eq!(answer.notes[0].kind, NoteKind::Corrected);
    assert_eq!(answer.hits[0].why[0].kind, ReasonKind::Spelling);
    assert_eq!(found(&directory(), "dancing"), [2]);
    assert_eq!(found(&directory(), "vereavement"), [5]);
}

#[test]
fn every_letter_of_a_word_being_typed_finds_it() {
    for typed in ["b", "be", "bef", "befr", "befrien", "befriendi"] {
        assert!(found(&directory(), typed).contains(&1), "{typed}");
    }
}

#[test]
fn unknown_words_are_dropped_with_a_note_unless_there_is_nothing_else() {
    let answer = directory().search(&query("zzxxqq dancing")).unwrap();
    assert_eq!(rows(&answer), [2]);
    assert_eq!(answer.notes[0].kind, NoteKind::Dropped);
    assert_eq!(directory().search(&query("zzxxqq ")).unwrap().total, 0);
}

#[test]
fn a_place_among_the_words_narrows_to_what_covers_it() {
    let answer = directory().search(&query("veteran in salford")).unwrap();
    assert_eq!(rows(&answer), [4]);
    assert!(answer.notes.iter().any(|note| note.kind == NoteKind::Place));
    // A town counts for its borough, and a place in a name is a name too.
    assert_eq!(found(&directory(), "eccles veteran"), [4]);
    assert_eq!(found(&directory(), "bury veterans").first(), Some(&7));
}

#[test]
fn an_outcode_among_the_words_ranks_by_distance() {
    let answer = directory().search(&query("cancer BL9")).unwrap();
    assert_eq!(
        (rows(&answer), answer.outcode.as_deref()),
        (vec![3], Some("BL9"))
    );
}

#[test]
fn near_ranks_and_never_hides_what_covers_the_address() {
    let at = |km: f64| vec![Point::new(53.49 + km / 111.0, -2.29).unwrap()];
    let near_by = Document {
        points: at(1.0),
        ..service(1, "Lunch club", "", &[])
    };
    let far = Document {
        points: at(40.0),
        ..service(2, "Lunch club", "", &[])
    };
    let covers = service(3, "Lunch club", "", &[(Dimension::Borough, "B1")]);
    let near = Near {
        point: at(0.0)[0],
        areas: vec!["B1".into()],
    };
    let engine = engine(&[far, covers, near_by]);
    let answer = engine
        .search(&Query {
            near: Some(near),
            ..query("lunch")
        })
        .unwrap();
    assert_eq!(rows(&answer), [1, 3, 2]);
    assert_eq!(answer.hits[0].distance_km.map(f64::round), Some(1.0));
    assert_eq!(answer.hits[1].distance_km, None);
}

#[test]
fn stale_is_a_little_lower_and_closed_is_last_but_both_are_there() {
    let fresh = service(3, "Chess club", "", &[]);
    let stale = Document {
        checked: Some(TODAY - 2000),
        ..service(1, "Chess club", "", &[])
    };
    let closed = service(2, "Chess club", "", &[(Dimension::Mark, "closed")]);
    assert_eq!(found(&engine(&[stale, closed, fresh]), "chess"), [3, 1, 2]);
}

#[test]
fn hostile_and_empty_text_is_answered() {
    let engine = directory();
    for text in [
        "",
        " ",
        "'",
        "\u{0}",
        "((((",
        "OR AND NOT *",
        "🙂🙂",
        "ﬁ",
        "İİİİ",
        "a\u{301}b",
    ] {
        assert!(engine.search(&query(text)).is_ok(), "{text:?}");
    }
    assert!(engine.search(&query(&"lonely ".repeat(10_000))).is_ok());
    assert!(engine.search(&query(&"x".repeat(1_000_000))).is_ok());
}
