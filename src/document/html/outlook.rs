//! Conditional comments, which Outlook alone reads: `<!--[if mso]> … <![endif]-->`.
//!
//! What stands in one is text that is not shown, and its addresses lead somewhere all the same; its elements are not
//! judged. A comment ends with the first `-->`, so none stands in another.

use std::ops::Range;

use memchr::memmem;

use crate::document::builder::{Builder, Writing};

use super::tokens::{TokenKind, tokens};
use super::{Reader, lower};

/// Gives what stands in a comment to a builder, if it is a conditional one.
pub(super) fn take<'p>(reader: Reader<'p, '_>, builder: &mut Builder<'p>, comment: &Range<usize>) {
    let Some(inside) = inside(&reader.page[reader.on_page(comment)]) else { return };
    let inside = comment.start + inside.start..comment.start + inside.end;
    let reader = Reader { at: reader.at + inside.start, blanked: &reader.blanked[inside.clone()], ..reader };
    builder.outlook(true, reader.at..reader.at);
    // The element whose text is no text, while it is open.
    let mut unread: Option<String> = None;
    for token in tokens(reader.blanked) {
        let at = reader.on_page(&token.range);
        match token.kind {
            TokenKind::Text if unread.is_none() => builder.text(at, Writing::Html),
            TokenKind::Open | TokenKind::Whole if unread.is_none() => {
                let name = lower(reader.name_on_page(&token));
                let attributes = reader.attributes(builder, &token);
                builder.loose_tag(&name, at, &attributes);
                let is_unread = matches!(&*name, "xml" | "style" | "script" | "title");
                unread = (is_unread && token.kind == TokenKind::Open).then(|| name.into_owned());
            }
            TokenKind::Close => {
                let name = lower(reader.name(&token, 2));
                if unread.as_deref() == Some(&*name) {
                    unread = None;
                } else if unread.is_none() {
                    builder.loose_tag(&name, at, &[]);
                }
            }
            _ => {}
        }
    }
    builder.outlook(false, reader.at + inside.len()..reader.at + inside.len());
}

/// What stands between `<!--[if …]>` and `<![endif]-->`, in bytes of the comment.
fn inside(comment: &str) -> Option<Range<usize>> {
    const BEGIN: &str = "<!--";
    let content = comment.strip_prefix(BEGIN)?.trim_start();
    if !content.get(..3)?.eq_ignore_ascii_case("[if") {
        return None;
    }
    let start = comment.len() - content.len() + memmem::find(content.as_bytes(), b"]>")? + 2;
    let end = memmem::rfind(comment.as_bytes(), b"<![").unwrap_or(comment.len());
    Some(start..end.max(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditional_comments_have_an_inside() {
        let cases = [
            ("<!--[if mso]>x<![endif]-->", Some("x")),
            ("<!--[if (gte mso 9)|(IE)]><p>x</p><![endif]-->", Some("<p>x</p>")),
            ("<!-- [IF MSO]>x<![ENDIF]-->", Some("x")),
            ("<!--[if !mso]><!-->", Some("<!-->")),
            ("<!--<![endif]-->", None),
            ("<!-- a remark -->", None),
            ("<!--[if mso-->", None),
            ("<!--", None),
        ];
        for (comment, expected) in cases {
            assert_eq!(inside(comment).map(|range| &comment[range]), expected, "{comment}");
        }
    }
}
