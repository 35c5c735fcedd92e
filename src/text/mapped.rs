use std::borrow::Cow;
use std::ops::Range;

use super::Span;

/// Text together with the place that every part of it came from.
///
/// The text is cut into *runs*. A verbatim run stands in the origin byte for byte (but for case); a replaced run was written
/// differently there (an escape, an entity, another charset), so its parts have no place of their own and any of them
/// maps to the whole. Parts of the origin that left nothing in the text (a BOM, a soft hyphen, a tag) are gaps between
/// runs: a match across a gap covers it, a match beside it does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedText<'a> {
    text: Cow<'a, str>,
    runs: Cow<'a, [Run]>,
}

/// One run: it begins at byte `at` of the text, ends where the next one begins, and came from `origin`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    at: usize,
    origin: Span,
    verbatim: bool,
}

impl<'a> MappedText<'a> {
    /// No text yet; grow it with the `push` methods.
    pub fn new() -> Self {
        Self { text: Cow::Borrowed(""), runs: Cow::Borrowed(&[]) }
    }

    /// Text that stands in its origin just so, from byte `origin_start` on.
    pub fn verbatim(text: &'a str, origin_start: usize) -> Self {
        let origin = Span::new(origin_start, origin_start + text.len());
        let runs = if text.is_empty() { Vec::new() } else { vec![Run { at: 0, origin, verbatim: true }] };
        Self { text: Cow::Borrowed(text), runs: Cow::Owned(runs) }
    }

    /// Text whose bytes stand one for one for those of its origin from byte `origin_start` on, such as its lower case.
    pub fn aligned(text: String, origin_start: usize) -> Self {
        let origin = Span::new(origin_start, origin_start + text.len());
        let runs = if text.is_empty() { Vec::new() } else { vec![Run { at: 0, origin, verbatim: true }] };
        Self { text: Cow::Owned(text), runs: Cow::Owned(runs) }
    }

    /// The text itself.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether each byte of the text is the byte at the same offset of the origin.
    pub fn is_identity(&self) -> bool {
        match self.runs.as_ref() {
            [] => true,
            [only] => only.verbatim && only.origin.start() == 0,
            _ => false,
        }
    }

    /// Appends text whose bytes stand one for one for those of the origin from byte `origin_start` on.
    pub fn push_verbatim(&mut self, text: &str, origin_start: usize) {
        if text.is_empty() {
            return;
        }
        let origin = Span::new(origin_start, origin_start + text.len());
        let at = self.text.len();
        let runs = self.runs.to_mut();
        match runs.last_mut() {
            Some(last) if last.verbatim && last.origin.end() == origin_start => {
                last.origin = last.origin.cover(origin)
            }
            _ => runs.push(Run { at, origin, verbatim: true }),
        }
        self.text.to_mut().push_str(text);
    }

    /// Appends text that is written differently in the origin, where it is `origin`.
    pub fn push_replaced(&mut self, text: &str, origin: Span) {
        if text.is_empty() {
            return;
        }
        let at = self.text.len();
        self.runs.to_mut().push(Run { at, origin, verbatim: false });
        self.text.to_mut().push_str(text);
    }

    /// Where a byte range of the text stands in the origin.
    ///
    /// The answer widens to whole replaced runs and covers gaps inside the range, but not at its edges. An empty range
    /// gives an empty span at its place.
    pub fn span(&self, range: Range<usize>) -> Span {
        if range.start >= range.end {
            let at = self.origin_of_start(range.start);
            return Span::new(at, at);
        }
        Span::new(self.origin_of_start(range.start), self.origin_of_end(range.end))
    }

    /// The same text, borrowed: nothing is copied, however many places it has.
    pub fn borrowed(&self) -> MappedText<'_> {
        MappedText { text: Cow::Borrowed(&self.text), runs: Cow::Borrowed(&self.runs) }
    }

    /// The text that came from byte `at` of the origin: its offset, or that of the next text behind a gap. Parts of the
    /// text must have come in the order of the origin, as those of a decoded file do.
    pub fn offset_of(&self, at: usize) -> usize {
        let index = self.runs.partition_point(|run| run.origin.end() <= at);
        let Some(run) = self.runs.get(index) else { return self.text.len() };
        let inside = if run.verbatim { at.saturating_sub(run.origin.start()) } else { 0 };
        run.at + inside
    }

    /// The part of the text in a byte range, with its places. A range inside a replaced run keeps the whole run's place.
    ///
    /// # Panics
    /// If the range does not lie on character boundaries of the text.
    pub fn slice(&self, range: Range<usize>) -> MappedText<'_> {
        let text = &self.text[range.clone()];
        let runs = self
            .runs
            .iter()
            .enumerate()
            .skip(self.run_index(range.start).unwrap_or(0))
            .take_while(|(_, run)| run.at < range.end)
            .map(|(index, run)| {
                let from = run.at.max(range.start);
                let to = self.run_end(index).min(range.end);
                let origin = if run.verbatim {
                    Span::new(run.origin.start() + (from - run.at), run.origin.start() + (to - run.at))
                } else {
                    run.origin
                };
                (from, to, Run { at: from - range.start, origin, verbatim: run.verbatim })
            })
            .filter(|(from, to, _)| from < to)
            .map(|(_, _, run)| run)
            .collect();
        MappedText { text: Cow::Borrowed(text), runs: Cow::Owned(runs) }
    }

    /// A part of the text as the beginning of another layer: it maps to this text, one to one. Nothing is copied where
    /// this text is borrowed itself.
    ///
    /// # Panics
    /// If the range does not lie on character boundaries of the text.
    pub fn borrowed_part(&self, range: Range<usize>) -> MappedText<'a> {
        match &self.text {
            Cow::Borrowed(text) => MappedText::verbatim(&text[range.clone()], range.start),
            Cow::Owned(text) => MappedText::aligned(text[range.clone()].to_owned(), range.start),
        }
    }

    /// The same text with places in the origin of `outer`, which is the text that this one was made from.
    ///
    /// Composition is associative and keeps the order of places.
    pub fn through(self, outer: &MappedText<'_>) -> MappedText<'a> {
        if outer.is_identity() {
            return self;
        }
        let mut runs = Vec::with_capacity(self.runs.len());
        for (index, run) in self.runs.iter().enumerate() {
            if run.verbatim {
                outer.split_verbatim(run, self.run_end(index) - run.at, &mut runs);
            } else {
                runs.push(Run { origin: outer.span(run.origin.range()), ..*run });
            }
        }
        MappedText { text: self.text, runs: Cow::Owned(runs) }
    }

    /// The same text, owned, so that it can outlive what it was borrowed from.
    pub fn into_owned(self) -> MappedText<'static> {
        MappedText {
            text: Cow::Owned(self.text.into_owned()),
            runs: Cow::Owned(self.runs.into_owned()),
        }
    }

    /// Cuts a verbatim run of an inner text, `len` bytes long, along the runs of this one.
    fn split_verbatim(&self, inner: &Run, len: usize, out: &mut Vec<Run>) {
        let mut done = 0;
        while done < len {
            let middle = inner.origin.start() + done;
            let Some(index) = self.run_index(middle) else {
                out.push(Run { at: inner.at + done, origin: self.span(middle..middle), verbatim: false });
                return;
            };
            let run = self.runs[index];
            let take = (self.run_end(index) - middle).min(len - done).max(1);
            let origin = if run.verbatim {
                let from = run.origin.start() + (middle - run.at);
                Span::new(from, from + take)
            } else {
                run.origin
            };
            out.push(Run { at: inner.at + done, origin, verbatim: run.verbatim });
            done += take;
        }
    }

    /// The run that holds byte `at` of the text, or the last one when `at` is its end.
    fn run_index(&self, at: usize) -> Option<usize> {
        self.runs.partition_point(|run| run.at <= at).checked_sub(1)
    }

    fn run_end(&self, index: usize) -> usize {
        self.runs.get(index + 1).map_or(self.text.len(), |next| next.at)
    }

    fn origin_of_start(&self, at: usize) -> usize {
        let Some(index) = self.run_index(at) else { return 0 };
        let run = self.runs[index];
        if at >= self.text.len() {
            return run.origin.end();
        }
        if run.verbatim { run.origin.start() + (at - run.at) } else { run.origin.start() }
    }

    fn origin_of_end(&self, at: usize) -> usize {
        let Some(index) = self.run_index(at - 1) else { return 0 };
        let run = self.runs[index];
        if run.verbatim { run.origin.start() + (at - run.at) } else { run.origin.end() }
    }
}

impl Default for MappedText<'_> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `a&amp;b` decoded to `a&b`.
    fn entity() -> MappedText<'static> {
        let mut text = MappedText::new();
        text.push_verbatim("a", 0);
        text.push_replaced("&", Span::new(1, 6));
        text.push_verbatim("b", 6);
        text
    }

    #[test]
    fn a_range_widens_to_the_whole_replaced_run() {
        assert_eq!(entity().span(0..3), Span::new(0, 7));
        assert_eq!(entity().span(1..2), Span::new(1, 6));
        assert_eq!(entity().span(2..3), Span::new(6, 7));
    }

    #[test]
    fn a_gap_is_covered_inside_and_left_out_at_the_edges() {
        let mut text = MappedText::new();
        text.push_verbatim("re", 0);
        text.push_verbatim("view", 4);
        assert_eq!(text.span(0..6), Span::new(0, 8));
        assert_eq!(text.span(0..2), Span::new(0, 2));
        assert_eq!(text.span(2..6), Span::new(4, 8));
    }

    #[test]
    fn an_origin_has_a_text() {
        // `a&amp;b`, and a gap before `c`.
        let mut text = entity();
        text.push_verbatim("c", 9);
        let offsets: Vec<usize> = (0..11).map(|at| text.offset_of(at)).collect();
        assert_eq!(offsets, [0, 1, 1, 1, 1, 1, 2, 3, 3, 3, 4]);
    }

    #[test]
    fn an_empty_range_has_a_place() {
        assert_eq!(entity().span(2..2), Span::new(6, 6));
        assert_eq!(entity().span(3..3), Span::new(7, 7));
        assert_eq!(MappedText::new().span(0..0), Span::new(0, 0));
    }

    #[test]
    fn a_slice_keeps_its_places() {
        let text = entity();
        let slice = text.slice(1..3);
        assert_eq!(slice.text(), "&b");
        assert_eq!(slice.span(0..1), Span::new(1, 6));
        assert_eq!(slice.span(1..2), Span::new(6, 7));
    }

    #[test]
    fn through_cuts_verbatim_runs_along_the_outer_ones() {
        // The file holds `xa&amp;b`; the outer layer decodes it, the inner one drops the `x` and joins the rest.
        let mut outer = MappedText::new();
        outer.push_verbatim("xa", 0);
        outer.push_replaced("&", Span::new(2, 7));
        outer.push_verbatim("b", 7);
        let inner = MappedText::verbatim("a&b", 1).through(&outer);
        assert_eq!(inner.span(0..1), Span::new(1, 2));
        assert_eq!(inner.span(1..2), Span::new(2, 7));
        assert_eq!(inner.span(1..3), Span::new(2, 8));
    }
}
