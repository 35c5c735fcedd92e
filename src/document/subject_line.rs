//! A first line `Subject: …`, as people write it above a draft.

use std::ops::Range;

use super::lines::{after_blank_line, lines};

/// How a subject is called by languages that Amazon's buyers speak.
const LABELS: &[&str] = &[
    "subject",
    "betreff",
    "objet",
    "asunto",
    "oggetto",
    "assunto",
    "onderwerp",
    "ämne",
    "temat",
    "konu",
    "件名",
    "主题",
    "主旨",
];

/// The subject on the line that begins at byte `from`, and where the body begins: below it, and below one blank line.
pub(super) fn read(text: &str, from: usize) -> Option<(Range<usize>, usize)> {
    let line = lines(text, from).next()?;
    let colon = line.text.find([':', '：'])?;
    let label = line.text[..colon].trim().to_lowercase();
    if !LABELS.contains(&label.as_str()) {
        return None;
    }
    let after = line.text[colon..].trim_start_matches([':', '：']).trim_start();
    let start = line.range().end - after.len();
    let subject = start..start + after.trim_end().len();
    Some((subject, after_blank_line(text, line.next)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_subject_ends_with_its_line() {
        let cases = [
            ("Subject: Your order\nHi", Some(("Your order", "Hi"))),
            ("SUBJECT:Your order\r\n\r\nHi\r\n", Some(("Your order", "Hi\r\n"))),
            ("Subject: Your order", Some(("Your order", ""))),
            ("Subject:\n\n\nHi", Some(("", "\nHi"))),
            ("  subject : a: b  \nHi", Some(("a: b", "Hi"))),
            ("Betreff: Ihre Bestellung\rHallo", Some(("Ihre Bestellung", "Hallo"))),
            ("Objet\u{a0}: Votre commande\nBonjour", Some(("Votre commande", "Bonjour"))),
            ("Asunto: x\n", Some(("x", ""))),
            ("Oggetto: x\n", Some(("x", ""))),
            ("件名：ご注文\n本文", Some(("ご注文", "本文"))),
            ("Subject to availability: yes\nHi", None),
            ("The Subject: x", None),
            ("\nSubject: x", None),
            ("Subject\n: x", None),
            ("", None),
        ];
        for (text, expected) in cases {
            let found = read(text, 0).map(|(subject, body)| (&text[subject], &text[body..]));
            assert_eq!(found, expected, "{text:?}");
        }
    }
}
