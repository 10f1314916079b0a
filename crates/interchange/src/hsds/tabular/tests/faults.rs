use super::*;

fn fault(files: &[(&str, &str)]) -> String {
    let folder = folder(files);
    read(folder.path()).err().unwrap().to_string()
}

#[test]
fn what_cannot_be_read_says_why() {
    assert!(fault(&[("other.csv", "id,name\n")]).contains("no table that HSDS has"));
    assert!(fault(&[("services.csv", "")]).starts_with("services.csv"));
    let said = fault(&[("services.csv", "Nummer,Titel\n1,Tee\n")]);
    assert!(
        said.contains("Nummer, Titel") && said.contains("headings"),
        "{said}"
    );
    let missing = read(Path::new("/no/such/folder")).err().unwrap();
    assert!(matches!(missing, InterchangeError::Io { .. }), "{missing}");
    let folder = folder(&[("cut.zip", "PK\u{3}\u{4} and no more")]);
    let said = read(&folder.path().join("cut.zip"))
        .err()
        .unwrap()
        .to_string();
    assert!(said.contains("cut off"), "{said}");
}

#[test]
fn headings_alone_are_a_table_without_rows() {
    let folder = folder(&[
        ("services.csv", "id,name\n"),
        ("locations.csv", "id,name\n1,Hall\n"),
    ]);
    let (documents, seen) = read(folder.path()).unwrap();
    assert_eq!(documents.len(), 1);
    assert!(seen.said(Weight::Note)[0].contains("headings only"));
}

#[test]
fn ragged_rows_and_identifiers_that_stand_twice_are_doubtful() {
    let folder = folder(&[
        (
            "services.csv",
            "id,name,email,\n1,Tea\n2,Toast,,,more\n2,Again,,\n,None,,\n",
        ),
        (
            "phones.csv",
            "id,service_id,number\n7,1,0161 496 0000\n7,2,0161 496 0001\n8,,0161 496 0002\n",
        ),
    ]);
    let (documents, seen) = read(folder.path()).unwrap();
    let names: Vec<&Value> = documents
        .iter()
        .map(|(_, document)| &document["name"])
        .collect();
    assert_eq!(names, ["Tea", "Toast", "None"]);
    let doubts = seen.said(Weight::Doubtful).join("\n");
    for part in [
        "services.csv, line 2: This line ends before",
        "services.csv, line 3: This line has more cells",
        "services.csv, line 5, id: The row has no identifier",
        "services.csv, line 4, id: \"2\" stands further up already; the first row counts",
        "phones.csv, line 3, id: \"7\" stands further up already; both",
        "phones.csv, line 4: It names nothing",
    ] {
        assert!(doubts.contains(part), "{part} is not in:\n{doubts}");
    }
}

#[test]
fn a_table_that_is_wrong_throughout_does_not_drown_the_rest() {
    let rows: String = (0..2_000)
        .map(|n| format!("{n},{n},0161 496 0000\n"))
        .collect();
    let phones = format!("id,service_id,number\n{rows}");
    let folder = folder(&[
        ("services.csv", "id,name\na,Tea\n"),
        ("phones.csv", &phones),
    ]);
    let (_, seen) = read(folder.path()).unwrap();
    let doubts = seen.said(Weight::Doubtful);
    assert_eq!(doubts.len(), 501);
    assert!(doubts[500].contains("1500 more"), "{}", doubts[500]);
}

#[test]
fn rows_that_refer_to_one_another_over_and_over_have_an_end() {
    let ties: String = (0..3_000).map(|n| format!("{n},s\n")).collect();
    let contacts: String = (0..3_000).map(|_| "c,s\n").collect();
    let phones: String = (0..3_000)
        .map(|n| format!("{n},c,0161 496 0000\n"))
        .collect();
    let folder = folder(&[
        ("services.csv", "id,name\ns,Tea\n"),
        ("service_at_location.csv", &format!("id,service_id\n{ties}")),
        ("contacts.csv", &format!("id,service_id\n{contacts}")),
        ("phones.csv", &format!("id,contact_id,number\n{phones}")),
    ]);
    let error = read(folder.path()).err().unwrap();
    assert!(
        matches!(error, InterchangeError::TooLarge { .. }),
        "{error}"
    );
}

#[test]
fn reading_stops_when_it_is_told_to() {
    struct No;
    impl Intake for No {
        fn take(&mut self, _: Incoming) -> Result<(), Stop> {
            Ok(())
        }
        fn find(&mut self, _: Finding) -> Result<(), Stop> {
            Ok(())
        }
        fn step(&mut self, _: u64, _: u64) -> Result<(), Stop> {
            Err(Stop::Cancelled)
        }
    }
    let folder = folder(&[("services.csv", "id,name\ns,Tea\n")]);
    let stopped = super::super::read(folder.path(), "generated", &mut No);
    assert!(matches!(stopped, Err(InterchangeError::Cancelled)));
}
