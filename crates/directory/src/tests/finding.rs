//! Searching, options, where the person is, searches that found nothing.

use super::*;
use crate::{Facet, NoteSort};

#[test]
fn an_empty_search_gives_every_entry() {
    let desk = desk();
    let all = search(&desk.directory, &request(""));
    assert_eq!(all.total, desk.directory.status(TODAY).unwrap().entries);
    assert_eq!((all.hits.len(), all.unknown), (50, 0));
    let rest = search(
        &desk.directory,
        &SearchRequest {
            offset: 50,
            ..request("")
        },
    );
    assert_eq!(rest.hits.len(), all.total as usize - 50);
}

#[test]
fn the_number_beside_an_option_is_what_choosing_it_gives() {
    let desk = desk();
    for text in ["", "lonely", "cant pay the gas", "advice in bury"] {
        let open = search(&desk.directory, &request(text));
        let facets = &open.facets;
        for (n, options) in [&facets.need, &facets.borough, &facets.tier]
            .into_iter()
            .enumerate()
        {
            for option in options.iter().filter(|option| option.count > 0) {
                let mut chosen = request(text);
                let list = [&mut chosen.needs, &mut chosen.boroughs, &mut chosen.tiers];
                list.into_iter().nth(n).unwrap().push(option.id.clone());
                assert_eq!(
                    search(&desk.directory, &chosen).total,
                    option.count,
                    "{text} {}",
                    option.term
                );
            }
        }
    }
}

#[test]
fn a_borough_filter_finds_what_covers_the_whole_county_and_tells_what_it_cannot_judge() {
    let desk = desk();
    let wigan = SearchRequest {
        boroughs: vec!["wigan".into()],
        ..request("")
    };
    let found = search(&desk.directory, &wigan);
    assert!(names(&found).contains(&"LGBT Foundation"));
    assert!(names(&found).contains(&"Driven"));
    assert!(!names(&found).contains(&"Art For You"));
    assert!(
        found.unknown > 0,
        "entries whose coverage the report does not say"
    );
}

#[test]
fn options_are_understood_by_term_code_or_identifier_in_any_case() {
    let desk = desk();
    let directory = &desk.directory;
    let code = |facet, said: &str| directory.codes(facet, &[said.to_owned()]);
    let uuid = domain::Catalogue::term_id("need", "social-isolation").to_string();
    for said in [
        "Social isolation",
        "SOCIAL  ISOLATION",
        "social-isolation",
        &uuid,
    ] {
        assert_eq!(
            code(Facet::Need, said).unwrap(),
            ["social-isolation"],
            "{said}"
        );
    }
    assert_eq!(code(Facet::Tier, "tier 2").unwrap(), ["tier-2"]);
    assert_eq!(code(Facet::Tier, "universal").unwrap(), ["universal"]);
    assert_eq!(code(Facet::Borough, "e08000006").unwrap(), ["E08000006"]);
    assert_eq!(
        code(Facet::Borough, "Whole of Greater Manchester")
            .unwrap()
            .len(),
        10
    );
    let error = code(Facet::Borough, "Salfrod").unwrap_err().to_string();
    assert_eq!(
        error,
        "There is no borough \"Salfrod\": did you mean \"Salford\"?"
    );
    assert!(code(Facet::Need, "").is_err());
}

#[test]
fn where_the_person_is_ranks_and_is_explained() {
    let desk = desk();
    let directory = &desk.directory;
    let near = |said: &str| {
        search(
            directory,
            &SearchRequest {
                near: Some(said.into()),
                ..request("lonely")
            },
        )
    };
    let here = near("m6 5ja");
    assert_eq!(
        here.near.as_ref().map(|near| near.label.as_str()),
        Some("M6, Salford")
    );
    assert_eq!(
        here.total,
        near("BL9").total,
        "near ranks and hides nothing"
    );
    assert!(
        here.hits
            .first()
            .unwrap()
            .boroughs
            .contains(&"Salford".to_owned())
    );
    for wrong in ["WA154 1HF", "somewhere", "ZZ99"] {
        let told = near(wrong);
        assert!(
            told.near.is_none() && told.notes.iter().any(|n| n.kind == NoteSort::NearUnknown),
            "{wrong}"
        );
        assert!(directory.check_near(wrong).is_err());
    }
    assert_eq!(
        search(directory, &request("veterans M6"))
            .near
            .unwrap()
            .label,
        "M6"
    );
}

#[test]
fn filters_that_leave_nothing_say_how_many_there_would_be() {
    let desk = desk();
    let directory = &desk.directory;
    let narrow = SearchRequest {
        boroughs: vec!["Glossop (neighbouring area)".into()],
        ..request("painting")
    };
    let found = search(directory, &narrow);
    assert_eq!(found.total, 0);
    assert!(found.without_filters.unwrap() > 0);
}

#[test]
fn a_search_that_found_nothing_is_kept_as_words_and_areas_only() {
    let desk = desk();
    let directory = &desk.directory;
    let nothing = SearchRequest {
        boroughs: vec!["Bury".into()],
        ..request("Kickboxing 07700 900123 for ann@example.org")
    };
    directory.keep_unmet(&nothing, TODAY).unwrap();
    directory.keep_unmet(&nothing, TODAY).unwrap();
    directory.keep_unmet(&request("0161 1"), TODAY).unwrap();
    let kept = directory.unmet().unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!(
        (kept[0].words.as_str(), kept[0].times),
        ("kickboxing for", 2)
    );
    assert_eq!(
        (kept[0].areas.as_slice(), kept[0].day.as_str()),
        (["E08000002".to_owned()].as_slice(), "2026-11-22")
    );
}
