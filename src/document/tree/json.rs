use std::borrow::Cow;

use memchr::memchr2;
use serde_json::value::RawValue;

use crate::decode::json_string;
use crate::document::records::line::{error_place, reason};
use crate::text::Source;

use super::{Scalar, Walk};

/// What is open around a place.
#[derive(Debug, Clone, Copy)]
enum Open {
    /// An object; whether a value of it is.
    Object { is_in_value: bool },
    /// A list; the number of the value that is open.
    List(usize),
}

/// Walks through JSON. serde_json says first whether it is any, without recursion; what is known to be JSON needs no more
/// than a look at its signs.
pub(super) fn read(source: &Source<'_>, walk: &mut Walk<'_>) {
    let text = source.text().text();
    if let Err(error) = serde_json::from_str::<&RawValue>(text) {
        let at = error_place(text, &error);
        let column = source.position(at.start).column;
        walk.fault(format!("the file is no JSON: {} in column {column}", reason(&error)), at);
        return;
    }
    let mut open = Vec::new();
    let mut at = 0;
    while let Some(sign) = text.as_bytes().get(at) {
        let end = match sign {
            b'"' => string_end(text, at + 1),
            b'-' | b'0'..=b'9' | b'a'..=b'z' => literal_end(text, at),
            _ => at,
        };
        take(*sign, &text[at..end], at, &mut open, walk);
        at = end + usize::from(end == at || *sign == b'"');
    }
}

/// Takes a sign, which begins a token at byte `at`; the token of a string lacks the closing mark.
fn take(sign: u8, token: &str, at: usize, open: &mut Vec<Open>, walk: &mut Walk<'_>) {
    match (sign, open.last_mut()) {
        (b'{', _) => {
            walk.other("an object", at..at + 1);
            open.push(Open::Object { is_in_value: false });
        }
        (b'[', _) => {
            walk.other("a list", at..at + 1);
            open.push(Open::List(0));
            walk.enter_index(0);
        }
        (b'}', Some(Open::Object { is_in_value })) => {
            if *is_in_value {
                walk.leave();
            }
            open.pop();
        }
        (b']', _) => {
            walk.leave();
            open.pop();
        }
        (b',', Some(Open::Object { is_in_value })) => {
            walk.leave();
            *is_in_value = false;
        }
        (b',', Some(Open::List(index))) => {
            *index += 1;
            let index = *index;
            walk.leave();
            walk.enter_index(index);
        }
        (b'"', Some(Open::Object { is_in_value })) if !*is_in_value => {
            *is_in_value = true;
            walk.enter_key(key(&token[1..]));
        }
        (b'"', _) => walk.text(at + 1, || Scalar::Json(at + 1..at + token.len())),
        (b't' | b'f', _) => walk.other("a truth value", at..at + token.len()),
        (b'-' | b'0'..=b'9', _) => walk.other("a number", at..at + token.len()),
        _ => {}
    }
}

/// A key, copied only if it has escapes.
fn key(raw: &str) -> Cow<'_, str> {
    if raw.contains('\\') {
        Cow::Owned(json_string::decode(raw, 0).text().to_owned())
    } else {
        Cow::Borrowed(raw)
    }
}

/// The closing mark of a string whose text begins at byte `from`.
fn string_end(text: &str, mut from: usize) -> usize {
    loop {
        let Some(found) = memchr2(b'"', b'\\', &text.as_bytes()[from..]) else { return text.len() };
        if text.as_bytes()[from + found] == b'"' {
            return from + found;
        }
        from = (from + found + 2).min(text.len());
    }
}

fn literal_end(text: &str, at: usize) -> usize {
    let is_more = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
    let len = text.as_bytes()[at..].iter().take_while(|byte| is_more(byte)).count();
    at + len
}
