//! Numbers as people write them.

/// A number with the 15 digits that spreadsheets show, without exponent; nothing for what is no
/// number.
pub(crate) fn digits(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    if value.fract() == 0.0 {
        // Nothing added takes the sign off a zero.
        return format!("{:.0}", value + 0.0);
    }
    // 0.1 + 0.2 is kept as 0.30000000000000004 and meant as 0.3.
    let shown = format!("{value:.14e}").parse().unwrap_or(value);
    format!("{shown}")
}
