//! How this desk shows the directory. Nothing in it says what was searched.

use serde::{Deserialize, Serialize};
use store::Op;

use crate::error::Error;
use crate::open::Directory;

const KEY: &str = "window";
const TEXT_PERCENT: std::ops::RangeInclusive<u32> = 80..=200;

/// Colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// As much contrast as there is.
    Contrast,
}

/// Movement.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Motion {
    /// As the system says.
    #[default]
    System,
    /// None.
    Reduced,
}

/// The settings of this desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(default)]
pub struct Settings {
    /// Colours.
    pub theme: Theme,
    /// Movement.
    pub motion: Motion,
    /// Size of text, percent, 80 to 200.
    pub text_percent: u32,
    /// Single letters act as keys while the list has the focus.
    pub letter_keys: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            motion: Motion::System,
            text_percent: 100,
            letter_keys: true,
        }
    }
}

impl Directory {
    /// The settings; what can't be read is as at the start.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn settings(&self) -> Result<Settings, Error> {
        let kept = self.store().setting(KEY)?;
        Ok(kept
            .and_then(|value| serde_json::from_value(value).ok())
            .unwrap_or_default())
    }

    /// Keeps the settings; a text size outside 80 to 200 percent becomes the nearest one inside.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn save_settings(&self, settings: Settings) -> Result<Settings, Error> {
        let text_percent = settings
            .text_percent
            .clamp(*TEXT_PERCENT.start(), *TEXT_PERCENT.end());
        let settings = Settings {
            text_percent,
            ..settings
        };
        let value = serde_json::to_value(settings).unwrap_or_default();
        self.indexer.transact(Op::SetSetting {
            key: KEY.to_owned(),
            value,
        })?;
        Ok(settings)
    }
}
