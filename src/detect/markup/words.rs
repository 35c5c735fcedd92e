//! Words of file names and captions.

/// Words and phrases of words that are looked for, as lists write them: in lower case, words apart.
#[derive(Debug, Clone)]
pub struct Phrases<'l> {
    phrases: Vec<Vec<&'l str>>,
}

impl<'l> Phrases<'l> {
    /// The phrases of some lists; an ending `*` stands for the rest of a word.
    pub fn new(written: impl Iterator<Item = &'l str>) -> Self {
        Self { phrases: written.map(|phrase| phrase.split_whitespace().collect()).collect() }
    }

    /// Whether one of them stands in a text: `IMG_qr-code2.png` has the words img, qr, code and png.
    pub fn are_in(&self, text: &str) -> bool {
        let words = words(text);
        self.phrases.iter().any(|phrase| {
            !phrase.is_empty()
                && words.windows(phrase.len()).any(|part| part.iter().zip(phrase).all(|(a, b)| fits(a, b)))
        })
    }
}

fn fits(word: &str, wanted: &str) -> bool {
    match wanted.strip_suffix('*') {
        Some(beginning) => word.starts_with(beginning),
        None => word == wanted,
    }
}

/// The words of a text in lower case: runs of letters and runs of digits, cut where a small letter meets a capital.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for c in text.chars() {
        if c.is_alphanumeric() {
            let is_new = !before.is_alphanumeric()
                || before.is_numeric() != c.is_numeric()
                || before.is_lowercase() && c.is_uppercase();
            if is_new {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.extend(c.to_lowercase());
            }
        }
        before = c;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_have_words() {
        for (name, wanted) in [
            ("qr-code_2.PNG", "qr code 2 png"),
            ("MyQrCode.png", "my qr code png"),
            ("IMG1234", "img 1234"),
            ("Fuß ÉTÉ", "fuß été"),
            ("--", ""),
        ] {
            assert_eq!(words(name).join(" "), wanted, "{name}");
        }
    }

    #[test]
    fn phrases_are_whole_words() {
        let phrases = Phrases::new(["qr", "stock photo", "giph*"].into_iter());
        for (text, are_in) in [
            ("qr.png", true),
            ("aqr.png", false),
            ("stock-photo-1.jpg", true),
            ("stock_of_photo.jpg", false),
            ("giphy.gif", true),
            ("", false),
        ] {
            assert_eq!(phrases.are_in(text), are_in, "{text}");
        }
    }
}
