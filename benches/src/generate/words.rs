//! What generated services are made of: activities, people, venues, the moulds of sentences.

use std::collections::HashMap;

use store::Load;

pub(super) const ACTIVITIES: &[&str] = &[
    "walking group",
    "coffee morning",
    "debt advice",
    "benefits advice",
    "lunch club",
    "craft session",
    "befriending",
    "chair-based exercise",
    "gardening",
    "allotment session",
    "choir",
    "singing for the brain",
    "bereavement support",
    "carers' group",
    "counselling",
    "job club",
    "food bank",
    "community meal",
    "cooking on a budget",
    "computer class",
    "English class",
    "art group",
    "knit and natter",
    "men's shed",
    "dancing",
    "line dancing",
    "yoga",
    "tai chi",
    "swimming",
    "football",
    "walking football",
    "bowls",
    "reading group",
    "creative writing",
    "photography",
    "parent and toddler group",
    "youth club",
    "homework club",
    "mentoring",
    "volunteering",
    "home visits",
    "telephone befriending",
    "housing advice",
    "welfare rights",
    "legal advice",
    "immigration advice",
    "help with forms",
    "energy advice",
    "warm space",
    "furniture recycling",
    "clothes bank",
    "baby bank",
    "drop-in",
    "peer support",
    "self-help group",
    "stroke club",
    "memory cafe",
    "dementia support",
    "diabetes education",
    "weight management",
    "stop smoking support",
    "alcohol support",
    "recovery group",
    "needle exchange",
    "health checks",
    "falls prevention",
    "pulmonary rehabilitation",
    "cancer support",
    "pain management",
    "mindfulness",
    "anxiety workshop",
    "crisis support",
    "domestic abuse support",
    "refuge",
    "LGBT social",
    "faith group",
    "refugee support",
    "conversation cafe",
    "veterans' breakfast",
    "day centre",
    "respite",
    "sitting service",
    "shopping service",
    "community transport",
    "car scheme",
    "handyperson",
    "home adaptations",
    "digital skills",
    "skills training",
    "apprenticeships",
    "supported employment",
    "interview practice",
    "budgeting",
    "credit union",
    "savings club",
    "bingo",
    "quiz",
    "board games",
    "chess",
    "model making",
    "fishing",
    "cycling",
    "running group",
    "boxing",
    "cricket",
    "martial arts",
    "music lessons",
    "drama",
    "theatre trip",
    "day trip",
    "pilgrimage",
    "picnic",
];

pub(super) const PEOPLE: &[&str] = &[
    "older people",
    "people over 50",
    "adults of any age",
    "young people",
    "families",
    "new parents",
    "single parents",
    "carers",
    "young carers",
    "people living alone",
    "people who are lonely",
    "people with dementia",
    "disabled people",
    "people with a learning disability",
    "autistic adults",
    "deaf people",
    "people with sight loss",
    "people with a long-term condition",
    "people with cancer",
    "stroke survivors",
    "people with anxiety or depression",
    "people with severe mental illness",
    "people in recovery",
    "people who are homeless",
    "tenants",
    "veterans",
    "ex-offenders",
    "asylum seekers and refugees",
    "South Asian women",
    "African and Caribbean elders",
    "Chinese elders",
    "Jewish families",
    "Muslim women",
    "LGBT people",
    "men",
    "women",
    "unemployed people",
    "people on a low income",
    "people in debt",
    "residents",
    "anyone who would like company",
    "children and their parents",
    "teenagers",
    "bereaved people",
    "people leaving hospital",
];

pub(super) const VENUES: &[&str] = &[
    "Community Centre",
    "Methodist Church",
    "Library",
    "Town Hall",
    "Leisure Centre",
    "Health Centre",
    "Village Hall",
    "Primary School",
    "Children's Centre",
    "Hub",
    "Resource Centre",
    "Social Club",
    "Parish Hall",
    "Gurdwara",
    "Mosque",
    "Synagogue",
    "Sports Pavilion",
    "Park Cafe",
    "Surgery",
    "Sheltered Scheme",
    "Arts Centre",
    "Working Men's Club",
];

pub(super) const DAYS: &[(&str, &str)] = &[
    ("Monday", "MO"),
    ("Tuesday", "TU"),
    ("Wednesday", "WE"),
    ("Thursday", "TH"),
    ("Friday", "FR"),
    ("Saturday", "SA"),
    ("Sunday", "SU"),
];

/// Moulds of names. `{A}` is an activity with capitals, `{P}` people, `{D}` a district, `{N}` a name
/// that nothing else has, `{V}` a venue, `{W}` a word with a capital.
pub(super) const NAMES: &[&str] = &[
    "{D} {A}",
    "{D} {A}",
    "{D} {V} {A}",
    "{N} {A}",
    "{A} at {N} {V}",
    "{N} {V}",
    "{D} {P} Network",
    "{P} of {D}",
    "Friends of {N} Park",
    "The {N} Project",
    "{W} {D}",
    "{W} and {W} {D}",
    "{D} {W} Service",
    "{N} Trust: {A}",
    "{W} Together {D}",
    "{A} for {P}",
    "{N} House",
    "Age {W} {D}",
];

/// Moulds of sentences: `{a}` activity, `{p}` people, `{d}` district, `{n}` a rare name, `{v}` venue,
/// `{w}` a word, `{y}` a day.
pub(super) const SENTENCES: &[&str] = &[
    "We run a {a} for {p} in {d}.",
    "There is a {a} and a {a} every {y} at {n} {v}.",
    "The {w} team offers {a}, {a} and {w} {w} to {p}.",
    "It is for {p} who live in {d} and want help with {w} or {w}.",
    "Volunteers give {w} and {w}, and can go with you to a {a} in {d} or {n}.",
    "People come for {w}, stay for the {w}, and often go on to {a}.",
    "Our {w} workers meet you at home, at the {v} or on the telephone to talk about {w}, {w} and {w}.",
    "Sessions last about an hour and cover {w}, {w} and {w}.",
    "You can bring a friend, a relative or a {w}.",
    "The group meets on {y} mornings near {n} Road and everybody is welcome.",
    "Before you join, a {w} worker asks about your {w}, your {w} and what you would like to change.",
    "It began when {p} from {n} saw that there was no {w} in the {w}.",
    "We also have {a}, {w} {w} and a library of {w} about {w}.",
    "Tea, {w} and a warm {w} are there on {y} and {y}.",
    "{n} {v} has step-free access and a hearing loop, and {w} is near by.",
    "Places for {a} are limited, so there may be a wait for {w}.",
    "Together with {n} {v} and others we make {w} and {w} easier for {p}.",
    "Some {w} is given in other languages, and {w} can be arranged.",
];

pub(super) const WAYS_IN: &[&str] = &[
    "Just turn up on a {y}.",
    "Ring or write to the {w} team; a GP, nurse or link worker may also refer.",
    "Referral by a health or social care professional, or by yourself.",
    "Call in at {n} {v} and ask for the {a}.",
];

const STARTS: &[&str] = &[
    "Ab", "Ald", "Ash", "Bar", "Beck", "Birk", "Black", "Bow", "Brad", "Bram", "Bran", "Brook",
    "Cald", "Carr", "Cass", "Chad", "Clif", "Cop", "Crank", "Dal", "Dearn", "Den", "Dun", "Ed",
    "Elm", "Ever", "Fair", "Farn", "Fen", "Gar", "Gil", "Glen", "Gort", "Hag", "Hal", "Harp",
    "Hart", "Hazel", "Heath", "Hol", "Hurst", "Irk", "Kear", "Kel", "Kirk", "Lang", "Led", "Lev",
    "Lin", "Lock", "Mar", "Mel", "Mill", "Moss", "New", "Nor", "Oak", "Old", "Or", "Park", "Pen",
    "Pick", "Pres", "Quarl", "Rad", "Rams", "Red", "Ring", "Rook", "Rush", "Sand", "Shaw", "Shel",
    "Sid", "Stan", "Stub", "Swin", "Tan", "Thorn", "Tim", "Tot", "Tyl", "Upp", "Ur", "Wal", "Ward",
    "Wed", "Wern", "Whit", "Wil", "Wind", "Wood", "Wyth", "Yar",
];
const MIDDLES: &[&str] = &[
    "", "", "", "a", "an", "ber", "ding", "en", "er", "ers", "ick", "ing", "ings", "king", "le",
    "ling", "low", "man", "mer", "ning", "on", "ow", "rin", "sen", "ster", "ting", "ton", "wen",
    "win", "y",
];
const ENDS: &[&str] = &[
    "bank", "borough", "bottom", "bridge", "brook", "bury", "by", "clough", "cote", "croft",
    "dale", "den", "don", "field", "fold", "ford", "gate", "green", "ham", "head", "hey", "hill",
    "holme", "hurst", "ley", "mere", "moor", "royd", "shaw", "side", "stead", "stone", "thorpe",
    "ton", "tree", "well", "wick", "wood", "worth", "yard",
];

/// How many rare names there are.
const RARE_NAMES: usize = 94 * 30 * 40;

/// The rare name of this number: made up, though some happen to exist.
pub(super) fn rare_name(number: usize) -> String {
    // Stepping by a number without common factors keeps likely names from all beginning alike.
    let mixed = (number * 48_271) % RARE_NAMES;
    let of = |all: &[&'static str], at: usize| all.get(at % all.len()).copied().unwrap_or_default();
    let (start, rest) = (of(STARTS, mixed), mixed / STARTS.len());
    [start, of(MIDDLES, rest), of(ENDS, rest / MIDDLES.len())].concat()
}

pub(super) fn rare_names() -> usize {
    RARE_NAMES
}

/// Little words say nothing of a service; the moulds of sentences have plenty.
const LITTLE: &[&str] = &[
    "and", "are", "but", "can", "for", "from", "has", "have", "her", "him", "his", "how", "its",
    "not", "one", "our", "out", "say", "says", "she", "that", "the", "their", "them", "there",
    "they", "this", "was", "what", "when", "where", "which", "who", "will", "with", "you", "your",
    "does",
];

/// True for a word that says nothing of a service.
pub(crate) fn is_little(word: &str) -> bool {
    word.len() < 3 || LITTLE.contains(&word)
}

/// The words of the built-in directory's texts and thesaurus, the most frequent first.
pub(super) fn vocabulary(built_in: &Load) -> Vec<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut read = |text: &str, times: usize| {
        let words = text
            .split(|c: char| !c.is_alphabetic())
            .map(str::to_lowercase);
        for word in words.filter(|w| !is_little(w)) {
            *counts.entry(word).or_default() += times;
        }
    };
    for service in &built_in.services {
        let texts = [
            &service.description,
            &service.signpost.summary,
            &service.eligibility_description,
        ];
        texts.into_iter().flatten().for_each(|text| read(text, 4));
        service
            .signpost
            .keywords
            .iter()
            .for_each(|text| read(text, 4));
    }
    for group in &built_in.thesaurus {
        group.words.iter().for_each(|text| read(text, 2));
        group.plain.iter().for_each(|text| read(text, 1));
    }
    let mut words: Vec<(String, usize)> = counts.into_iter().collect();
    words.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    words.into_iter().map(|(word, _)| word).collect()
}
