//! Lists in the shapes in which they are given out; the postcodes' places are made up.

use std::io::Write;
use std::path::Path;

use super::{Folder, code, district};
use crate::postcodes::{Found, Kind, import};
use crate::{InterchangeError, Stop, Weight};

const M: &str = "\"M1 1AA\",10,384569,398194,\"E92000001\",\"E19000001\",\"E18000002\",\"\",\"E08000003\",\"E05011368\"\r\n\
                 \"M1 1AB\",90,0,0,\"E92000001\",\"E19000001\",\"E18000002\",\"\",\"E08000003\",\"E05011368\"\r\n";
const OL: &str =
    "\"OL1 1AA\",10,392700,405000,\"E92000001\",\"\",\"\",\"\",\"E08000004\",\"E05000001\"\r\n";
const METADATA: &str = "ORDNANCE SURVEY\r\nPRODUCT CODE-POINT OPEN\r\nCOPYRIGHT DATE 20251101\r\n";
const ONS_HEADINGS: &str = "pcd,pcd2,pcds,dointr,doterm,oslaua,oseast1m,osnrth1m,lat,long\n";
const ONS: &str = "\"M1 1AA\",\"M1   1AA\",\"M1 1AA\",198001,,E08000003,384569,398194,53.480000,-2.230000\n\
                   \"M1 1AC\",\"M1   1AC\",\"M1 1AC\",198001,199606,E08000003,384569,398194,53.480000,-2.230000\n\
                   \"JE2 3AB\",\"JE2  3AB\",\"JE2 3AB\",198001,,L99999999,,,99.999999,0.000000\n\
                   \"BT1 1AA\",\"BT1  1AA\",\"BT1 1AA\",198001,,N09000003,333600,373900,54.600000,-5.920000\n";

#[test]
fn code_point_open_is_read_as_it_is_given_out() {
    let folder = Folder::new();
    let columns = "Postcode,Positional_quality_indicator\nPC,PQ\n";
    let zip = folder.zip(
        "codepo_gb.zip",
        &[
            ("Doc/Code-Point_Open_Column_Headers.csv", columns),
            ("Doc/metadata.txt", METADATA),
            ("Data/CSV/m.csv", M),
            ("Data/CSV/ol.csv", OL),
        ],
    );
    let (import, pack) = folder.import(&[&zip]).unwrap();
    let about = pack.about();
    assert_eq!((about.live, about.without_point, about.ended), (3, 1, 0));
    assert_eq!(about, &import.about);
    assert_eq!(about.dated().as_deref(), Some("November 2025"));
    assert_eq!(about.sources[0].kind, Kind::CodePointOpen);
    let oldham = pack.lookup(&code("ol11aa"));
    assert_eq!(district(&oldham), Some("E08000004"));
    let middle = pack.middle(&"M1".parse().unwrap()).unwrap();
    assert_eq!(middle.districts, ["E08000003"]);
    assert!((middle.point.latitude() - 53.48).abs() < 0.01);
    assert_eq!(pack.lookup(&code("M1 1AZ")), Found::Unknown);
    assert_eq!(pack.lookup(&code("M1 9AZ")), Found::Unknown);
    assert_eq!(pack.lookup(&code("M60 1AA")), Found::NotCovered);

    // The folder that was in it, and one table of it, say the same.
    folder.file("codepo/Data/CSV/m.csv", M);
    folder.file("codepo/Data/CSV/ol.csv", OL);
    folder.file("codepo/Doc/metadata.txt", METADATA);
    let (unpacked, _) = folder.import(&[&folder.0.path().join("codepo")]).unwrap();
    assert_eq!(unpacked.about.live, 3);
    assert_eq!(unpacked.about.dated(), import.about.dated());
    let (alone, pack) = folder.import(&[&folder.file("m.csv", M)]).unwrap();
    assert_eq!(alone.about.live, 2);
    let nowhere = Found::Live {
        point: None,
        district: Some("E08000003".to_owned()),
    };
    assert_eq!(pack.lookup(&code("M1 1AB")), nowhere);
}

#[test]
fn the_ons_directory_knows_what_has_ended_and_what_lies_on_no_grid() {
    let folder = Folder::new();
    let whole = format!("\u{feff}{ONS_HEADINGS}{ONS}");
    let zip = folder.zip(
        "ONSPD_AUG_2025.zip",
        &[
            ("Data/ONSPD_AUG_2025_UK.csv", &whole),
            ("Data/multi_csv/ONSPD_AUG_2025_UK_M.csv", &whole),
            (
                "Documents/LAD names and codes.csv",
                "LAD25CD,LAD25NM\nE08000003,Manchester\n",
            ),
        ],
    );
    let (import, pack) = folder.import(&[&zip]).unwrap();
    assert_eq!((import.lines, import.refused), (4, 0));
    let about = pack.about();
    assert_eq!((about.live, about.ended, about.without_point), (3, 1, 1));
    assert_eq!(about.dated().as_deref(), Some("August 2025"));
    assert!(
        about
            .licence()
            .iter()
            .any(|line| line.contains("Northern Ireland"))
    );
    assert_eq!(pack.lookup(&code("M1 1AC")), Found::Ended);
    let jersey = Found::Live {
        point: None,
        district: None,
    };
    assert_eq!(pack.lookup(&code("JE2 3AB")), jersey);
    let Found::Live { point, .. } = pack.lookup(&code("BT1 1AA")) else {
        panic!("Belfast");
    };
    assert!((point.unwrap().latitude() - 54.6).abs() < 1e-9);

    folder.file("ONSPD/Data/multi_csv/ONSPD_AUG_2025_UK_M.csv", &whole);
    let (split, _) = folder.import(&[&folder.0.path().join("ONSPD")]).unwrap();
    assert_eq!(split.about.live, 3);
    assert_eq!(split.about.dated().as_deref(), Some("August 2025"));
}

#[test]
fn lists_are_put_together_and_what_is_in_use_has_not_ended() {
    let folder = Folder::new();
    let ended = folder.file(
        "terminated_2024.csv",
        "postcode,last_seen\nM1 1AA,2014\nM1 1AZ,2015\n",
    );
    let live = folder.file(
        "list.csv",
        "# Made up.\nPostcode\tLat\tLong\tBorough\nM1 1AA\t53.48\t-2.23\tManchester\n",
    );
    let bare = folder.file("bare.csv", "M1 1AA\nM1 1AB\n");
    for order in [[&ended, &live, &bare], [&bare, &live, &ended]] {
        let order: Vec<_> = order.iter().map(|path| path.as_path()).collect();
        let (_, pack) = folder.import(&order).unwrap();
        assert_eq!((pack.about().live, pack.about().ended), (2, 1));
        let Found::Live { point, district } = pack.lookup(&code("M1 1AA")) else {
            panic!("in use");
        };
        // What knows no place takes none away.
        assert!(point.is_some() && district.as_deref() == Some("Manchester"));
        assert_eq!(pack.lookup(&code("M1 1AZ")), Found::Ended);
    }
    let (_, only) = folder.import(&[&ended]).unwrap();
    assert_eq!(only.lookup(&code("M1 1AA")), Found::Ended);
    assert_eq!(only.middle(&"M1".parse().unwrap()), None);
}

#[test]
fn bad_lines_are_told_and_too_many_of_them_refuse_the_list() {
    let folder = Folder::new();
    let list = "postcode,lat,lon\nM1 1AA,53.48,-2.23\nWA154 1HF,53.4,-2.3\n\n\
                M1 1AB,53.48,-2.23\n\"M1 1AC,53.48,-2.23\nM1 1AD,53.48,-2.23\n";
    let (import, pack) = folder.import(&[&folder.file("list.csv", list)]).unwrap();
    assert_eq!((import.lines, import.refused, pack.about().live), (5, 2, 3));
    let told: Vec<String> = import.findings.iter().map(|f| f.spot.to_string()).collect();
    assert_eq!(
        told,
        ["list.csv, line 3, column 1", "list.csv, line 6, column 1"]
    );
    let missing = pack.about().missing().unwrap();
    assert!(
        missing.starts_with("2 lines") && missing.contains("line 3"),
        "{missing}"
    );
    assert!(import.findings[0].message.contains("WA154 1HF"));
}

#[test]
fn what_is_no_list_is_refused_and_the_pack_stays() {
    let folder = Folder::new();
    folder
        .import(&[&folder.file("list.csv", "postcode\nM1 1AA\n")])
        .unwrap();
    let swapped = folder.file("swapped.csv", "postcode,lat,lon\nM1 1AA,-2.2,53.4\n");
    let refused = folder.import(&[&swapped]).err().unwrap().to_string();
    assert!(
        refused.contains("line 2") && refused.contains("each other's"),
        "{refused}"
    );
    let before = std::fs::read(folder.pack()).unwrap();
    for (name, content) in [
        ("names.csv", b"name,address\nA,B\n".to_vec()),
        ("empty.csv", Vec::new()),
        ("headings.csv", b"postcode,lat,lon\n".to_vec()),
        ("wide.csv", b"\xff\xfep\0o\0s\0t\0".to_vec()),
        (
            "short.zip",
            torn(&folder.zip("whole.zip", &[("Data/CSV/m.csv", M)]), 0),
        ),
        (
            "altered.zip",
            torn(&folder.zip("whole.zip", &[("Data/CSV/m.csv", M)]), 70),
        ),
        ("short.csv.gz", packed(M)[..60].to_vec()),
    ] {
        let error = folder.import(&[&folder.file(name, content)]).err().unwrap();
        assert!(
            matches!(error, InterchangeError::Broken { .. }),
            "{name}: {error}"
        );
        assert!(error.to_string().contains(name), "{error}");
    }
    assert_eq!(
        std::fs::read(folder.pack()).unwrap(),
        before,
        "the pack stays"
    );
    let zip = folder.zip(
        "mixed.zip",
        &[("a.csv", "name\nA\n"), ("b.csv", "postcode\nM1 1AA\n")],
    );
    let (import, _) = folder.import(&[&zip]).unwrap();
    assert_eq!(import.findings[0].weight, Weight::Note);
    let absent = folder.import(&[&folder.0.path().join("absent.zip")]).err();
    assert!(matches!(absent, Some(InterchangeError::Io { .. })));
}

#[test]
fn an_import_tells_how_far_it_is_and_can_be_ended() {
    let folder = Folder::new();
    let mut text = String::from("postcode\n");
    for unit in 0..6760 {
        let letter = |n: u32| char::from_u32(u32::from('A') + n).unwrap();
        let (a, b) = (letter(unit / 26 % 26), letter(unit % 26));
        text.push_str(&format!("M1 {}{a}{b}\n", unit / 676));
    }
    let list = folder.file("list.csv", &text);
    let mut steps = Vec::new();
    import(
        std::slice::from_ref(&list),
        &folder.pack(),
        &mut |done, total| {
            steps.push((done, total));
            Ok(())
        },
    )
    .unwrap();
    let bytes = u64::try_from(text.len()).unwrap();
    assert!(steps.len() > 2 && steps.is_sorted());
    assert_eq!(steps.last(), Some(&(bytes, bytes)));
    std::fs::remove_file(folder.pack()).unwrap();
    let ended = import(&[list], &folder.pack(), &mut |_, _| Err(Stop::Cancelled));
    assert!(matches!(ended, Err(InterchangeError::Cancelled)));
    assert!(!folder.pack().exists());
    assert_eq!(
        std::fs::read_dir(folder.0.path()).unwrap().count(),
        1,
        "nothing left behind"
    );
}

/// An archive with one byte changed; cut short where that is none.
fn torn(path: &Path, at: usize) -> Vec<u8> {
    let mut bytes = std::fs::read(path).unwrap();
    if at == 0 {
        bytes.truncate(bytes.len() / 2);
    } else {
        bytes[at] ^= 0x55;
    }
    bytes
}

fn packed(text: &str) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(text.as_bytes()).unwrap();
    packer.finish().unwrap()
}
