//! The dialects, one function each, by the byte that opens them.

use std::ops::Range;

use super::name::Name;
use super::words::{INSERT, PROSE, TAG};
use super::{LONGEST, Meaning, Place};
use crate::document::Placeholder;
use crate::document::html::elements::is_element;

/// The placeholder that begins at this place, in whichever dialect.
pub(super) fn read(place: Place<'_>) -> Option<Placeholder> {
    if is_heap(place) {
        return None;
    }
    match place.text.as_bytes()[place.at] {
        b'[' => double_square(place).or_else(|| square(place)),
        b'{' => braces(place),
        b'#' => hashes(place),
        b'%' => tight(place, "%%", "%%").or_else(|| percent(place)),
        b'<' => doubled_angles(place).or_else(|| angles(place)).or_else(|| code(place)),
        b'*' => merge_tag(place),
        b'$' => dollar(place),
        b'@' => tight(place, "@@", "@@").or_else(|| directive(place)),
        b'_' => underscores(place),
        b'X' => crosses(place),
        0xC2 => guillemets(place),
        _ => None,
    }
}

/// Whether the same sign stands here four times: no opening has more than three.
fn is_heap(place: Place<'_>) -> bool {
    match place.rest().as_bytes() {
        [b'_' | b'X' | 0xC2, ..] => false,
        [first, second, third, fourth, ..] => first == second && second == third && third == fourth,
        _ => false,
    }
}

/// What stands between `open` and `close`, if all its bytes are allowed. `allow` must refuse what begins `close`, and
/// line ends.
fn inside<'t>(place: Place<'t>, open: &str, close: &str, allow: fn(u8) -> bool) -> Option<&'t str> {
    let rest = place.rest().strip_prefix(open)?;
    let len = rest.bytes().take(LONGEST).position(|byte| !allow(byte))?;
    rest[len..].starts_with(close).then(|| &rest[..len])
}

/// Bytes of a name in one piece.
fn in_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}

/// Bytes of a name in words, or of an instruction.
fn in_words(byte: u8) -> bool {
    in_name(byte)
        || !byte.is_ascii()
        || matches!(byte, b' ' | b'#' | b'\'' | b'/' | b',' | b'&' | b'?' | b'!' | b'(' | b')')
}

fn starts_with_letter(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_alphabetic)
}

fn starts_with_word(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_alphanumeric)
}

fn is_rest_of_line_blank(text: &str) -> bool {
    let end = text.bytes().find(|byte| !matches!(byte, b' ' | b'\t'));
    matches!(end, None | Some(b'\n' | b'\r'))
}

/// `[[order-id]]`, `[[order-link:text]]`, `[[ContactUs]]`; and one that lacks a bracket.
fn double_square(place: Place<'_>) -> Option<Placeholder> {
    let Some(inner) = inside(place, "[[", "]]", |byte| in_words(byte) || byte == b':') else {
        return unclosed(place, "[[");
    };
    let name = inner.split_once(':').map_or(inner, |(name, _)| name).trim();
    let is_name = (starts_with_letter(name) || name.starts_with('#')) && !is_sentence(name);
    (is_name && !is_tag(Name::of(name))).then(|| place.named(inner.len() + 4, name))
}

/// A doubled opening whose closing is missing, single or of another dialect. Its name must be in one piece, and what
/// follows it a wrong closing or the end of the line, unless the name is a known one.
fn unclosed(place: Place<'_>, open: &str) -> Option<Placeholder> {
    let content = place.rest().strip_prefix(open)?;
    let content = content.strip_prefix(' ').unwrap_or(content);
    let name = &content[..content.bytes().take(LONGEST).take_while(|byte| in_name(*byte)).count()];
    if !starts_with_letter(name) {
        return None;
    }
    let name = name.trim_end_matches(['.', '-']);
    let name_end = place.rest().len() - content.len() + name.len();
    let after = content[name.len()..].trim_start_matches(' ');
    let closing = after.bytes().take(2).take_while(|byte| matches!(byte, b']' | b'}')).count();
    if closing > 0 {
        let is_link = after[closing..].starts_with('(');
        return (!is_link).then(|| place.unbalanced(place.rest().len() - after.len() + closing, name));
    }
    let is_known = name.contains(['-', '_']) && Name::of(name).is_meaningful();
    (is_known || is_rest_of_line_blank(after)).then(|| place.unbalanced(name_end, name))
}

/// `[Important]` and the like.
fn is_tag(name: Name) -> bool {
    name.first & TAG != 0
}

/// `[Customer Name]`, `[#Order ID]`, `[Direct answer to their question]`, `[X]`; not a link, a reference, a task box, a
/// remark.
fn square(place: Place<'_>) -> Option<Placeholder> {
    let inner = inside(place, "[", "]", |byte| in_words(byte) || matches!(byte, b':' | b'"'))?;
    // What mail programs write into the plain text where the HTML has a picture.
    if inner.starts_with("image: ") || inner.starts_with("cid:") {
        return None;
    }
    let after = &place.rest()[inner.len() + 2..];
    if after.starts_with('(') || is_link_definition(place, after) {
        return None;
    }
    if is_blank_to_fill(inner) {
        return (!is_task_box(place, inner)).then(|| place.placeholder(inner.len() + 2, Meaning::Other));
    }
    let name = Name::of(inner);
    if !speaks_for_a_hole(inner, name) || is_reference(place, after, name) || is_first_mark(place, name) {
        return None;
    }
    if after.starts_with(']') && inner.bytes().all(in_name) && inner.contains(['-', '_']) {
        return Some(place.unbalanced(inner.len() + 3, inner));
    }
    Some(place.named(inner.len() + 2, inner))
}

/// Whether words in square brackets are a hole. Real templates have all sorts of them (`[unique benefit]`), so what is
/// none must look like something else: a mark, a remark, a sentence, a number, a code.
fn speaks_for_a_hole(inner: &str, name: Name) -> bool {
    const MOST_WORDS: usize = 12;
    const MOST_DIGITS: usize = 2;
    let starts_well = starts_with_letter(inner) || inner.starts_with('#');
    if !starts_well || is_tag(name) || name.words > MOST_WORDS || name.digits > MOST_DIGITS {
        return false;
    }
    if name.has(INSERT) {
        return true;
    }
    if name.has(PROSE) || name.is_empty() || inner.ends_with(['.', '!']) {
        return false;
    }
    let is_single = !inner.contains(' ');
    name.is_hole() || if is_single { is_word_for_a_hole(inner) } else { name.words > 1 && name.digits < 2 }
}

/// A single word that is not known: long enough, and nothing but Latin letters.
fn is_word_for_a_hole(word: &str) -> bool {
    const FEWEST: usize = 3;
    let is_latin = |c: char| c.is_alphabetic() && c < '\u{250}';
    let letters = word.chars().filter(|c| is_latin(*c)).count();
    letters >= FEWEST && word.chars().all(|c| is_latin(c) || matches!(c, '_' | '-' | '/'))
}

/// A word in brackets before everything else is a mark, as in the subject `[Ticket] Your order`.
fn is_first_mark(place: Place<'_>, name: Name) -> bool {
    place.at == 0 && name.words == 1 && !name.is_hole()
}

/// `[X]`, `[XX]`, `[X-Y]`, `[N]`, `[___]`, `[#]`.
fn is_blank_to_fill(inner: &str) -> bool {
    !inner.is_empty()
        && inner.bytes().all(|byte| matches!(byte, b'X' | b'Y' | b'N' | b'_' | b'#' | b'-' | b'/'))
        && inner.bytes().any(|byte| !matches!(byte, b'-' | b'/'))
}

/// `[X]` at the beginning of a line or a list item.
fn is_task_box(place: Place<'_>, inner: &str) -> bool {
    inner == "X"
        && place.line_before().is_some_and(|before| {
            before
                .bytes()
                .all(|byte| matches!(byte, b' ' | b'\t' | b'-' | b'*' | b'+' | b'>' | b'.' | b'0'..=b'9'))
        })
}

/// `[text][ref]` of Markdown, and an index such as `list[Item]`.
fn is_reference(place: Place<'_>, after: &str, name: Name) -> bool {
    let is_joined = place.follows_word() || place.byte_before() == Some(b']') || after.starts_with('[');
    is_joined && !name.is_meaningful()
}

/// `[name]: https://…` at the beginning of a line.
fn is_link_definition(place: Place<'_>, after: &str) -> bool {
    let Some(target) = after.strip_prefix(':') else { return false };
    let target = target.strip_prefix(' ').unwrap_or(target);
    let is_target =
        ["http://", "https://", "mailto:", "<", "/", "#"].iter().any(|start| target.starts_with(start));
    is_target && place.line_before().is_some_and(|before| before.trim().is_empty())
}

/// Everything that opens with a brace.
fn braces(place: Place<'_>) -> Option<Placeholder> {
    let rest = place.rest();
    if rest.starts_with("{{{") {
        return output(place, "{{{", "}}}");
    }
    if rest.starts_with("{{") {
        return output(place, "{{", "}}").or_else(|| unclosed(place, "{{"));
    }
    if rest.starts_with("{%") {
        return control(place, "%}");
    }
    if rest.starts_with("{#") {
        return control(place, "#}");
    }
    if rest.starts_with("{!!") {
        return unescaped(place);
    }
    single_brace(place)
}

/// `{{ order.id | upcase }}`, `{{#if late}}`.
fn output(place: Place<'_>, open: &str, close: &str) -> Option<Placeholder> {
    let inner = inside(place, open, close, |byte| !matches!(byte, b'{' | b'}' | b'\n' | b'\r'))?;
    let content = inner.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '~'));
    let len = open.len() + inner.len() + close.len();
    if content.starts_with(['#', '/', '^', '!']) || is_control_word(content) {
        return Some(place.placeholder(len, Meaning::Control));
    }
    let name = content.split('|').next().unwrap_or(content).trim();
    (name.contains(char::is_alphanumeric) && !is_sentence(name)).then(|| place.named(len, name))
}

/// Where a placeholder holds a text that the buyer may get to read, and that says something: `{{ note | default: "Please
/// leave us a review!" }}`. A word or two (`"there"`) stand for the value, and are no text of their own.
pub(super) fn text_within(written: &str) -> Option<Range<usize>> {
    const FILTERS: [&str; 5] = ["default", "d", "default_if_none", "append", "prepend"];
    let inner = written.strip_prefix("{{")?;
    inner.match_indices('|').find_map(|(bar, _)| {
        let filter = inner[bar + 1..].trim_start();
        let name = filter.bytes().take_while(|byte| in_name(*byte)).count();
        let argument = filter[name..].trim_start().strip_prefix([':', '('])?.trim_start();
        let quoted = argument.strip_prefix(['"', '\''])?;
        let (text, _) = quoted.split_once(&argument[..1])?;
        let start = written.len() - quoted.len();
        (FILTERS.contains(&&filter[..name]) && is_sentence(text)).then(|| start..start + text.len())
    })
}

/// Whether words between doubled signs are a text for the buyer and no name, an instruction or code: `{{ Please leave us
/// a review! }}`. No tool fills that in, so that it is sent as it stands.
fn is_sentence(content: &str) -> bool {
    const FEWEST_WORDS: usize = 3;
    const MOST_WORDS_OF_A_NAME: usize = 6;
    const FEWEST_DIGITS_OF_A_NUMBER: usize = 7;
    let content = content.trim_matches(['"', '\'']);
    if content.ends_with(['。', '！', '？']) {
        return true;
    }
    let is_word = |word: &str| {
        let word = word.trim_matches(|c: char| c.is_ascii_punctuation() && c != '_');
        !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-'))
    };
    let (words, signs): (Vec<&str>, Vec<&str>) = content.split_whitespace().partition(|word| is_word(word));
    let is_code = content.contains(['=', '$', '_', '"']) || signs.len() > words.len() / FEWEST_WORDS;
    let read = Name::of(content);
    let ends_or_calls = content.ends_with(['.', '?']) || content.contains(['!', '%']);
    let is_long = words.len() > MOST_WORDS_OF_A_NAME || read.digits >= FEWEST_DIGITS_OF_A_NUMBER;
    let speaks = read.has(PROSE) || ends_or_calls || is_long;
    words.len() >= FEWEST_WORDS && !is_code && read.first & INSERT == 0 && speaks
}

/// `{!! $order->id !!}`.
fn unescaped(place: Place<'_>) -> Option<Placeholder> {
    let inner = inside(place, "{!!", "}", |byte| !matches!(byte, b'{' | b'}' | b'\n' | b'\r'))?;
    let name = inner.strip_suffix("!!")?.trim();
    name.contains(char::is_alphanumeric).then(|| place.named(inner.len() + 4, name))
}

fn is_control_word(content: &str) -> bool {
    let word = content.split([' ', '(', '!', '$']).next().unwrap_or(content);
    matches!(
        word,
        "if" | "elseif"
            | "elsif"
            | "else"
            | "end"
            | "endif"
            | "unless"
            | "each"
            | "with"
            | "foreach"
            | "foreachelse"
    )
}

/// `{% if late %}`, `{# a remark #}`.
fn control(place: Place<'_>, close: &str) -> Option<Placeholder> {
    let rest = &place.rest().as_bytes()[2..];
    let mut ends = rest.windows(2).take(LONGEST).take_while(|two| !matches!(two[0], b'\n' | b'\r'));
    let found = ends.position(|two| two == close.as_bytes() || two == b"{%" || two == b"{#")?;
    (&rest[found..found + 2] == close.as_bytes()).then(|| place.placeholder(found + 4, Meaning::Control))
}

/// `{order_id}`, `{$order.id}`, `{!Contact.Name}`, `{if $late}`, `{/if}`, `{0}`, `{Order Number}`.
fn single_brace(place: Place<'_>) -> Option<Placeholder> {
    let inner = inside(place, "{", "}", |byte| !matches!(byte, b'{' | b'}' | b'\n' | b'\r'))?;
    let len = inner.len() + 2;
    if is_control_word(inner)
        || inner
            .strip_prefix('/')
            .is_some_and(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic()))
    {
        return Some(place.placeholder(len, Meaning::Control));
    }
    let name = inner.trim_start_matches(['$', '!']);
    if name.len() < inner.len() {
        return starts_with_letter(name).then(|| place.named(len, name));
    }
    let name = inner.trim_matches(' ');
    let read = Name::of(name);
    if !starts_with_word(name) || is_tag(read) {
        return None;
    }
    let is_piece = name.len() == inner.len() && name.bytes().all(in_name) && read.digits < 3;
    if is_piece && place.text[place.at + len..].starts_with('}') {
        return Some(place.unbalanced(len + 1, name));
    }
    let is_hole = read.is_meaningful() && read.words < 5 && !read.has(PROSE) && !is_sentence(name);
    let is_known = name.bytes().all(in_words) && is_hole;
    (is_piece || is_known).then(|| place.named(len, name))
}

/// `#order_id#`; not `#1#`, and no hashtags.
fn hashes(place: Place<'_>) -> Option<Placeholder> {
    let name = inside(place, "#", "#", |byte| in_name(byte) || !byte.is_ascii())?;
    let after = &place.rest()[name.len() + 2..];
    if place.follows_word() || starts_with_word(after) || !starts_with_letter(name) {
        return None;
    }
    (name.contains('_') || Name::of(name).is_meaningful()).then(|| place.named(name.len() + 2, name))
}

/// `%order_id%`; neither `100%off%` nor the `%C3%` of an address.
fn percent(place: Place<'_>) -> Option<Placeholder> {
    let name = inside(place, "%", "%", in_name)?;
    let after = &place.rest()[name.len() + 2..];
    let is_free = !place.follows_word() && !starts_with_word(after);
    let is_hex = name.len() == 2 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_free && !is_hex && name.len() > 1 && starts_with_letter(name))
        .then(|| place.named(name.len() + 2, name))
}

/// `<<order_id>>`, `<<Customer Name>>`.
fn doubled_angles(place: Place<'_>) -> Option<Placeholder> {
    if place.byte_before() == Some(b'<') {
        return None;
    }
    let found = tight(place, "<<", ">>")?;
    (!place.text[found.range.end..].starts_with('>')).then_some(found)
}

/// A name between doubled signs that hardly stand in prose.
fn tight(place: Place<'_>, open: &str, close: &str) -> Option<Placeholder> {
    let name = inside(place, open, close, in_words)?;
    let read = Name::of(name);
    let is_name = starts_with_letter(name) && !name.ends_with(' ') && read.words < 6;
    (is_name && !is_tag(read) && !read.has(PROSE))
        .then(|| place.named(open.len() + name.len() + close.len(), name))
}

/// `<ORDER_ID>`, `<Customer Name>`, `<#if late>`; neither a tag of HTML nor an address.
fn angles(place: Place<'_>) -> Option<Placeholder> {
    let name = inside(place, "<", ">", in_words)?;
    let len = name.len() + 2;
    if name.strip_prefix('/').unwrap_or(name).starts_with('#') {
        return Some(place.placeholder(len, Meaning::Control));
    }
    if !starts_with_letter(name) || name.ends_with([' ', '/']) || is_html(name) {
        return None;
    }
    let read = Name::of(name);
    if is_tag(read) || read.has(PROSE) {
        return None;
    }
    let is_upper = name.len() > 2
        && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    let is_known = (read.is_meaningful() || read.words > 1 && read.is_hole()) && read.words < 6;
    (is_upper || is_known).then(|| place.named(len, name))
}

/// `<%= order.id %>`, `<? if ($late): ?>`, and directives with more than words in them: `<#if late == true>`.
fn code(place: Place<'_>) -> Option<Placeholder> {
    let rest = place.rest();
    let (open, close) = match rest.as_bytes() {
        [_, b'%', ..] => ("<%", "%>"),
        [_, b'?', ..] if !rest.starts_with("<?xml") => ("<?", "?>"),
        [_, b'#' | b'@', b'a'..=b'z', ..] => ("<", ">"),
        [_, b'/', b'#' | b'@', b'a'..=b'z', ..] => ("<", ">"),
        _ => return None,
    };
    let content = &rest.as_bytes()[open.len()..];
    // Code may compare, a directive may not hold a tag.
    let goes_on = |byte: u8| !matches!(byte, b'\n' | b'\r') && (byte != b'<' || close != ">");
    let mut ends = (0..content.len().min(LONGEST)).take_while(|at| goes_on(content[*at]));
    let len = ends.find(|at| content[*at..].starts_with(close.as_bytes()))?;
    let inner = &rest[open.len()..open.len() + len];
    let len = open.len() + len + close.len();
    match inner.strip_prefix('=').or_else(|| inner.strip_prefix("php echo ")) {
        Some(name) => Some(place.named(len, name.trim_matches([' ', '-', ';']))),
        None => Some(place.placeholder(len, Meaning::Control)),
    }
}

/// `@if ($late)`, `@endif` of Blade.
fn directive(place: Place<'_>) -> Option<Placeholder> {
    const BARE: &str = " else endif endforeach endfor endwhile endunless endisset endempty endswitch endsection \
        endphp endcomponent endslot break continue default php empty ";
    const WITH_BRACKETS: &str = " if elseif foreach for while unless isset empty switch case section yield include \
        extends component slot forelse lang ";
    let rest = place.rest().strip_prefix('@')?;
    let len = rest.bytes().take(LONGEST).take_while(u8::is_ascii_lowercase).count();
    let word = &rest[..len];
    let is_one_of = |words: &str| len > 0 && words.split(' ').any(|known| known == word);
    if place.follows_word() {
        return None;
    }
    let after = &rest[len..];
    let blanks = usize::from(after.starts_with(' '));
    if is_one_of(WITH_BRACKETS)
        && let Some(brackets) = brackets(&after[blanks..])
    {
        return Some(place.placeholder(1 + len + blanks + brackets, Meaning::Control));
    }
    let ends = !starts_with_word(after) && !after.starts_with(['.', '-', '_', '@']);
    (is_one_of(BARE) && ends).then(|| place.placeholder(1 + len, Meaning::Control))
}

/// The length of what stands in round brackets at the beginning of a text, with them.
fn brackets(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    for (at, byte) in text.bytes().enumerate().take(LONGEST) {
        match byte {
            b'(' => open += 1,
            b')' => open = open.saturating_sub(1),
            b'\n' | b'\r' => return None,
            _ if open == 0 => return None,
            _ => {}
        }
        if open == 0 {
            return Some(at + 1);
        }
    }
    None
}

/// Whether a browser would take this for a tag of its own.
fn is_html(name: &str) -> bool {
    is_element(name.split([' ', '/']).next().unwrap_or(name))
}

/// `*|FNAME|*`, `*|IF:LATE|*`.
fn merge_tag(place: Place<'_>) -> Option<Placeholder> {
    let name = inside(place, "*|", "|*", |byte| !matches!(byte, b'|' | b'*' | b'\n' | b'\r'))?;
    let len = name.len() + 4;
    let is_control =
        ["IF", "ELSE", "END", "INTERESTED"].iter().any(|word| name.split(':').next() == Some(word));
    if is_control {
        return Some(place.placeholder(len, Meaning::Control));
    }
    starts_with_letter(name).then(|| place.named(len, name))
}

/// `${order.id}`, with pairs of brackets inside.
fn dollar(place: Place<'_>) -> Option<Placeholder> {
    const DEEPEST: usize = 6;
    let rest = place.rest();
    let content = rest.strip_prefix("${")?;
    let mut open = 1;
    for (at, byte) in content.bytes().enumerate().take(LONGEST) {
        match byte {
            b'{' if open == DEEPEST => return None,
            b'{' => open += 1,
            b'}' => open -= 1,
            b'\n' | b'\r' => return None,
            _ => {}
        }
        if open == 0 {
            let name = &content[..at];
            return name.contains(char::is_alphanumeric).then(|| place.named(at + 3, name));
        }
    }
    None
}

/// `__ORDER_ID__`, and `____` to be filled in by hand; neither bold words nor a line drawn across.
fn underscores(place: Place<'_>) -> Option<Placeholder> {
    if place.byte_before() == Some(b'_') {
        return None;
    }
    let run = place.rest().bytes().take_while(|byte| *byte == b'_').count();
    match run {
        0 | 1 => None,
        2 => dunder(place),
        _ => (!is_alone_on_line(place, run)).then(|| place.placeholder(run, Meaning::Other)),
    }
}

fn dunder(place: Place<'_>) -> Option<Placeholder> {
    let content = place.rest().strip_prefix("__")?;
    let len = content
        .as_bytes()
        .windows(2)
        .take(LONGEST)
        .take_while(|two| in_name(two[0]))
        .position(|two| two == b"__")?;
    let name = &content[..len];
    let read = Name::of(name);
    let is_upper = !name.bytes().any(|byte| byte.is_ascii_lowercase());
    let is_free = !place.follows_word() && !starts_with_word(&content[len + 2..]);
    let is_name = starts_with_letter(name) && (is_upper || name.contains('_') || read.is_meaningful());
    (is_free && is_name && !is_tag(read) && !read.has(PROSE)).then(|| place.named(len + 4, name))
}

fn is_alone_on_line(place: Place<'_>, run: usize) -> bool {
    let before = place.line_before().is_some_and(|before| before.trim().is_empty());
    before && is_rest_of_line_blank(&place.rest()[run..])
}

/// `XXX`, `XX/XX/XXXX`, `XXX-XXXXXXX-XXXXXXX`; neither a size nor a number of which a part is hidden.
fn crosses(place: Place<'_>) -> Option<Placeholder> {
    const FEWEST: usize = 3;
    const ORDER_ID: [usize; 3] = [3, 7, 7];
    let is_joint = |byte: u8| matches!(byte, b'-' | b'/' | b'.');
    if place.follows_word() || place.byte_before().is_some_and(|byte| is_joint(byte) || byte == b'_') {
        return None;
    }
    let rest = place.rest();
    let mut len = rest.bytes().take_while(|byte| *byte == b'X' || is_joint(*byte)).count();
    let after = &rest[len..];
    if starts_with_word(after) || after.starts_with('_') {
        return None;
    }
    len = rest[..len].trim_end_matches(|c: char| c != 'X').len();
    let drawn = &rest[..len];
    if drawn.bytes().filter(|byte| *byte == b'X').count() < FEWEST {
        return None;
    }
    let is_order_id = drawn.split('-').map(str::len).eq(ORDER_ID);
    Some(place.placeholder(len, if is_order_id { Meaning::OrderId } else { Meaning::Other }))
}

/// `«Customer_Name»`, `«OrderID»` of a mail merge; these are also quotation marks, so the name must look made up.
fn guillemets(place: Place<'_>) -> Option<Placeholder> {
    let content = place.rest().strip_prefix('«')?;
    let len =
        content.bytes().take(LONGEST).position(|byte| !(byte.is_ascii_alphanumeric() || byte == b'_'))?;
    let name = &content[..len];
    let read = Name::of(name);
    let is_made_up = name.contains('_')
        || read.words > 1
        || read.unknown == 0 && !name.bytes().any(|byte| byte.is_ascii_lowercase());
    let is_closed = content[len..].starts_with('»') && starts_with_letter(name);
    (is_closed && is_made_up && !is_tag(read))
        .then(|| place.named(len + '«'.len_utf8() + '»'.len_utf8(), name))
}
