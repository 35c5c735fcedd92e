//! Drafts to measure with: the same ones at every run, made of the sentences in `benches/sentences.txt`.

/// What a sentence can be, as the file calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Plain,
    Offence,
    Foreign,
}

/// Makes drafts, one after the other.
#[derive(Debug)]
pub(crate) struct Maker {
    state: u64,
}

impl Maker {
    /// The same seed makes the same drafts.
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// So many drafts of 300 to 2,000 bytes. Of plain ones, every third sentence is an offence if `offends` is set.
    pub(crate) fn drafts(&mut self, count: usize, language: Sort, offends: bool) -> Vec<String> {
        (0..count).map(|_| self.draft(language, offends)).collect()
    }

    fn draft(&mut self, language: Sort, offends: bool) -> String {
        let (own, offences) = (sentences(language), sentences(Sort::Offence));
        let least = 300 + self.below(1700);
        let mut draft = self.filled(own[0]) + "\n";
        while draft.len() < least {
            let sentences = if offends && self.below(3) == 0 { &offences } else { &own };
            let sentence = sentences[self.below(sentences.len())];
            draft += &self.filled(sentence);
            draft.push(if self.below(3) == 0 { '\n' } else { ' ' });
        }
        draft
    }

    /// A sentence with one of the words of each `{one|other}`, and a digit for each `#`.
    fn filled(&mut self, sentence: &str) -> String {
        let mut filled = String::new();
        let mut rest = sentence;
        while let Some((before, after)) = rest.split_once(['{', '#']) {
            filled += before;
            rest = after;
            match after.split_once('}').filter(|_| sentence[..sentence.len() - after.len()].ends_with('{')) {
                Some((words, after)) => {
                    let words: Vec<&str> = words.split('|').collect();
                    filled += words[self.below(words.len())];
                    rest = after;
                }
                None => filled += &self.below(10).to_string(),
            }
        }
        filled + rest
    }

    fn below(&mut self, limit: usize) -> usize {
        self.state = self.state * 16_807 % 2_147_483_647;
        self.state as usize % limit
    }
}

/// The sentences of a sort.
fn sentences(sort: Sort) -> Vec<&'static str> {
    let name = match sort {
        Sort::Plain => "plain: ",
        Sort::Offence => "offence: ",
        Sort::Foreign => "foreign: ",
    };
    include_str!("../sentences.txt").lines().filter_map(|line| line.strip_prefix(name)).collect()
}
