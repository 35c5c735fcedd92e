use std::borrow::Cow;
use std::ops::Range;

use super::runs::Runs;
use super::{MappedBytes, Span};

/// Text together with the place that every part of it came from.
///
/// The text is cut into *runs*. A verbatim run stands in the origin byte for byte (but for case); a replaced one was written
/// differently there (an escape, an entity, another charset), so its parts have no place of their own and any of them
/// maps to the whole. Parts of the origin that left nothing in the text (a BOM, a soft hyphen, a tag) are gaps between
/// runs: a match across a gap covers it, a match beside it does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedText<'a> {
    text: Cow<'a, str>,
    runs: Cow<'a, Runs>,
}

impl<'a> MappedText<'a> {
    /// No text yet; grow it with the `push` methods.
    pub fn new() -> Self {
        Self { text: Cow::Borrowed(""), runs: Cow::Owned(Runs::default()) }
    }

    /// Text that stands in its origin just so, from byte `origin_start` on.
    pub fn verbatim(text: &'a str, origin_start: usize) -> Self {
        Self { text: Cow::Borrowed(text), runs: Cow::Owned(Runs::verbatim(text.len(), origin_start)) }
    }

    /// Text whose bytes stand one for one for those of its origin from byte `origin_start` on, such as its lower case.
    pub fn aligned(text: String, origin_start: usize) -> Self {
        let runs = Runs::verbatim(text.len(), origin_start);
        Self { text: Cow::Owned(text), runs: Cow::Owned(runs) }
    }

    pub(super) fn of_runs(text: Cow<'a, str>, runs: Runs) -> Self {
        Self { text, runs: Cow::Owned(runs) }
    }

    /// The text itself.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text itself, for as long as what it was made from lives; `None` if it was made anew.
    pub fn borrowed(&self) -> Option<&'a str> {
        match self.text {
            Cow::Borrowed(text) => Some(text),
            Cow::Owned(_) => None,
        }
    }

    /// Whether each byte of the text is the byte at the same offset of the origin.
    pub fn is_identity(&self) -> bool {
        self.runs.is_identity()
    }

    /// Appends text whose bytes stand one for one for those of the origin from byte `origin_start` on.
    pub fn push_verbatim(&mut self, text: &str, origin_start: usize) {
        if text.is_empty() {
            return;
        }
        self.runs.to_mut().push_verbatim(self.text.len(), text.len(), origin_start);
        self.text.to_mut().push_str(text);
    }

    /// Appends text that is written differently in the origin, where it is `origin`.
    pub fn push_replaced(&mut self, text: &str, origin: Span) {
        if text.is_empty() {
            return;
        }
        self.runs.to_mut().push_replaced(self.text.len(), text.len(), origin);
        self.text.to_mut().push_str(text);
    }

    /// Appends other text of the same origin with its places.
    pub fn push(&mut self, other: &MappedText<'_>) {
        let len = other.text.len();
        self.runs.to_mut().push_part(self.text.len(), &other.runs, 0..len, len);
        self.text.to_mut().push_str(&other.text);
    }

    /// Where a byte range of the text stands in the origin.
    ///
    /// The answer widens to whole replaced runs and covers gaps inside the range, but not at its edges. An empty range
    /// gives an empty span at its place.
    pub fn span(&self, range: Range<usize>) -> Span {
        self.runs.span(range, self.text.len())
    }

    /// The same, sooner found where the range begins soon behind the one that was asked for before. `last` says where that
    /// was, and is 0 at first.
    pub fn span_after(&self, range: Range<usize>, last: &mut usize) -> Span {
        self.runs.span_after(range, self.text.len(), last)
    }

    /// The text that came from byte `at` of the origin: its offset, or that of the next text behind a gap. Parts of the
    /// text must have come in the order of the origin, as those of a decoded file do.
    pub fn offset_of(&self, at: usize) -> usize {
        self.runs.offset_of(at, self.text.len())
    }

    /// The text in order, cut where the way changes in which it stands in the origin: a range of the text, where it
    /// came from, and whether it stands there just so.
    pub fn pieces(&self) -> impl Iterator<Item = (Range<usize>, Span, bool)> + '_ {
        let mut start = 0;
        self.runs.ends(self.text.len()).filter_map(move |(end, verbatim)| {
            // The bytes of one character may have come in different ways.
            let to = (end..=self.text.len()).find(|at| self.text.is_char_boundary(*at))?;
            let range = start.min(to)..to;
            start = to;
            let is_verbatim = verbatim && to == end;
            (!range.is_empty()).then(|| (range.clone(), self.span(range), is_verbatim))
        })
    }

    /// The same text, borrowed: nothing is copied, however many places it has.
    pub fn by_ref(&self) -> MappedText<'_> {
        MappedText { text: Cow::Borrowed(&self.text), runs: Cow::Borrowed(&self.runs) }
    }

    /// The part of the text in a byte range, with its places. A range inside a replaced run keeps the whole run's place.
    ///
    /// # Panics
    /// If the range does not lie on character boundaries of the text.
    pub fn slice(&self, range: Range<usize>) -> MappedText<'_> {
        let runs = self.runs.slice(range.clone(), self.text.len());
        MappedText { text: Cow::Borrowed(&self.text[range]), runs: Cow::Owned(runs) }
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
        let runs = self.runs.through(self.text.len(), &outer.runs, outer.text.len());
        MappedText { text: self.text, runs: Cow::Owned(runs) }
    }

    /// The same text with places in the origin of the bytes that it was made from.
    pub fn through_bytes(self, outer: &MappedBytes<'_>) -> MappedText<'a> {
        let runs = self.runs.through(self.text.len(), outer.runs(), outer.bytes().len());
        MappedText { text: self.text, runs: Cow::Owned(runs) }
    }

    /// The same text, owned, so that it can outlive what it was borrowed from.
    pub fn into_owned(self) -> MappedText<'static> {
        MappedText { text: Cow::Owned(self.text.into_owned()), runs: Cow::Owned(self.runs.into_owned()) }
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
    fn a_range_stands_where_it_does_whichever_was_asked_for_before() {
        let mut text = MappedText::new();
        for number in 0..40 {
            text.push_verbatim("ab", 10 * number);
            text.push_replaced("é", Span::new(10 * number + 3, 10 * number + 8));
        }
        let len = text.text().len();
        let ranges = || (0..=len).flat_map(|start| (start..=len).map(move |end| start..end));
        let (mut last, mut far) = (0, 0);
        for (range, other) in ranges().zip(ranges().step_by(71).cycle()) {
            assert_eq!(text.span_after(range.clone(), &mut last), text.span(range));
            assert_eq!(text.span_after(other.clone(), &mut far), text.span(other));
        }
        assert_eq!(MappedText::new().span_after(0..0, &mut last), Span::new(0, 0));
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

    #[test]
    fn like_groups_are_one_run_and_stay_apart() {
        let mut text = MappedText::new();
        text.push_replaced("é", Span::new(0, 6));
        text.push_replaced("ü", Span::new(6, 12));
        text.push_replaced("ß", Span::new(14, 20));
        assert_eq!(text.span(0..2), Span::new(0, 6));
        assert_eq!(text.span(2..4), Span::new(6, 12));
        assert_eq!(text.span(2..6), Span::new(6, 20));
        assert_eq!(text.slice(2..6).span(0..2), Span::new(6, 12));
        assert_eq!(
            (text.offset_of(0), text.offset_of(7), text.offset_of(13), text.offset_of(30)),
            (0, 2, 4, 6)
        );
    }

    #[test]
    fn groups_go_through_what_their_origin_went_through() {
        // The file holds `=4=\n1=42`: the soft line break leaves a gap, then each escape is a character.
        let mut outer = MappedText::new();
        outer.push_verbatim("=4", 0);
        outer.push_verbatim("1=42", 4);
        let mut inner = MappedText::new();
        inner.push_replaced("A", Span::new(0, 3));
        inner.push_replaced("B", Span::new(3, 6));
        let text = inner.through(&outer);
        assert_eq!((text.span(0..1), text.span(1..2)), (Span::new(0, 5), Span::new(5, 8)));
    }
}
