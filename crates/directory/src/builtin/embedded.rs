//! The files of the `assets` folder that make the directory, carried in the program.

use super::AssetFile;

macro_rules! embedded {
    ($($path:literal),* $(,)?) => {
        &[$(AssetFile {
            path: $path,
            text: include_str!(concat!("../../../../assets/", $path)),
        }),*]
    };
}

/// Every file, sorted by path. A test compares the list with the folder.
pub(super) const FILES: &[AssetFile<'static>] = embedded![
    "areas.toml",
    "directory/greater-manchester-2018.toml",
    "outcodes.csv",
    "taxonomies/activity.toml",
    "taxonomies/commissioned.toml",
    "taxonomies/cost.toml",
    "taxonomies/delivery-level.toml",
    "taxonomies/funding.toml",
    "taxonomies/meets-you.toml",
    "taxonomies/model.toml",
    "taxonomies/need.toml",
    "taxonomies/population.toml",
    "taxonomies/prescribing-level.toml",
    "taxonomies/referral-source.toml",
    "taxonomies/role.toml",
    "taxonomies/support-type.toml",
    "taxonomies/tier.toml",
    "taxonomies/way-in.toml",
    "taxonomies/what-it-does.toml",
    "thesaurus/arts-nature-and-culture.toml",
    "thesaurus/bereavement-and-family.toml",
    "thesaurus/body-and-long-term-conditions.toml",
    "thesaurus/carers-and-parenting.toml",
    "thesaurus/food-and-essentials.toml",
    "thesaurus/getting-out-and-transport.toml",
    "thesaurus/health-system-words.toml",
    "thesaurus/housing-and-fuel.toml",
    "thesaurus/law-safety-and-crisis.toml",
    "thesaurus/learning-and-digital.toml",
    "thesaurus/lifestyle-and-exercise.toml",
    "thesaurus/loneliness-and-company.toml",
    "thesaurus/mind-and-mood.toml",
    "thesaurus/money-debt-and-benefits.toml",
    "thesaurus/people-and-identity.toml",
    "thesaurus/work-and-volunteering.toml",
];

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    fn names(folder: &Path, prefix: &str) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
        entries
            .filter(|entry| entry.file_type().unwrap().is_file())
            .map(|entry| format!("{prefix}{}", entry.file_name().to_str().unwrap()))
            .collect()
    }

    #[test]
    fn every_file_of_the_folder_is_carried() {
        let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets");
        let mut there = names(&assets, "");
        for folder in ["directory", "taxonomies", "thesaurus"] {
            there.extend(names(&assets.join(folder), &format!("{folder}/")));
        }
        there.sort();
        let carried: Vec<&str> = FILES.iter().map(|file| file.path).collect();
        assert_eq!(
            carried, there,
            "the list in embedded.rs and the folder differ"
        );
    }
}
