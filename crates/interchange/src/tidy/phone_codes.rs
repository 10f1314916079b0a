//! How a United Kingdom telephone number is parted, by Ofcom's National Telephone Numbering Plan.

/// Area codes of six digits.
const SIX: [&str; 12] = [
    "013873", "015242", "015394", "015395", "015396", "016973", "016974", "016977", "017683",
    "017684", "017687", "019467",
];

/// Areas of five-digit codes in which some numbers have but five digits after the code.
const SHORT: [&str; 40] = [
    "01204", "01208", "01254", "01276", "01297", "01298", "01363", "01364", "01384", "01386",
    "01404", "01420", "01460", "01461", "01480", "01488", "01524", "01527", "01562", "01566",
    "01606", "01629", "01635", "01647", "01659", "01695", "01726", "01744", "01750", "01768",
    "01827", "01837", "01884", "01900", "01905", "01935", "01946", "01949", "01963", "01995",
];

/// The usual way of writing these digits, which begin with 0; none: no such number is given out.
pub(super) fn written(digits: &str) -> Option<String> {
    if !digits.bytes().all(|b| b.is_ascii_digit()) || same_throughout(digits) {
        return None;
    }
    let full = digits.len() == 11;
    match digits.as_bytes().get(1)? {
        b'1' => geographic(digits),
        b'2' if full && matches!(digits.as_bytes().get(2)?, b'0' | b'3' | b'4' | b'8' | b'9') => {
            parted(digits, &[3, 7])
        }
        b'3' | b'5' | b'8' | b'9' if full => parted(digits, &[4, 7]),
        b'7' if full => parted(digits, &[5]),
        b'8' if digits.len() == 10 && digits.starts_with("0800") => parted(digits, &[4]),
        _ => None,
    }
}

fn geographic(digits: &str) -> Option<String> {
    let bytes = digits.as_bytes();
    if *bytes.get(2)? == b'0' {
        return None;
    }
    let short = digits.len() == 10;
    let full = digits.len() == 11;
    let starts = |codes: &[&str]| codes.iter().any(|code| digits.starts_with(code));
    if *bytes.get(2)? == b'1' || *bytes.get(3)? == b'1' {
        return full.then(|| parted(digits, &[4, 7]))?;
    }
    if starts(&SIX) && (full || short && digits.starts_with("016977")) {
        return parted(digits, &[6]);
    }
    (full || short && starts(&SHORT)).then(|| parted(digits, &[5]))?
}

fn parted(digits: &str, at: &[usize]) -> Option<String> {
    let mut out = String::with_capacity(digits.len() + 2);
    let mut from = 0;
    for &to in at {
        out.push_str(digits.get(from..to)?);
        out.push(' ');
        from = to;
    }
    out.push_str(digits.get(from..)?);
    Some(out)
}

/// `00000000000` and the like stand in forms where a number had to be.
fn same_throughout(digits: &str) -> bool {
    digits
        .bytes()
        .skip(2)
        .all(|b| Some(&b) == digits.as_bytes().get(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_parted_as_their_area_does() {
        for (digits, usual) in [
            ("01614960000", Some("0161 496 0000")),
            ("02079460000", Some("020 7946 0000")),
            ("01632960000", Some("01632 960000")),
            ("0120462802", Some("01204 62802")),
            ("01539432111", Some("015394 32111")),
            ("07700900123", Some("07700 900123")),
            ("03069990000", Some("0306 999 0000")),
            ("08081570000", Some("0808 157 0000")),
            ("0800123456", Some("0800 123456")),
            ("0161496000", None),
            ("00000000000", None),
            ("04614960000", None),
            ("0161", None),
        ] {
            assert_eq!(written(digits).as_deref(), usual, "{digits}");
        }
    }
}
