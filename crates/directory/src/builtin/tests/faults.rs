//! Every kind of fault, put into the small directory one at a time.

use super::*;

/// The faults of the small directory when one file has `from` replaced by `to`.
#[track_caller]
fn faults(path: &str, from: &str, to: &str) -> Vec<String> {
    let mut files = files();
    let file = files.iter_mut().find(|file| file.path == path).unwrap();
    assert!(file.text.contains(from), "nothing to replace");
    let text = file.text.replacen(from, to, 1);
    file.text = &text;
    let error = check(&files).expect_err("a fault was put in");
    error.faults.iter().map(ToString::to_string).collect()
}

#[test]
fn dangling_references_are_named_with_the_nearest_right_code() {
    assert_eq!(
        faults("directory/here.toml", "\"company\" }", "\"compny\" }"),
        [
            "directory/here.toml:14: entry tea-club, needs, term: \"compny\" is not in taxonomies/need.toml: did you mean \"company\"?"
        ]
    );
    assert_eq!(
        faults(
            "directory/here.toml",
            "[\"B1\"]",
            "[\"B1\", \"bury\", \"elsewhere\"]"
        ),
        [
            "directory/here.toml:13: entry tea-club, coverage: \"bury\" is not in areas.toml: did you mean \"B1\"?",
            "directory/here.toml:13: entry tea-club, coverage: \"elsewhere\" is not in areas.toml: use one of: B1, B1/north, C1",
        ]
    );
    assert_eq!(
        faults(
            "directory/here.toml",
            "keywords",
            "tier = \"tier-1\"\nkeywords"
        ),
        [
            "directory/here.toml:18: entry tea-club, tier: \"tier-1\" is not in taxonomies/tier.toml: none is defined"
        ]
    );
    assert_eq!(
        faults("thesaurus/all.toml", "\"company\"", "\"companies\""),
        [
            "thesaurus/all.toml:5: group lonely, needs: \"companies\" is not in taxonomies/need.toml: did you mean \"company\"?"
        ]
    );
    assert_eq!(
        faults("areas.toml", "within = \"B1\"", "within = \"B2\""),
        [
            "areas.toml:14: area B1/north, within: \"B2\" is not in areas.toml: use one of: B1, B1/north, C1"
        ]
    );
}

#[test]
fn what_stands_twice_is_named_with_its_first_place() {
    let again = DIRECTORY.split_once("[[entry]]").unwrap().1;
    assert_eq!(
        faults(
            "directory/here.toml",
            "[[entry]]",
            &format!("[[entry]]{again}\n[[entry]]")
        ),
        [
            "directory/here.toml:23: entry tea-club, slug: \"tea-club\" stands already at directory/here.toml:8: keep one"
        ]
    );
    assert_eq!(
        faults("thesaurus/all.toml", "\"skint\"", "\"lonely\", \"skint\""),
        [
            "thesaurus/all.toml:9: group money, plain: \"lonely\" stands already at thesaurus/all.toml:3: keep one"
        ]
    );
    let term = "[[term]]\ncode = \"advice\"\nname = \"Advice\"\n";
    assert_eq!(
        faults(
            "taxonomies/need.toml",
            "[[term]]",
            &format!("{term}\n[[term]]")
        ),
        [
            "taxonomies/need.toml:10: term advice, code: \"advice\" stands already at taxonomies/need.toml:6: keep one"
        ]
    );
    assert_eq!(
        faults("directory/here.toml", "aphasia", "cancer"),
        [
            "directory/here.toml:15: entry tea-club, populations, term: \"condition\" stands here twice: keep one"
        ]
    );
    assert_eq!(
        faults("directory/here.toml", "Old Library", "Town hall"),
        [
            "directory/here.toml:17: entry tea-club, places: \"Town Hall\" stands here twice: keep one"
        ]
    );
}

#[test]
fn unsorted_files_are_refused() {
    assert_eq!(
        faults(
            "thesaurus/all.toml",
            "\"lonely\", \"on my own\"",
            "\"on my own\", \"lonely\""
        ),
        [
            "thesaurus/all.toml:3: group lonely, plain: \"lonely\" belongs before \"on my own\": sort them"
        ]
    );
    assert_eq!(
        faults("areas.toml", "B1/north", "D1"),
        ["areas.toml:18: area C1, code: \"C1\" belongs before \"D1\": sort them"]
    );
    assert_eq!(
        faults("outcodes.csv", "BL8", "M6"),
        ["outcodes.csv:4: row: \"BL9\" belongs before \"M6\": sort them"]
    );
}

#[test]
fn keys_and_types_are_checked() {
    assert_eq!(
        faults("directory/here.toml", "keywords =", "keyword ="),
        [
            "directory/here.toml:18: entry tea-club: unknown key \"keyword\": did you mean \"keywords\"?"
        ]
    );
    assert_eq!(
        faults("directory/here.toml", "summary = \"Tea and talk.\"\n", ""),
        ["directory/here.toml:7: entry tea-club: has no \"summary\": write summary = \"…\""]
    );
    assert_eq!(
        faults("directory/here.toml", "[\"chat\"]", "\"chat\""),
        [
            "directory/here.toml:18: entry tea-club, keywords: should be a list of texts, as in [\"…\", \"…\"], but is of type string"
        ]
    );
    assert_eq!(
        faults("taxonomies/need.toml", "order = 2", "order = \"2\""),
        [
            "taxonomies/need.toml:8: term advice, order: should be a whole number without quotes, but is of type string"
        ]
    );
    assert_eq!(
        faults("directory/here.toml", "\"active\"", "\"actve\""),
        [
            "directory/here.toml:19: entry tea-club, status: \"actve\" is not known here: did you mean \"active\"?"
        ]
    );
    assert_eq!(
        faults("directory/here.toml", "[\"chat\"]", "[]"),
        [
            "directory/here.toml:18: entry tea-club, keywords: is an empty list: leave it out if nothing is known"
        ]
    );
}

#[test]
fn values_are_checked() {
    assert_eq!(
        faults("directory/here.toml", "2018-04/", "spring/"),
        [
            "directory/here.toml:3: file, checked: \"spring/2018-06\" is not a date: write 2026-11-22, 2026-11, 2026 or 2026-04/2026-06"
        ]
    );
    assert_eq!(
        faults("directory/here.toml", "Tea and talk.", &"long ".repeat(29))
            .last()
            .unwrap(),
        "directory/here.toml:11: entry tea-club, summary: has 145 characters: 140 at most"
    );
    assert_eq!(
        faults("thesaurus/all.toml", "skint", "I'm skint"),
        ["thesaurus/all.toml:9: group money, plain: \"I'm skint\" should be \"im skint\""]
    );
    assert_eq!(
        faults("thesaurus/all.toml", "id = \"money\"", "id = \"Money!\"")[0],
        "thesaurus/all.toml:8: group, id: \"Money!\": write small letters, digits and hyphens"
    );
    assert_eq!(
        faults("areas.toml", "within = \"B1\"\n", ""),
        ["areas.toml:10: area B1/north: has no \"within\": write the code of the area around it"]
    );
    assert_eq!(
        faults("areas.toml", "within = \"C1\"", "within = \"B1\""),
        ["areas.toml:8: area B1, within: \"B1\": should be a county's code"]
    );
}

#[test]
fn malformed_rows_are_named_one_by_one() {
    let rows =
        "BL8,53.6,-2.3\nbl9,53.5,-2.2,B1\nM,1,1,B1\nM2,53.5,west,B1\nM3,153.5,1,B1\nM4,53,1,B2;\n";
    assert_eq!(
        faults(
            "outcodes.csv",
            "BL8,53.6,-2.3,B1\nBL9,53.5,-2.2,B1;C1\n",
            rows
        ),
        [
            "outcodes.csv:3: row: has 3 fields, not four: write outcode,latitude,longitude,areas, without quotes",
            "outcodes.csv:4: row: \"bl9\" should be written \"BL9\"",
            "outcodes.csv:5: row: \"M\" is not the first half of a postcode: it should look like M6 or SK13",
            "outcodes.csv:6: row: \"west\" is not a number of degrees: write 53.4794",
            "outcodes.csv:7: row: 153.5, 1 is not a point: latitude lies within ±90, longitude within ±180",
            "outcodes.csv:8: row: \"B2\" is not in areas.toml: use one of: B1, B1/north, C1",
            "outcodes.csv:8: row: \"\" is not in areas.toml: use one of: B1, B1/north, C1",
        ]
    );
    assert_eq!(
        faults("outcodes.csv", "outcode,", "code,"),
        ["outcodes.csv:2: header: should be \"outcode,latitude,longitude,areas\""]
    );
}

#[test]
fn text_that_is_not_toml_is_named_in_every_file() {
    let mut files = files();
    files[0].text = "name = \"Need\ndescription = 1";
    files[4].text = "[[group]]\nid = \"a\"\nid = \"b\"\n";
    files.push(AssetFile {
        path: "notes.txt",
        text: "",
    });
    let error = check(&files).unwrap_err();
    let found: Vec<_> = error
        .faults
        .iter()
        .map(|f| (f.file.as_str(), f.line))
        .collect();
    assert_eq!(
        found,
        [
            ("notes.txt", 1),
            ("taxonomies/need.toml", 1),
            ("thesaurus/all.toml", 3)
        ]
    );
}
