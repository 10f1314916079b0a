//! What a head means for a copy that stands where it stands.

use store::Position;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use wire::{Head, LATEST_ROOTS, Manifest};

/// Where a copy stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known<'a> {
    /// The highest position that it ever had.
    pub(crate) highest: Option<&'a Position>,
    /// True when it stands there; else it is to be fetched whole.
    pub(crate) stands: bool,
    /// When the head of that position was made.
    pub(crate) made_at: Option<&'a str>,
}

/// What a head means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Says {
    /// The copy stands there.
    InStep,
    /// It was overtaken before it came here: some cache had it.
    Overtaken,
    /// There is something new.
    News,
    /// The hub was restored, and says so: everything is to be fetched.
    NewEpoch,
    /// The hub has less than it had, or something else, and does not say why.
    WentBack(String),
}

/// What a head means.
pub(crate) fn read(known: &Known<'_>, head: &Head) -> Says {
    let Some(highest) = known.highest else {
        return Says::News;
    };
    if head.epoch > highest.epoch {
        return Says::NewEpoch;
    }
    let (there, here) = (
        (head.epoch, head.sequence),
        (highest.epoch, highest.sequence),
    );
    if there < here {
        return if made_before(&head.made_at, known.made_at) {
            Says::Overtaken
        } else {
            Says::WentBack(format!(
                "it stands at change {}, and stood at {} before",
                head.sequence, highest.sequence
            ))
        };
    }
    if there > here {
        return Says::News;
    }
    if *head.root.as_bytes() != highest.root {
        return Says::WentBack(other_content(head.sequence));
    }
    if known.stands {
        Says::InStep
    } else {
        Says::News
    }
}

/// Whether a manifest tells another story about where the copy stood; how.
pub(crate) fn contradicts(manifest: &Manifest, highest: Option<&Position>) -> Option<String> {
    let stood = highest.filter(|stood| stood.epoch == manifest.epoch)?;
    match manifest.roots.iter().find(|(at, _)| *at == stood.sequence) {
        Some((_, root)) => (*root.as_bytes() != stood.root).then(|| other_content(stood.sequence)),
        None => {
            // Further back not every publication is told: who stood there can't be contradicted.
            let gapless = manifest.roots.len().saturating_sub(LATEST_ROOTS);
            let (oldest, _) = manifest.roots.get(gapless)?;
            (*oldest < stood.sequence).then(|| {
                format!(
                    "it knows nothing of change {}, at which it stood before",
                    stood.sequence
                )
            })
        }
    }
}

/// True when the head is out of date.
pub(crate) fn expired(head: &Head, now: OffsetDateTime) -> bool {
    OffsetDateTime::parse(&head.expires_at, &Rfc3339).is_ok_and(|until| until < now)
}

fn other_content(sequence: u64) -> String {
    format!("at change {sequence} it has something else than it had there before")
}

fn made_before(there: &str, here: Option<&str>) -> bool {
    let read = |text: &str| OffsetDateTime::parse(text, &Rfc3339).ok();
    let Some(here) = here.and_then(read) else {
        return false;
    };
    read(there).is_some_and(|there| there < here)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use domain::RecordId;
    use wire::Hash;

    use super::*;

    fn head(epoch: u64, sequence: u64, root: &str, minute: u8) -> Head {
        Head {
            protocol: wire::PROTOCOL,
            min_reader: wire::PROTOCOL,
            hub: RecordId::named("hub"),
            epoch,
            sequence,
            root: Hash::of(root.as_bytes()),
            manifest: Hash::of(b"manifest"),
            made_at: format!("2026-11-22T09:{minute:02}:00Z"),
            keys: Vec::new(),
            expires_at: "2026-11-29T09:00:00Z".to_owned(),
        }
    }

    fn stood() -> Position {
        Position {
            hub: RecordId::named("hub"),
            epoch: 2,
            sequence: 50,
            root: *Hash::of(b"fifty").as_bytes(),
            manifest: *Hash::of(b"manifest").as_bytes(),
        }
    }

    fn says(head: &Head) -> Says {
        let stood = stood();
        read(
            &Known {
                highest: Some(&stood),
                stands: true,
                made_at: Some("2026-11-22T09:30:00Z"),
            },
            head,
        )
    }

    #[test]
    fn a_copy_never_goes_back_unexplained() {
        assert_eq!(says(&head(2, 50, "fifty", 40)), Says::InStep);
        assert_eq!(says(&head(2, 51, "more", 40)), Says::News);
        assert_eq!(says(&head(3, 7, "restored", 40)), Says::NewEpoch);
        assert_eq!(says(&head(2, 49, "less", 20)), Says::Overtaken);
        assert_eq!(says(&head(1, 90, "before", 20)), Says::Overtaken);
        for back in [
            head(2, 49, "less", 40),
            head(1, 90, "before", 40),
            head(2, 50, "other", 20),
        ] {
            assert!(matches!(says(&back), Says::WentBack(_)), "{back:?}");
        }
        let nowhere = Known {
            highest: None,
            stands: false,
            made_at: None,
        };
        assert_eq!(read(&nowhere, &head(2, 1, "one", 0)), Says::News);
        let rescued = stood();
        let rescued = Known {
            highest: Some(&rescued),
            stands: false,
            made_at: None,
        };
        assert_eq!(read(&rescued, &head(2, 50, "fifty", 0)), Says::News);
        assert!(matches!(
            read(&rescued, &head(2, 49, "less", 0)),
            Says::WentBack(_)
        ));
    }

    #[test]
    fn a_manifest_has_to_know_where_the_copy_stood() {
        let manifest = |roots: &[(u64, &str)]| Manifest {
            epoch: 2,
            sequence: 60,
            snapshot_sequence: 0,
            snapshot: Vec::new(),
            segments: Vec::new(),
            roots: roots
                .iter()
                .map(|(at, root)| (*at, Hash::of(root.as_bytes())))
                .collect(),
            digests: String::new(),
            counts: BTreeMap::new(),
        };
        let told = |roots| contradicts(&manifest(roots), Some(&stood()));
        assert_eq!(told(&[(40, "forty"), (50, "fifty"), (60, "sixty")]), None);
        // Too long ago for the hub to tell.
        assert_eq!(told(&[(55, "later"), (60, "sixty")]), None);
        assert!(told(&[(40, "forty"), (50, "other"), (60, "sixty")]).is_some());
        assert!(told(&[(40, "forty"), (60, "sixty")]).is_some());
        // Only the latest are told without a gap: further back some are left out.
        let mut many: Vec<(u64, &str)> = (60..92).map(|at| (at, "later")).collect();
        many.insert(0, (10, "an edge"));
        assert_eq!(told(&many), None);
        let fewer = [&many[..5], &many[6..]].concat();
        assert!(told(&fewer).is_some());
    }

    #[test]
    fn out_of_date_is_told_by_the_clock() {
        let one = head(2, 50, "fifty", 0);
        assert!(!expired(
            &one,
            time::macros::datetime!(2026-11-22 10:00 UTC)
        ));
        assert!(expired(&one, time::macros::datetime!(2026-11-30 10:00 UTC)));
    }
}
