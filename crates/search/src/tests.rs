//! The engine as a whole, on small directories made for the purpose.

mod counts;
mod index;
mod words;

use domain::{
    Area, AreaKind, Areas, Catalogue, OutcodeArea, Point, RecordId, Rest, Taxonomy, TaxonomyTerm,
    ThesaurusGroup,
};

use crate::{Answer, Dimension, Document, Engine, Query, Vocabulary};

/// The Julian day of 22 November 2026.
const TODAY: i32 = 2_461_367;

fn taxonomy(code: &str, terms: &[&str]) -> Taxonomy {
    let term = |name: &&str| TaxonomyTerm {
        id: RecordId::named(name).to_string(),
        code: Some((*name).to_owned()),
        name: (*name).to_owned(),
        description: None,
        taxonomy: Some(code.to_owned()),
        rest: Rest::new(),
    };
    let terms = terms.iter().map(term).collect();
    Taxonomy {
        code: code.into(),
        name: code.into(),
        description: String::new(),
        source: String::new(),
        terms,
    }
}

fn area(code: &str, name: &str, kind: AreaKind, also: &[&str]) -> Area {
    let within = (kind == AreaKind::Borough).then(|| "C".to_owned());
    let also = also.iter().map(|name| (*name).to_owned()).collect();
    Area {
        code: code.into(),
        name: name.into(),
        kind,
        within,
        also,
    }
}

fn areas() -> Areas {
    let outcode = |code: &str, latitude, longitude, area: &str| OutcodeArea {
        outcode: code.parse().unwrap(),
        centre: Point::new(latitude, longitude).unwrap(),
        areas: vec![area.to_owned()],
    };
    Areas::new(
        vec![
            area("C", "Whole of Midshire", AreaKind::County, &[]),
            area("B1", "Salford", AreaKind::Borough, &["Eccles"]),
            area("B2", "Bury", AreaKind::Borough, &[]),
            area("B3", "Wigan", AreaKind::Borough, &["Leigh"]),
        ],
        vec![
            outcode("M6", 53.49, -2.29, "B1"),
            outcode("BL9", 53.59, -2.29, "B2"),
        ],
    )
}

fn group(id: &str, plain: &[&str], words: &[&str], populations: &[&str]) -> ThesaurusGroup {
    let owned = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect();
    ThesaurusGroup {
        id: id.into(),
        plain: owned(plain),
        words: owned(words),
        populations: owned(populations),
        ..ThesaurusGroup::default()
    }
}

fn vocabulary() -> Vocabulary {
    let catalogue = Catalogue::new(vec![
        taxonomy("need", &["isolation", "money", "work"]),
        taxonomy("tier", &["universal", "tier-1"]),
        taxonomy("activity", &["arts"]),
        taxonomy("population", &["veterans", "carers"]),
    ]);
    let groups = [
        group(
            "lonely",
            &["lonely", "on my own", "housebound"],
            &["befriending", "home visits"],
            &[],
        ),
        group("bereaved", &["husband died"], &["bereavement"], &[]),
        group(
            "forces",
            &["veteran", "came out of the army"],
            &["armed forces"],
            &["veterans"],
        ),
    ];
    Vocabulary::new(&catalogue, &areas(), &groups)
}

/// A service with a name and a text.
fn service(row: i64, name: &str, text: &str, terms: &[(Dimension, &str)]) -> Document {
    Document {
        row,
        name: name.into(),
        text: vec![text.into()],
        terms: terms
            .iter()
            .map(|(dimension, code)| (*dimension, (*code).to_owned()))
            .collect(),
        checked: Some(TODAY - 30),
        ..Document::default()
    }
}

fn engine(documents: &[Document]) -> Engine {
    let engine = Engine::new(vocabulary());
    engine.put(documents);
    engine
}

fn query(text: &str) -> Query {
    Query {
        text: text.into(),
        limit: 50,
        today: TODAY,
        ..Query::default()
    }
}

fn rows(answer: &Answer) -> Vec<i64> {
    answer.hits.iter().map(|found| found.row).collect()
}

fn found(engine: &Engine, text: &str) -> Vec<i64> {
    rows(&engine.search(&query(text)).unwrap())
}
