use crate::document::Moment;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Zones that have names (RFC 5322, 4.3). Others, and the letters of the military, say nothing that can be relied on.
const ZONES: [(&str, &str); 11] = [
    ("ut", "Z"),
    ("utc", "Z"),
    ("gmt", "Z"),
    ("est", "-05:00"),
    ("edt", "-04:00"),
    ("cst", "-06:00"),
    ("cdt", "-05:00"),
    ("mst", "-07:00"),
    ("mdt", "-06:00"),
    ("pst", "-08:00"),
    ("pdt", "-07:00"),
];

/// Reads the value of a `Date` header: `Sun, 22 Nov 2026 10:00:00 +0100`, with all that people and old mailers make of it.
pub(super) fn read(value: &str) -> Option<Moment> {
    let plain = without_comments(value);
    let mut words = plain.split([' ', '\t', ',', '\r', '\n']).filter(|word| !word.is_empty()).peekable();
    words.next_if(|word| word.starts_with(|c: char| c.is_alphabetic()));
    let day: u8 = words.next()?.parse().ok()?;
    let month = words.next()?.get(..3)?.to_ascii_lowercase();
    let month = MONTHS.iter().position(|known| *known == month)? + 1;
    let year = year(words.next()?)?;
    let date = format!("{year:04}-{month:02}-{day:02}");
    let Some(time) = words.next().and_then(time) else { return Moment::parse(&date) };
    let zone = words.next().and_then(zone).unwrap_or_default();
    Moment::parse(&format!("{date}T{time}{zone}"))
}

/// A year; of two digits, one between 1950 and 2049.
fn year(word: &str) -> Option<u16> {
    let year: u16 = word.parse().ok()?;
    Some(match (word.len(), year) {
        (..=2, 0..50) => year + 2000,
        (..=3, _) => year.checked_add(1900)?,
        _ => year,
    })
}

fn time(word: &str) -> Option<String> {
    let mut parts = word.split([':', '.']).map(|part| part.parse::<u8>().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().flatten().unwrap_or_default();
    Some(format!("{hour:02}:{minute:02}:{second:02}"))
}

fn zone(word: &str) -> Option<String> {
    if let Some((_, zone)) = ZONES.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)) {
        return Some((*zone).to_owned());
    }
    let digits = word.strip_prefix(['+', '-'])?;
    if digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(format!("{}{}:{}", &word[..1], &digits[..2], &digits[2..]))
}

fn without_comments(value: &str) -> String {
    let mut depth = 0usize;
    let mut plain = String::new();
    for c in value.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_mailers_write_them() {
        let cases = [
            ("Sun, 22 Nov 2026 10:00:30 +0100", "2026-11-22T10:00:30+01:00"),
            ("22 Nov 2026 10:00 -0000", "2026-11-22T10:00:00-00:00"),
            ("Sun, 2 Nov 26 1:02:03 GMT", "2026-11-02T01:02:03Z"),
            ("Sun,22 November 1998 10:00:30 EST (comment (in it))", "1998-11-22T10:00:30-05:00"),
            ("Sun, 22 (the day) Nov\r\n 2026 10.00 +01", "2026-11-22T10:00:00"),
            ("22 Nov 2026", "2026-11-22"),
        ];
        for (value, moment) in cases {
            assert_eq!(
                read(value).map(|moment| moment.to_string()),
                Some(moment.to_owned()).map(|text| Moment::parse(&text).unwrap().to_string()),
                "{value}"
            );
        }
        for value in [
            "",
            "today",
            "Sun, 32 Nov 2026 10:00",
            "22 Foo 2026",
            "Sun Nov 22 10:00:00 2026",
            "2026-11-22",
            "22 Nov 2026 25:00 Z",
            "é Nov",
        ] {
            assert_eq!(read(value), None, "{value}");
        }
    }
}
