//! Names of places inside what is typed: boroughs, towns in them, neighbourhoods, outcodes.

use std::collections::HashMap;

use domain::{Area, AreaKind, Areas, Outcode, Whereabouts};

use crate::text::words;

/// A place that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Named {
    /// An area, by code.
    Area(String),
    /// The first half of a postcode, perhaps with the second.
    Outcode(Outcode),
}

/// Every name of every area.
#[derive(Debug, Default)]
pub(crate) struct PlaceNames {
    areas: HashMap<Vec<String>, String>,
    /// Words of the names by which people narrow: a slip may have meant one of these.
    main: Vec<String>,
    longest: usize,
    outcodes: Vec<Outcode>,
}

impl PlaceNames {
    pub(crate) fn new(areas: &Areas) -> Self {
        let mut names = Self::default();
        areas.all().iter().for_each(|area| names.learn(area));
        names.outcodes = areas.outcodes().map(|area| area.outcode.clone()).collect();
        names.outcodes.sort();
        names
    }

    /// The longest place name with which these words begin, and how many words it takes.
    pub(crate) fn at(&self, typed: &[String]) -> Option<(Named, usize)> {
        let longest = self.longest.min(typed.len());
        let area = (1..=longest).rev().find_map(|n| {
            let code = self.areas.get(typed.get(..n)?)?;
            Some((Named::Area(code.clone()), n))
        });
        area.or_else(|| self.outcode_at(typed))
    }

    fn outcode_at(&self, typed: &[String]) -> Option<(Named, usize)> {
        let first = typed.first()?;
        let known =
            |whereabouts: &Whereabouts| self.outcodes.binary_search(whereabouts.outcode()).is_ok();
        let read = |text: &str| text.parse().ok().filter(known);
        let both = typed.get(1).map(|second| format!("{first} {second}"));
        if let Some(found) = both.as_deref().and_then(read) {
            let words = if matches!(found, Whereabouts::Postcode(_)) {
                2
            } else {
                1
            };
            return Some((Named::Outcode(found.outcode().clone()), words));
        }
        read(first).map(|found| (Named::Outcode(found.outcode().clone()), 1))
    }

    fn learn(&mut self, area: &Area) {
        // "Whole of …" is what the county's name is for; people say the rest of it.
        let plain = area.name.trim_start_matches("Whole of ");
        let plain = plain.split(" (").next().unwrap_or(plain);
        if area.kind == AreaKind::Borough {
            self.main.extend(words(plain));
        }
        for name in std::iter::once(plain).chain(area.also.iter().map(String::as_str)) {
            let key = words(name);
            self.longest = self.longest.max(key.len());
            // A town that shares its name with a borough means the borough.
            if area.kind == AreaKind::Borough || !self.areas.contains_key(&key) {
                self.areas.insert(key, area.code.clone());
            }
        }
    }

    /// The words of the boroughs' names.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.main.iter().map(String::as_str)
    }

    /// True when a place's name has this word in it.
    pub(crate) fn has_word(&self, word: &str) -> bool {
        self.areas
            .keys()
            .any(|name| name.iter().any(|known| known == word))
    }
}
