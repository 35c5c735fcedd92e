use std::ops::Range;

use super::Span;

/// Where the bytes of something decoded came from: runs in order, each of which knows its part of the origin.
///
/// Whoever holds the runs holds the decoded bytes too, and hands over their number where it is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Runs(Vec<Run>);

/// One run: it begins at byte `at`, ends where the next one begins, and came from `origin`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    at: usize,
    origin: Span,
    way: Way,
}

/// How the bytes of a run stand to those of its origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// One for one.
    Verbatim,
    /// All of them are written as all of the origin: no part has a place of its own.
    Whole,
    /// Each group of so many bytes is written as so many of the origin: what `Whole` says of each. This is what keeps
    /// base64, quoted-printable and the charsets small: a line is one run. The first group may lack its first bytes,
    /// and the last one its last.
    Groups { bytes: u8, letters: u8, lacks: u8 },
}

impl Runs {
    /// `len` bytes that stand in the origin just so.
    pub(super) fn verbatim(len: usize, origin_start: usize) -> Self {
        let mut runs = Self::default();
        runs.push_verbatim(0, len, origin_start);
        runs
    }

    /// Whether each byte is the byte at the same offset of the origin.
    pub(super) fn is_identity(&self) -> bool {
        match self.0.as_slice() {
            [] => true,
            [only] => only.way == Way::Verbatim && only.origin.start() == 0,
            _ => false,
        }
    }

    /// Appends `len` verbatim bytes at byte `at`, the end so far.
    pub(super) fn push_verbatim(&mut self, at: usize, len: usize, origin_start: usize) {
        if len == 0 {
            return;
        }
        let origin = Span::new(origin_start, origin_start + len);
        match self.0.last_mut() {
            Some(last) if last.way == Way::Verbatim && last.origin.end() == origin_start => {
                last.origin = last.origin.cover(origin);
            }
            _ => self.0.push(Run { at, origin, way: Way::Verbatim }),
        }
    }

    /// Appends `len` bytes at byte `at`, the end so far, that are written as `origin`.
    pub(super) fn push_replaced(&mut self, at: usize, len: usize, origin: Span) {
        if len == 0 {
            return;
        }
        let (Ok(bytes), Ok(letters @ 1..)) = (u8::try_from(len), u8::try_from(origin.len())) else {
            self.0.push(Run { at, origin, way: Way::Whole });
            return;
        };
        match self.0.last_mut() {
            Some(last) if last.continues(at, bytes, letters, origin) => {
                last.origin = last.origin.cover(origin);
            }
            _ => self.0.push(Run { at, origin, way: Way::Groups { bytes, letters, lacks: 0 } }),
        }
    }

    /// Appends the places of a range of something else of `other_len` bytes, at byte `at`, the end so far.
    pub(super) fn push_part(&mut self, at: usize, other: &Self, range: Range<usize>, other_len: usize) {
        for (from, part) in other.parts(range.clone(), other_len) {
            let at = at + (from.start - range.start);
            match part.way {
                Way::Verbatim => self.push_verbatim(at, from.len(), part.origin.start()),
                _ => self.0.push(Run { at, ..part }),
            }
        }
    }

    /// Where a byte range stands in the origin; `len` is the number of all bytes.
    pub(super) fn span(&self, range: Range<usize>, len: usize) -> Span {
        if let [Run { at: 0, origin, way: Way::Verbatim }] = self.0.as_slice() {
            // Most text is one run.
            return Span::new(origin.start() + range.start, origin.start() + range.end.max(range.start));
        }
        if range.start >= range.end {
            let at = self.origin_of_start(range.start, len);
            return Span::new(at, at);
        }
        let within = self.run_index(range.start).and_then(|index| self.span_within(index, &range, len));
        within.unwrap_or_else(|| {
            Span::new(self.origin_of_start(range.start, len), self.origin_of_end(range.end))
        })
    }

    /// The same of one range after the other: `last` is the run that the one before began in, and becomes that of this one.
    pub(super) fn span_after(&self, range: Range<usize>, len: usize, last: &mut usize) -> Span {
        /// What is further on is sooner found by halves.
        const NEAR: usize = 8;
        let begins_later = |index: &usize| self.0.get(index + 1).is_none_or(|next| next.at > range.start);
        let is_ahead = self.0.get(*last).is_some_and(|run| run.at <= range.start);
        let near = (*last..*last + NEAR).find(begins_later).filter(|_| is_ahead);
        let index = near.or_else(|| self.run_index(range.start)).unwrap_or(0);
        *last = index;
        self.span_within(index, &range, len).unwrap_or_else(|| self.span(range, len))
    }

    /// Where a byte range stands in the origin that begins in a run, if it ends there, too.
    fn span_within(&self, index: usize, range: &Range<usize>, len: usize) -> Option<Span> {
        let run = self.0.get(index)?;
        let is_within =
            run.at <= range.start && range.start < range.end && range.end <= self.run_end(index, len);
        is_within.then(|| run.part(range.start - run.at..range.end - run.at).origin)
    }

    /// The byte that stands at a byte of the origin, or the first one after it, where runs are in the order of it.
    pub(super) fn offset_of(&self, origin: usize, len: usize) -> usize {
        let Some(index) = self.0.partition_point(|run| run.origin.start() <= origin).checked_sub(1) else {
            return 0;
        };
        let run = self.0[index];
        let end = self.run_end(index, len);
        if origin >= run.origin.end() {
            return end;
        }
        let into = origin - run.origin.start();
        match run.way {
            Way::Verbatim => run.at + into,
            Way::Whole => run.at,
            Way::Groups { bytes, letters, lacks } => {
                let start = into / usize::from(letters) * usize::from(bytes);
                run.at + start.saturating_sub(usize::from(lacks)).min(end - run.at)
            }
        }
    }

    /// Where each run ends, and whether it is verbatim.
    pub(super) fn ends(&self, len: usize) -> impl Iterator<Item = (usize, bool)> + '_ {
        let run = move |(index, run): (usize, &Run)| (self.run_end(index, len), run.way == Way::Verbatim);
        self.0.iter().enumerate().map(run)
    }

    /// The places of a range of bytes, which counts from 0 then.
    pub(super) fn slice(&self, range: Range<usize>, len: usize) -> Self {
        let runs = self.parts(range.clone(), len);
        Self(runs.map(|(from, run)| Run { at: from.start - range.start, ..run }).collect())
    }

    /// These `len` bytes with places in the origin of `outer`, of whose `outer_len` bytes they were made.
    pub(super) fn through(&self, len: usize, outer: &Self, outer_len: usize) -> Self {
        let mut through = Self(Vec::with_capacity(self.0.len()));
        for (index, run) in self.0.iter().enumerate() {
            let run_len = self.run_end(index, len) - run.at;
            match run.way {
                Way::Verbatim => through.push_verbatim_through(run, run_len, outer, outer_len),
                Way::Whole => {
                    through.push_replaced(run.at, run_len, outer.span(run.origin.range(), outer_len));
                }
                Way::Groups { .. } => through.push_groups_through(run, run_len, outer, outer_len),
            }
        }
        through
    }

    /// Cuts a verbatim run of something inner along the runs of `outer`.
    fn push_verbatim_through(&mut self, inner: &Run, len: usize, outer: &Self, outer_len: usize) {
        let from = inner.origin.start();
        let mut done = 0;
        for (range, part) in outer.parts(from..from + len, outer_len) {
            let at = inner.at + (range.start - from);
            done = range.end - from;
            match part.way {
                Way::Verbatim => self.push_verbatim(at, range.len(), part.origin.start()),
                _ => self.0.push(Run { at, ..part }),
            }
        }
        if done < len {
            // Past the end of what it claims to be made of, so at its end.
            let origin = outer.span(outer_len..outer_len, outer_len);
            self.0.push(Run { at: inner.at + done, origin, way: Way::Whole });
        }
    }

    /// Groups stay groups where their origin is verbatim, and become what each of them maps to elsewhere.
    fn push_groups_through(&mut self, inner: &Run, len: usize, outer: &Self, outer_len: usize) {
        let Way::Groups { bytes, letters, lacks } = inner.way else { return };
        let mut parts = outer.parts(inner.origin.range(), outer_len);
        if let (Some((range, part)), None) = (parts.next(), parts.next())
            && part.way == Way::Verbatim
            && range.len() == inner.origin.len()
        {
            self.0.push(Run { origin: part.origin, ..*inner });
            return;
        }
        let (mut done, mut from) = (0, inner.origin.start());
        let mut group = usize::from(bytes) - usize::from(lacks);
        while done < len {
            let group_len = group.min(len - done);
            let to = (from + usize::from(letters)).min(inner.origin.end());
            self.push_replaced(inner.at + done, group_len, outer.span(from..to, outer_len));
            done += group_len;
            from = to;
            group = usize::from(bytes);
        }
    }

    /// The runs that a range of bytes touches, each cut to it, with the bytes it is for.
    fn parts(&self, range: Range<usize>, len: usize) -> impl Iterator<Item = (Range<usize>, Run)> + '_ {
        let first = self.run_index(range.start).unwrap_or(0);
        let touched = self.0.iter().enumerate().skip(first).take_while(move |(_, run)| run.at < range.end);
        touched.filter_map(move |(index, run)| {
            let from = run.at.max(range.start);
            let to = self.run_end(index, len).min(range.end);
            (from < to).then(|| (from..to, run.part(from - run.at..to - run.at)))
        })
    }

    /// The run that holds a byte, or the last one when it is the end.
    fn run_index(&self, at: usize) -> Option<usize> {
        self.0.partition_point(|run| run.at <= at).checked_sub(1)
    }

    fn run_end(&self, index: usize, len: usize) -> usize {
        self.0.get(index + 1).map_or(len, |next| next.at)
    }

    fn origin_of_start(&self, at: usize, len: usize) -> usize {
        let Some(index) = self.run_index(at) else { return 0 };
        let run = self.0[index];
        if at >= len { run.origin.end() } else { run.part(at - run.at..at - run.at + 1).origin.start() }
    }

    fn origin_of_end(&self, at: usize) -> usize {
        let Some(index) = self.run_index(at - 1) else { return 0 };
        let run = self.0[index];
        run.part(at - 1 - run.at..at - run.at).origin.end()
    }
}

impl Run {
    /// Whether a group of so many bytes from so many letters, at byte `at`, is the next one of this run.
    fn continues(&self, at: usize, bytes: u8, letters: u8, origin: Span) -> bool {
        let Way::Groups { bytes: known_bytes, letters: known_letters, lacks } = self.way else {
            return false;
        };
        let written = usize::from(lacks) + (at - self.at);
        let is_full = written * usize::from(letters) == self.origin.len() * usize::from(bytes);
        (known_bytes, known_letters) == (bytes, letters) && self.origin.end() == origin.start() && is_full
    }

    /// The part of a run in a range of its bytes; its `at` is not moved.
    fn part(&self, range: Range<usize>) -> Self {
        let start = self.origin.start();
        match self.way {
            Way::Whole => *self,
            Way::Verbatim => Self { origin: Span::new(start + range.start, start + range.end), ..*self },
            Way::Groups { bytes, letters, lacks } => {
                let (size, step) = (usize::from(bytes), usize::from(letters));
                let from = usize::from(lacks) + range.start;
                let groups = from / size..(usize::from(lacks) + range.end).div_ceil(size);
                let end = (start + groups.end * step).min(self.origin.end());
                // What a group lacks is less than a group, which a byte counts.
                let way = Way::Groups { bytes, letters, lacks: (from % size) as u8 };
                Self { origin: Span::new(start + groups.start * step, end), way, ..*self }
            }
        }
    }
}
