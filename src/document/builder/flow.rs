//! Writes text as it meets the eye: runs of blanks become one, tags vanish or end lines.
//!
//! A line end stands for the tag that makes it. Between two lines there is at most one; a paragraph adds one more at its
//! edge, however many edges meet there, so that scaffolding of tables leaves no trace and a paragraph without words does.
//! A picture fills its line: of the gaps around it, the larger one is written.

use std::ops::Range;

use crate::decode::entity::Reference;
use crate::text::{MappedText, Span};

/// A text while it is written.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub(super) out: MappedText<'static>,
    /// Whether something stands on the line that is being written.
    line_is_open: bool,
    /// Blanks since the last word, and whether they are one space.
    blank: Option<(Range<usize>, bool)>,
    /// What ended lines since the last word.
    breaks: Vec<Range<usize>>,
    /// How many of them stand above the last empty line.
    settled: usize,
    /// The last edge of a paragraph since then.
    edge: Option<Range<usize>>,
    /// The largest gap between pictures since the last word.
    largest: Vec<Range<usize>>,
    /// Whether a picture stands where the blank does.
    blank_is_picture: bool,
    /// Whether a paragraph has begun in which nothing stands yet.
    is_fresh: bool,
    /// Where gaps were written: from, to.
    gaps: Vec<(usize, usize)>,
    /// Whether an element has begun or ended since the last word that has lines of its own.
    is_apart: bool,
    /// Where such gaps were written: nobody wrapped a line there.
    pub(super) ends: Vec<usize>,
}

impl Flow {
    /// Adds text of the page in which runs of blanks are one blank.
    pub(super) fn text(&mut self, page: &str, range: Range<usize>) {
        let bytes = page.as_bytes();
        let mut at = range.start;
        while at < range.end {
            let word = at + bytes[at..range.end].iter().take_while(|byte| is_blank(**byte)).count();
            if word > at {
                self.blank(at..word, bytes[at..word] == *b" ");
            }
            at = words_end(&bytes[..range.end], word);
            self.verbatim(&page[word..at], word);
        }
    }

    /// Adds text of the page whose blanks and line ends are kept.
    pub(super) fn kept(&mut self, page: &str, range: Range<usize>) {
        let mut at = range.start;
        for line in page[range].split_inclusive('\n') {
            let words = line.trim_end_matches(['\n', '\r']);
            if !words.trim_matches([' ', '\t']).is_empty() {
                self.verbatim(words, at);
            }
            if line.ends_with('\n') {
                self.line_end(at + words.len()..at + line.len());
            }
            at += line.len();
        }
    }

    /// Adds what a reference stands for.
    pub(super) fn reference(&mut self, reference: &Reference, at: usize, keeps_blanks: bool) {
        let range = at + reference.range.start..at + reference.range.end;
        match reference.first {
            '\n' | '\r' if keeps_blanks => self.line_end(range),
            ' ' | '\t' | '\n' | '\r' | '\u{C}' if !keeps_blanks => self.blank(range, false),
            _ => {
                self.fill_gap();
                reference.push_to(&mut self.out, at);
            }
        }
    }

    /// Adds something that can be seen and is no text: it parts words, and its line is not empty.
    pub(super) fn picture(&mut self, at: Range<usize>) {
        if !self.line_is_open {
            self.settle();
            if self.breaks.len() > self.largest.len() {
                std::mem::swap(&mut self.breaks, &mut self.largest);
            }
            self.breaks.clear();
            self.settled = 0;
            self.line_is_open = true;
            self.is_fresh = false;
        }
        self.blank(at, false);
        self.blank_is_picture = true;
    }

    /// Adds blanks.
    pub(super) fn blank(&mut self, range: Range<usize>, is_space: bool) {
        if self.line_is_open {
            self.blank.get_or_insert((range, is_space));
        }
    }

    /// Ends a line, empty or not.
    pub(super) fn line_end(&mut self, at: Range<usize>) {
        if !self.line_is_open && self.is_fresh {
            self.settle();
        }
        self.is_fresh = false;
        if !self.out.text().is_empty() {
            self.breaks.push(at);
        }
        self.close_line();
    }

    /// Ends a line if something stands on it.
    pub(super) fn boundary(&mut self, at: Range<usize>) {
        self.editor_line(at);
        self.is_apart = true;
    }

    /// The same, where the line may have been wrapped.
    pub(super) fn editor_line(&mut self, at: Range<usize>) {
        if self.line_is_open {
            self.breaks.push(at);
            self.close_line();
        }
        self.is_fresh = false;
    }

    /// Begins or ends a paragraph.
    pub(super) fn paragraph(&mut self, at: Range<usize>, begins: bool) {
        self.boundary(at.clone());
        self.is_fresh = begins;
        if !self.out.text().is_empty() {
            self.edge = Some(at);
        }
    }

    /// Where the next word will begin, if nothing but it comes.
    pub(super) fn len(&self) -> usize {
        self.out.text().len()
    }

    /// Moves a place at which a gap was written behind it.
    pub(super) fn behind_gap(&self, at: usize) -> usize {
        let index = self.gaps.partition_point(|(from, _)| *from < at);
        self.gaps.get(index).filter(|(from, _)| *from == at).map_or(at, |(_, to)| *to)
    }

    fn verbatim(&mut self, words: &str, at: usize) {
        if words.is_empty() {
            return;
        }
        if self.blank_is_picture && words.starts_with([',', '.', ';', ':', '!', '?', ')']) {
            self.blank = None;
        }
        self.fill_gap();
        self.out.push_verbatim(words, at);
    }

    fn close_line(&mut self) {
        self.line_is_open = false;
        self.blank = None;
    }

    /// Sees to it that two line ends stand at the edge of a paragraph.
    fn settle(&mut self) {
        if let Some(edge) = self.edge.take() {
            while self.breaks.len() < self.settled + 2 {
                self.breaks.push(edge.clone());
            }
        }
        self.settled = self.breaks.len();
    }

    /// Writes what stands between the last word and the next one.
    pub(super) fn fill_gap(&mut self) {
        let from = self.len();
        self.settle();
        self.settled = 0;
        if self.largest.len() >= self.breaks.len() {
            std::mem::swap(&mut self.breaks, &mut self.largest);
        }
        self.largest.clear();
        if from == 0 {
            self.breaks.clear();
        }
        if from == 0 || !self.breaks.is_empty() {
            self.blank = None;
        }
        self.blank_is_picture = false;
        for at in self.breaks.drain(..) {
            self.out.push_replaced("\n", Span::from(at));
        }
        match self.blank.take() {
            Some((blank, true)) => self.out.push_verbatim(" ", blank.start),
            Some((blank, false)) => self.out.push_replaced(" ", Span::from(blank)),
            None => {}
        }
        let to = self.len();
        if from < to {
            self.gaps.push((from, to));
            self.ends.extend(self.is_apart.then_some(from));
        }
        self.is_apart = false;
        self.line_is_open = true;
        self.is_fresh = false;
    }
}

/// Whether HTML takes a byte for a blank.
pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0C')
}

/// The end of the words from byte `at` on that have a single space between them.
fn words_end(bytes: &[u8], mut at: usize) -> usize {
    loop {
        at += bytes[at..].iter().take_while(|byte| !is_blank(**byte)).count();
        let goes_on = bytes.get(at) == Some(&b' ') && bytes.get(at + 1).is_some_and(|byte| !is_blank(*byte));
        if !goes_on {
            return at;
        }
        at += 1;
    }
}
