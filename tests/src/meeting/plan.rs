//! What happens in a history: chosen at random from a seed, so that it can happen again.

use proptest::prelude::*;

/// A history.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    /// What each desk's account may do; the first one is always an administrator's.
    pub(crate) desks: Vec<Post>,
    pub(crate) steps: Vec<Step>,
}

/// Who sits at a desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Post {
    Administrator,
    /// A curator of every borough.
    Curator,
    OfSalford,
    OfBolton,
    Contributor,
}

/// Something that happens. Numbers choose among what there is, whatever that is by then.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// Somebody does something at a desk.
    Do(u8, Doing),
    /// A desk syncs, in this weather.
    Sync(u8, Weather),
    /// A desk's program ends and begins again.
    ReopenDesk(u8),
    /// A desk's clock is wrong by so many minutes from now on.
    SetClock(u8, i32),
    /// So many days go by for everybody.
    Days(u8),
    /// Requests that were held up on the way reach the hub now.
    LateOnesArrive,
    /// The hub's program ends and begins again.
    ReopenHub,
    /// The hub is backed up.
    Backup,
    /// The hub is restored from the latest backup, in a new epoch.
    Restore,
    /// A desk's disk is copied, and somebody works with the copy.
    Clone(u8),
    /// Somebody who was turned away asks for a new code.
    Rejoin(u8),
}

/// What somebody does.
#[derive(Debug, Clone)]
pub(crate) enum Doing {
    Edit(u8, Vec<(u8, u8)>),
    Create(u8),
    Remove(u8),
    Suggest(u8, Vec<(u8, u8)>),
    Flag(u8),
    /// Of a record, so many days ago.
    Check(u8, u8),
    /// Of an item: taken whole, in part, otherwise, or not.
    Resolve(u8, u8),
    Withdraw(u8),
    Draft(u8),
    /// Something that the hub has to refuse.
    Nonsense(u8),
}

/// What happens to the requests of a sync: to which one, and what.
pub(crate) type Weather = Vec<(u8, Mishap)>;

/// What happens to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mishap {
    /// It never arrives.
    Lost,
    /// It arrives, and the answer doesn't.
    AnswerLost,
    /// It arrives twice.
    Twice,
    /// It arrives when nobody waits for it any more, after others that were sent later.
    Late,
    /// Nothing gets through from here on.
    Down,
}

/// Histories of so many desks at most and so many steps at most.
pub(crate) fn plans(desks: usize, steps: usize) -> impl Strategy<Value = Plan> {
    let posts = prop::collection::vec(post(), 1..desks);
    let steps = prop::collection::vec(step(), 4..steps);
    (posts, steps).prop_map(|(mut desks, steps)| {
        desks.insert(0, Post::Administrator);
        Plan { desks, steps }
    })
}

fn post() -> impl Strategy<Value = Post> {
    prop_oneof![
        1 => Just(Post::Administrator),
        3 => Just(Post::Curator),
        2 => Just(Post::OfSalford),
        2 => Just(Post::OfBolton),
        3 => Just(Post::Contributor),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let (desk, any) = (any::<u8>, any::<u8>);
    prop_oneof![
        40 => (desk(), doing()).prop_map(|(desk, doing)| Step::Do(desk, doing)),
        24 => (desk(), weather()).prop_map(|(desk, weather)| Step::Sync(desk, weather)),
        3 => desk().prop_map(Step::ReopenDesk),
        2 => (desk(), -600_000..600_000).prop_map(|(desk, minutes)| Step::SetClock(desk, minutes)),
        2 => any().prop_map(|days| Step::Days(days % 50)),
        3 => Just(Step::LateOnesArrive),
        2 => Just(Step::ReopenHub),
        2 => Just(Step::Backup),
        2 => Just(Step::Restore),
        1 => desk().prop_map(Step::Clone),
        2 => desk().prop_map(Step::Rejoin),
    ]
}

fn doing() -> impl Strategy<Value = Doing> {
    let writes = || prop::collection::vec(any::<(u8, u8)>(), 1..4);
    let one = any::<u8>;
    prop_oneof![
        24 => (one(), writes()).prop_map(|(of, writes)| Doing::Edit(of, writes)),
        4 => one().prop_map(Doing::Create),
        3 => one().prop_map(Doing::Remove),
        5 => (one(), writes()).prop_map(|(of, writes)| Doing::Suggest(of, writes)),
        3 => one().prop_map(Doing::Flag),
        4 => (one(), one()).prop_map(|(of, days)| Doing::Check(of, days)),
        10 => (one(), one()).prop_map(|(of, how)| Doing::Resolve(of, how)),
        4 => one().prop_map(Doing::Withdraw),
        2 => one().prop_map(Doing::Draft),
        1 => one().prop_map(Doing::Nonsense),
    ]
}

fn weather() -> impl Strategy<Value = Weather> {
    let mishap = prop_oneof![
        3 => Just(Mishap::Lost),
        4 => Just(Mishap::AnswerLost),
        3 => Just(Mishap::Twice),
        2 => Just(Mishap::Late),
        3 => Just(Mishap::Down),
    ];
    prop_oneof![
        2 => Just(Vec::new()),
        3 => prop::collection::vec((0_u8..12, mishap), 1..4),
    ]
}
