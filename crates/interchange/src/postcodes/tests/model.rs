//! The pack against the simplest thing that says the same: a map.

use std::collections::BTreeMap;

use domain::Point;
use proptest::prelude::*;

use crate::postcodes::about::About;
use crate::postcodes::code::split;
use crate::postcodes::draft::Draft;
use crate::postcodes::encode;
use crate::postcodes::{Found, Pack};

#[derive(Debug, Clone)]
enum Said {
    Live(Option<(f64, f64)>, Option<String>),
    Ended,
}

fn said() -> impl Strategy<Value = Said> {
    let near = (53.4..53.6, -2.4..-2.0);
    let anywhere = (-90.0..=90.0, -180.0..=180.0);
    let point =
        prop_oneof![8 => near.prop_map(Some), 1 => anywhere.prop_map(Some), 1 => Just(None)];
    let district = prop::option::weighted(0.9, "[A-E]");
    prop_oneof![
        4 => (point, district).prop_map(|(point, district)| Said::Live(point, district)),
        1 => Just(Said::Ended),
    ]
}

/// Few of each part, so that sectors are shared and lines said twice.
fn postcode() -> impl Strategy<Value = String> {
    "(M1|M11|M1A|EC1A|SK9) [0-2][A-CZ][A-DY-Z]"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn the_pack_says_what_the_last_line_said(
        lines in prop::collection::vec((postcode(), said()), 0..300),
        asked in prop::collection::vec(postcode(), 50),
    ) {
        let mut draft = Draft::default();
        let mut model: BTreeMap<String, Said> = BTreeMap::new();
        for (text, said) in &lines {
            let code = split(&text.parse().unwrap()).unwrap();
            let known = model.entry(text.clone()).or_insert(Said::Ended);
            match said {
                Said::Ended => draft.ended(code).unwrap(),
                Said::Live(point, district) => {
                    let at = point.map(|(north, east)| Point::new(north, east).unwrap());
                    draft.live(code, at, district.as_deref()).unwrap();
                    let before = match known {
                        Said::Live(point, district) => (*point, district.clone()),
                        Said::Ended => (None, None),
                    };
                    *known = Said::Live(point.or(before.0), district.clone().or(before.1));
                }
            }
        }
        draft.settle();
        let pack = Pack::read(&encode::pack(&draft, &About::default()).unwrap()).unwrap();
        for text in model.keys().chain(&asked) {
            let outcode = text.split(' ').next().unwrap();
            let covered = model.keys().any(|key| key.split(' ').next() == Some(outcode));
            let found = pack.lookup(&text.parse().unwrap());
            match model.get(text) {
                Some(Said::Ended) => prop_assert_eq!(found, Found::Ended),
                None if covered => prop_assert_eq!(found, Found::Unknown),
                None => prop_assert_eq!(found, Found::NotCovered),
                Some(Said::Live(place, wanted)) => {
                    let Found::Live { point, district } = found else {
                        panic!("{text} is in use, not {found:?}");
                    };
                    prop_assert_eq!(&district, wanted);
                    prop_assert_eq!(point.is_some(), place.is_some());
                    let Some((point, (north, east))) = point.zip(*place) else { continue };
                    prop_assert!((point.latitude() - north).abs() < 6e-6);
                    prop_assert!((point.longitude() - east).abs() < 6e-6);
                }
            }
        }
    }
}
