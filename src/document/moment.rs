use std::fmt;

use toml::value::{Datetime, Offset};

/// A date, or a date with a time, or with a time and its distance to UTC: as much as was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment(Datetime);

const DAY: i64 = 24 * 60;
/// The farthest that clocks are ahead of UTC, and behind it, in minutes.
const MOST_AHEAD: i64 = 14 * 60;
const MOST_BEHIND: i64 = 12 * 60;

impl Moment {
    /// Reads `2026-11-22`, `2026-11-22T10:00`, `2026-11-22 10:00:30Z`, `2026-11-22T10:00+01:00` and the like.
    pub fn parse(text: &str) -> Option<Self> {
        Self::new(text.trim().parse().ok()?)
    }

    /// A moment of TOML; a time without a date is none.
    pub(super) fn new(datetime: Datetime) -> Option<Self> {
        datetime.date.map(|_| Self(datetime))
    }

    /// Days from this one to `later`: full days of 24 hours where both times are known, else by the calendar.
    /// Negative where `later` is earlier.
    pub fn days_between(self, later: Self) -> i64 {
        if !self.is_comparable(later) {
            return later.day() - self.day();
        }
        (later.minute() - self.minute()).div_euclid(DAY)
    }

    /// Hours that surely passed from this one to `later`.
    ///
    /// Where only the day is known, this one counts as its last moment and `later` as its first. Where just one of
    /// them says how far it is from UTC, the other may be anywhere on Earth. Negative where `later` may be earlier.
    pub fn hours_between(self, later: Self) -> f64 {
        let (ahead, behind) = match (self.0.offset, later.0.offset) {
            (None, Some(_)) => (0, MOST_BEHIND),
            (Some(_), None) => (MOST_AHEAD, 0),
            _ => (0, 0),
        };
        let latest_start = self.minute() + behind + if self.0.time.is_none() { DAY } else { 0 };
        let earliest_end = later.minute() - ahead;
        // Minutes between two dates of four-digit years are far below 2^52.
        (earliest_end - latest_start) as f64 / 60.0
    }

    /// Whether both times are known, and against the same clock.
    fn is_comparable(self, other: Self) -> bool {
        let both_timed = self.0.time.is_some() && other.0.time.is_some();
        both_timed && self.0.offset.is_some() == other.0.offset.is_some()
    }

    /// Minutes since 1 January 1970, of UTC if the offset is known; midnight without a time.
    fn minute(self) -> i64 {
        let time = self.0.time.map_or(0, |time| i64::from(time.hour) * 60 + i64::from(time.minute));
        let offset = match self.0.offset {
            Some(Offset::Custom { minutes }) => i64::from(minutes),
            Some(Offset::Z) | None => 0,
        };
        self.day() * DAY + time - offset
    }

    /// Days since 1 January 1970 by the calendar.
    ///
    /// Counts years from March, so that the leap day is the last of its year and months have a regular length.
    fn day(self) -> i64 {
        let Some(date) = self.0.date else { return 0 };
        let (month, day) = (i64::from(date.month), i64::from(date.day));
        let year = i64::from(date.year) - i64::from(month <= 2);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - 719_468
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Moment {
        Moment::parse(text).unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn reads_what_people_write_and_nothing_else() {
        for text in [
            "2026-11-22",
            "2024-02-29",
            " 2026-11-22 ",
            "2026-11-22T10:00",
            "2026-11-22 10:00Z",
            "2026-11-22t10:00:59z",
            "2026-11-22T10:00:00.123+01:00",
        ] {
            assert!(Moment::parse(text).is_some(), "{text}");
        }
        for text in [
            "",
            "today",
            "2026-13-01",
            "2026-02-29",
            "22.11.2026",
            "10:00",
            "2026-11-22T25:00",
            "2026-11-22 x",
        ] {
            assert!(Moment::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn days_are_those_of_the_calendar_unless_times_are_known() {
        let cases = [
            ("1970-01-01", "1970-01-01", 0),
            ("2026-10-23", "2026-11-22", 30),
            ("2024-02-28", "2024-03-01", 2),
            ("2025-02-28", "2025-03-01", 1),
            ("1999-12-31", "2000-03-01", 61),
            ("1900-02-28", "1900-03-01", 1),
            ("2026-11-22", "2026-11-21", -1),
            ("2026-10-23T23:00Z", "2026-11-22T01:00Z", 29),
            ("2026-10-23T23:00", "2026-11-22", 30),
            ("2026-10-23T23:00", "2026-11-22T01:00Z", 30),
            ("2026-11-22T00:30+01:00", "2026-11-22T23:30Z", 1),
        ];
        for (from, to, days) in cases {
            assert_eq!(moment(from).days_between(moment(to)), days, "{from} to {to}");
        }
    }

    #[test]
    fn hours_are_those_that_surely_passed() {
        let cases = [
            ("2026-11-20T10:00Z", "2026-11-21T10:30Z", 24.5),
            ("2026-11-20T10:00", "2026-11-21T10:30", 24.5),
            ("2026-11-20T10:00+01:00", "2026-11-20T10:00Z", 1.0),
            ("2026-11-20", "2026-11-20", -24.0),
            ("2026-11-20", "2026-11-22", 24.0),
            ("2026-11-20T10:00", "2026-11-22", 38.0),
            ("2026-11-20", "2026-11-21T10:00", 10.0),
            ("2026-11-20T10:00Z", "2026-11-21T10:00", 10.0),
            ("2026-11-20T10:00", "2026-11-21T10:00Z", 12.0),
        ];
        for (from, to, hours) in cases {
            assert_eq!(moment(from).hours_between(moment(to)), hours, "{from} to {to}");
        }
    }

    #[test]
    fn is_shown_as_it_was_given() {
        assert_eq!(moment("2026-11-22").to_string(), "2026-11-22");
        assert_eq!(moment("2026-11-22 10:00Z").to_string(), "2026-11-22T10:00Z");
    }
}
