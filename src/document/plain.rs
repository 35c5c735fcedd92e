//! A file that is one message: a draft in plain text.

use crate::text::Source;

use super::{Document, TextFormat, draft};

/// Reads a draft: front matter or a `Subject:` line, if there is one, and the body below it.
pub fn read<'a>(source: &'a Source<'_>) -> Document<'a> {
    draft::read(source, TextFormat::Plain, true)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::Block;

    fn shown(bytes: &[u8]) -> String {
        let source = Source::new(bytes, None);
        let document = read(&source);
        let field = |block: &Block<'_>| {
            let whole = document.file_span(block, 0..block.text.text().len());
            format!("{} {:?} at {}", block.field, block.text.text(), whole.start())
        };
        document.blocks.iter().map(field).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn a_draft_is_a_subject_and_a_body() {
        let cases: &[(&str, &str)] = &[
            ("Hi\nthere", r#"body "Hi\nthere" at 0"#),
            ("", r#"body "" at 0"#),
            ("Subject: S\n\nHi", r#"subject "S" at 9; body "Hi" at 12"#),
            ("+++\nsubject = \"S\"\n+++\n\nHi", r#"subject "S" at 15; body "Hi" at 23"#),
            ("---\nkind: reply\n---\nBetreff: S\nHi", r#"subject "S" at 29; body "Hi" at 31"#),
            ("---\nsubject: S\n---\nSubject: T\nHi", r#"subject "S" at 13; body "Subject: T\nHi" at 19"#),
            ("---\nHello.\n---\nBye", r#"body "---\nHello.\n---\nBye" at 0"#),
            ("\u{feff}Subject: S\r\nHi", r#"subject "S" at 12; body "Hi" at 15"#),
            ("\u{feff}+++\r\nkind = 'reply'\r\n+++\r\nHi", r#"body "Hi" at 29"#),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text.as_bytes()), *expected, "{text:?}");
        }
    }

    #[test]
    fn history_and_placeholders_are_found_in_their_fields() {
        let source = Source::new(b"Subject: Order [[order-id]]\n\nHi {name},\n\n> a\n> b\n", None);
        let document = read(&source);
        let [subject, body] = document.blocks.as_slice() else { panic!("{document:?}") };
        assert_eq!((subject.placeholders.len(), subject.quoted.len()), (1, 0));
        assert_eq!(&body.text.text()[body.placeholders[0].range.clone()], "{name}");
        assert_eq!(&body.text.text()[body.quoted[0].clone()], "> a\n> b");
    }

    #[test]
    fn heaps_of_signs_cost_no_more_than_their_length() {
        const LEN: usize = 1 << 18;
        for heap in [
            "[", "[[", "{{", "{", "{{{a", "<<", "<", "%", "%%a", "#", "_", "__a", ">\n", "> a\n", "XX-",
            "${", "@@", "«", "{%", "\n", "*|", "---\n",
        ] {
            let text = heap.repeat(LEN / heap.len());
            let source = Source::new(text.as_bytes(), None);
            let start = std::time::Instant::now();
            let document = read(&source);
            assert_eq!(document.blocks.len(), 1);
            // A debug build takes a hundredth of that on an idle machine; were it quadratic, it would take minutes.
            assert!(start.elapsed().as_secs() < 10, "{heap:?} took {:?}", start.elapsed());
        }
    }

    proptest! {
        #[test]
        fn anything_gives_a_document(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            check(&bytes)?;
        }

        #[test]
        fn anything_like_a_draft_gives_a_document(text in r#"(\+\+\+\n|---\n|kind|subject| ?[:=] ?|"|'|reply|\\u00e9|é|[\[\],#]|- |\r|\n|Subject: |> |\{\{|\}\}|name|🦀){0,24}"#) {
            check(text.as_bytes())?;
        }
    }

    fn check(bytes: &[u8]) -> Result<(), TestCaseError> {
        let source = Source::new(bytes, None);
        let text = source.text().text();
        let document = read(&source);
        for block in &document.blocks {
            let inner = block.text.text();
            prop_assert!(text.get(block.text.span(0..inner.len()).range()).is_some());
            for range in
                block.quoted.iter().chain(block.placeholders.iter().map(|placeholder| &placeholder.range))
            {
                prop_assert!(inner.get(range.clone()).is_some());
            }
        }
        for fault in &document.metadata.faults {
            prop_assert!(text.get(fault.at.clone()).is_some(), "{fault:?}");
        }
        Ok(())
    }
}
