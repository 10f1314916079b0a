//! Importing postcodes, looking them up and taking them away. The lists are made up.

use std::fs;

use crate::copy::Copy;

const LIST: &str = "postcode,lat,lon,borough\nM6 5JA,53.49,-2.28,E08000006\nWA154 1HF,53.4,-2.3,\n\
                    M6 5JB,53.5,-2.28,E08000006\n";

#[test]
fn a_list_is_imported_used_and_removed() {
    let copy = Copy::new();
    assert!(copy.json(&["postcodes"])["postcodes"].is_null());
    let near = |copy: &Copy| copy.json(&["search", "lonely", "--near", "M6 5JA"])["near"].clone();
    assert_eq!(near(&copy)["coarse"], true);

    let list = copy.beside().join("list_2025.csv");
    let ended = copy.beside().join("terminated.csv");
    fs::write(&list, LIST).unwrap();
    fs::write(&ended, "postcode\nM6 5ZZ\n").unwrap();
    let (list, ended) = (list.to_str().unwrap(), ended.to_str().unwrap());
    let imported = copy.run(&["postcodes", "import", list, ended]);
    assert_eq!(
        (imported.code, imported.err.as_str()),
        (0, ""),
        "{imported:?}"
    );
    for said in [
        "2 postcodes in use, 1 no longer in use",
        "Contains OS data © Crown copyright and database right 2025",
        "list_2025.csv, line 3, column 1: \"WA154 1HF\" is not a postcode",
    ] {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words(&imported.out).contains(said), "{}", imported.out);
    }
    assert_eq!(copy.json(&["postcodes"])["postcodes"]["live"], 2);
    assert_eq!(near(&copy)["label"], "M6 5JA, Salford");
    assert_eq!(near(&copy)["coarse"], false);

    assert!(copy.json(&["postcodes", "remove"])["postcodes"].is_null());
    assert!(copy.json(&["postcodes", "remove"])["postcodes"].is_null());
    assert_eq!(near(&copy)["coarse"], true);
}

#[test]
fn the_exit_code_says_whether_a_postcode_is_in_use() {
    let copy = Copy::new();
    let list = copy.beside().join("list.csv");
    fs::write(&list, format!("{LIST}M6 5ZZ,,,\n")).unwrap();
    let ended = copy.beside().join("ended.csv");
    fs::write(&ended, "postcode\nM6 5ZY\n").unwrap();
    let (list, ended) = (list.to_str().unwrap(), ended.to_str().unwrap());
    assert_eq!(copy.run(&["postcodes", "import", list, ended]).code, 0);
    for (words, code, said) in [
        (&["M6", "5JA"][..], 0, "M6 5JA is in use (Salford) at 53.49"),
        (&["m65jb"], 0, "M6 5JB is in use"),
        (&["M6 5ZY"], 1, "M6 5ZY is not in use any more"),
        (&["M6 5AA"], 1, "M6 5AA is not among the postcodes"),
        (&["BL1 1AA"], 1, "none that begins with BL1"),
        (&["WA154 1HF"], 2, "\"WA154 1HF\" is not a postcode"),
    ] {
        let ran = copy.run(&[&["postcodes", "look"], words].concat());
        assert_eq!(ran.code, code, "{ran:?}");
        let told = if code == 0 { &ran.out } else { &ran.err };
        assert!(told.contains(said), "{told}");
    }
}

#[test]
fn what_is_no_list_is_refused_by_name() {
    let copy = Copy::new();
    let file = copy.beside().join("names.csv");
    fs::write(&file, "name\nA\n").unwrap();
    for name in [file.as_path(), &copy.beside().join("absent.zip")] {
        let ran = copy.run(&["postcodes", "import", name.to_str().unwrap()]);
        assert_eq!((ran.code, ran.out.as_str()), (4, ""), "{ran:?}");
        let shown = name.file_name().unwrap().to_str().unwrap();
        assert!(ran.err.contains(shown), "{}", ran.err);
    }
    assert_eq!(copy.run(&["postcodes", "import"]).code, 2);
}
