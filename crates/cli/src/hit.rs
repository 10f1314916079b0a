//! One service found, for people: the lines that matter.

use std::io;

use directory::{FreshnessView, Hit, ReasonSort, ReasonView};

use crate::page::Page;

/// Letters that the number before a name takes, with the blanks after it.
const NUMBER: usize = 4;
/// More reasons than this say no more.
const REASONS: usize = 3;

pub(crate) fn write(page: &mut Page<'_>, hit: &Hit, n: u32) -> io::Result<()> {
    let away = hit
        .distance_km
        .map_or_else(String::new, |km| format!(" · {}", distance(km)));
    page.marked(&format!("{n:>2}  "), &format!("{}{away}", hit.name))?;
    let mut page = page.indented(NUMBER);
    if let Some(summary) = &hit.summary {
        page.paragraph(summary)?;
    }
    page.known("Now", hit.status.said.as_deref())?;
    let other = |name: &&str| *name != hit.name;
    page.known("Run by", hit.organisation.as_deref().filter(other))?;
    page.known("For", hit.for_whom.as_deref())?;
    page.list("Covers", &hit.boroughs)?;
    page.known("Where", hit.where_line.as_deref().map(capital).as_deref())?;
    page.known("Cost", hit.cost.as_deref())?;
    page.known("Way in", hit.way_in.as_ref().map(|way| way.line.as_str()))?;
    page.known("Not known", not_known(hit).as_deref())?;
    page.fact("Checked", &checked(&hit.checked))?;
    page.list("Why", &why(&hit.why))?;
    page.fact("ID", &hit.id)
}

fn not_known(hit: &Hit) -> Option<String> {
    let missing: Vec<&str> = [
        (hit.for_whom.is_none(), "for whom"),
        (hit.boroughs.is_empty(), "area it covers"),
        (hit.where_line.is_none(), "where"),
        (hit.cost.is_none(), "cost"),
        (hit.way_in.is_none(), "way in"),
        (hit.tier.is_none(), "tier"),
    ]
    .into_iter()
    .filter_map(|(unknown, what)| unknown.then_some(what))
    .collect();
    (!missing.is_empty()).then(|| format!("{}: ring first", missing.join(", ")))
}

/// `in spring 2018, from a report: old`.
pub(crate) fn checked(checked: &FreshnessView) -> String {
    let said = &checked.said;
    let said = said.strip_prefix("checked ").unwrap_or(said);
    let old = checked.stale && checked.date.is_some();
    format!("{said}{}", if old { " (old)" } else { "" })
}

fn why(reasons: &[ReasonView]) -> Vec<String> {
    reasons.iter().take(REASONS).map(reason).collect()
}

fn reason(reason: &ReasonView) -> String {
    let ReasonView { kind, said, found } = reason;
    let same = said.to_lowercase() == found.to_lowercase();
    match kind {
        ReasonSort::Name if same => format!("“{said}” in its name"),
        ReasonSort::Name => format!("“{said}” → {found} in its name"),
        ReasonSort::Word | ReasonSort::Beginning | ReasonSort::Synonym if same => {
            format!("“{said}”")
        }
        ReasonSort::Word | ReasonSort::Beginning | ReasonSort::Synonym => {
            format!("“{said}” → {found}")
        }
        ReasonSort::Spelling => format!("“{said}” → {found} (spelling)"),
        ReasonSort::Area if same => format!("covers {found}"),
        ReasonSort::Area => format!("“{said}” → covers {found}"),
    }
}

/// As people say it: `800 m`, `2.3 km`, `14 km`.
pub(crate) fn distance(km: f64) -> String {
    if km < 0.1 {
        "under 100 m".to_owned()
    } else if km < 0.95 {
        format!("{:.0} m", (km * 10.0).round() * 100.0)
    } else if km < 10.0 {
        format!("{km:.1} km")
    } else {
        format!("{km:.0} km")
    }
}

pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_as_people_say_them() {
        for (km, said) in [
            (0.04, "under 100 m"),
            (0.8, "800 m"),
            (0.94, "900 m"),
            (1.0, "1.0 km"),
            (2.34, "2.3 km"),
            (14.2, "14 km"),
        ] {
            assert_eq!(distance(km), said);
        }
    }
}
