//! Accounts: finding, adding and changing them, with boroughs as people write them.

use domain::{Account, AreaKind, Areas, Role};

use crate::failure::Failure;
use crate::log::{AccountRow, Log};
use crate::pairing::new_id;

/// What an account should be.
pub(crate) struct Wanted<'a> {
    pub(crate) name: &'a str,
    pub(crate) role: Option<Role>,
    pub(crate) boroughs: &'a [String],
}

/// The role of this name.
pub(crate) fn role(name: &str) -> Result<Role, String> {
    match name {
        "contributor" => Ok(Role::Contributor),
        "curator" => Ok(Role::Curator),
        "administrator" => Ok(Role::Administrator),
        _ => Err("write contributor, curator or administrator".to_owned()),
    }
}

/// The codes of boroughs that are named or given by their codes.
pub(crate) fn boroughs(names: &[String], areas: &Areas) -> Result<Vec<String>, Failure> {
    let is_choice = |kind: AreaKind| matches!(kind, AreaKind::Borough | AreaKind::Neighbouring);
    let code = |name: &String| {
        let found = areas.get(name.trim()).or_else(|| areas.named(name));
        let found = found.filter(|area| is_choice(area.kind));
        found.map(|area| area.code.clone()).ok_or_else(|| {
            let known: Vec<&str> = areas.choices().map(|area| area.name.as_str()).collect();
            let known = known.join(", ");
            Failure::Settings(format!(
                "“{name}” is no borough known here. Known are: {known}."
            ))
        })
    };
    let mut codes: Vec<String> = names.iter().map(code).collect::<Result<_, _>>()?;
    codes.sort();
    codes.dedup();
    Ok(codes)
}

/// The account of this name, where it is open.
pub(crate) async fn named(log: &dyn Log, name: &str) -> Result<Option<AccountRow>, Failure> {
    let accounts = log.accounts().await?;
    Ok(accounts
        .into_iter()
        .find(|row| row.account.name == name && !row.closed))
}

/// The account of this name, which must be there.
pub(crate) async fn known(log: &dyn Log, name: &str) -> Result<AccountRow, Failure> {
    let none = || Failure::NotFound(format!("There is no open account “{name}”."));
    named(log, name).await?.ok_or_else(none)
}

/// Adds an account.
pub(crate) async fn add(
    log: &dyn Log,
    wanted: &Wanted<'_>,
    areas: &Areas,
    now: u64,
) -> Result<AccountRow, Failure> {
    let name = wanted.name.trim();
    if name.is_empty() || name.chars().count() > 100 {
        let told =
            "An account has a name of up to 100 letters: what others see beside its changes.";
        return Err(Failure::Settings(told.to_owned()));
    }
    let row = AccountRow {
        id: new_id()?,
        account: Account {
            name: name.to_owned(),
            role: wanted.role.unwrap_or(Role::Contributor),
            boroughs: boroughs(wanted.boroughs, areas)?,
        },
        closed: false,
        made_at: now,
    };
    log.put_account(row.clone()).await?;
    Ok(row)
}

/// An account in a line.
pub(crate) fn line(row: &AccountRow, areas: &Areas) -> String {
    let role = match row.account.role {
        Role::Contributor => "contributor",
        Role::Curator => "curator",
        Role::Administrator => "administrator",
    };
    let name = |code: &String| {
        areas
            .get(code)
            .map_or_else(|| code.clone(), |area| area.name.clone())
    };
    let boroughs: Vec<String> = row.account.boroughs.iter().map(name).collect();
    let of = match (row.account.role, boroughs.is_empty()) {
        (Role::Curator, true) => ", all boroughs".to_owned(),
        (Role::Curator, false) => format!(", {}", boroughs.join(", ")),
        (Role::Contributor | Role::Administrator, _) => String::new(),
    };
    let closed = if row.closed { ", closed" } else { "" };
    format!("{}: {role}{of}{closed}", row.account.name)
}
