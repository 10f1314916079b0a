//! The thesaurus: what people say, and what services call it.

use serde::{Deserialize, Serialize};

/// Plain words and phrases that mean the same, and what they lead to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThesaurusGroup {
    /// Identity: a short slug.
    pub id: String,
    /// What people say; lower case.
    pub plain: Vec<String>,
    /// Words that services use for it, strongest first.
    #[serde(default)]
    pub words: Vec<String>,
    /// Codes of needs it implies.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Codes of activities.
    #[serde(default)]
    pub activities: Vec<String>,
    /// Codes of populations.
    #[serde(default)]
    pub populations: Vec<String>,
    /// Named conditions.
    #[serde(default)]
    pub conditions: Vec<String>,
}
