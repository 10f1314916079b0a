//! Choosing what columns are: guesses, mappings that are wrong, mappings that fit.

use super::super::test_data::{areas, catalogue, headings, mapping, row};
use super::super::*;

#[test]
fn what_is_wrong_with_a_mapping_is_said_in_words() {
    let mut plan = mapping(&[
        ("A", "postcode"),
        ("B", "postcode"),
        ("C", "term:nothing"),
        ("D", "phone"),
    ]);
    plan.source = " ".to_owned();
    plan.columns[3].values.push(ValueRule {
        value: "x".to_owned(),
        terms: vec![TermRef {
            taxonomy: "need".to_owned(),
            term: "nope".to_owned(),
        }],
    });
    let (known, says) = (areas(), |_: &domain::Postcode| PostcodeSays::NoPack);
    let wrong = Mapper::new(
        &plan,
        &headings(&["A", "B", "D"]),
        &catalogue(),
        &known,
        &says,
    )
    .err()
    .unwrap();
    assert_eq!(
        wrong,
        [
            "The source has no name: say where these records come from.",
            "The file has no column \"C\".",
            "There is no term \"nope\" in \"need\", which \"x\" should mean.",
            "No column fills the name: choose the one that says what a service is called.",
            "\"A\" and \"B\" both fill \"Postcode\", which takes one column only.",
        ]
    );
}

/// A heading, two values, and the field that a person would choose.
const OFFICE: &str = "Org name > Made-up Friends > Pretend Walkers > name
    What do you offer? > A chat over tea > Health walks > description
    Who is it for? > LGBTQ+ > Older people > term:population
    Contact > Sam Smith > Jo Bloggs > -
    Tel No. > 0161 496 0000 > 0161 496 0001 > phone
    E-mail > a@example.org > > email
    web site > www.example.org > example.com > url
    Venue > The Hall > Park gate > place_name
    Post Code > M6 5XX > M7 1XX > postcode
    Day & time > Monday 2-4pm > Tues 10am > opening_hours
    Who can refer? > Self referral > GP > term:referral-source
    Is there a charge? > Free > Tea £1 > fees
    Notes > ring first > > -
    Date entered > 1/2/2024 > 3/2/2024 > extra
    > > > -
    Ward > North > South > extra";

#[test]
fn a_list_as_offices_keep_them_is_guessed() {
    let lines: Vec<Vec<&str>> = OFFICE
        .lines()
        .map(|line| line.split('>').map(str::trim).collect())
        .collect();
    let column = |at: usize| lines.iter().map(|line| line[at]).collect::<Vec<_>>();
    let rows = [row(2, &column(1)), row(3, &column(2))];
    let guesses = guess(&headings(&column(0)), &rows, &catalogue(), &areas());
    let field = |guess: &Guess| {
        let field = guess.field.as_ref();
        field.map_or_else(|| "-".to_owned(), ToString::to_string)
    };
    assert_eq!(guesses.iter().map(field).collect::<Vec<_>>(), column(3));
    let codes = |at: usize| {
        let rules = guesses[at].values.iter();
        let said = rules.map(|rule| format!("{}: {}", rule.value, rule.terms[0].term));
        said.collect::<Vec<_>>().join(", ")
    };
    assert_eq!(codes(2), "LGBTQ+: lgbt, Older people: older-people");
    assert_eq!(codes(10), "Self referral: self-referral, GP: primary-care");
    assert_eq!(codes(11), "Free: free");
    assert!(guesses.iter().all(|guess| guess.why.is_some()));
}

#[test]
fn a_mapping_fits_the_table_that_it_was_made_for() {
    let plan = mapping(&[("Name", "name"), ("Tel", "phone"), ("Old", "")]);
    assert_eq!(fits(&plan, &headings(&["Name", "Tel", "Old"])), 1.0);
    assert_eq!(fits(&plan, &headings(&["Name", "Tel"])), 2.0 / 3.0);
    assert_eq!(fits(&plan, &headings(&["Title", "Tel", "Old"])), 0.0);
}
