use crate::document::{Given, MetadataFaultKind};

use super::*;

/// What was read, one thing after the other: `key value «bytes it stands at»`, faults, and the text below.
fn shown(text: &str) -> String {
    let front = read(text);
    let metadata = &front.metadata;
    let mut out = Vec::new();
    if let Some(subject) = &front.subject {
        let span = subject.span(0..subject.text().len());
        out.push(format!("subject {} «{}»", subject.text(), &text[span.range()]));
    }
    show(&mut out, text, "kind", metadata.kind.as_ref());
    show(&mut out, text, "language", metadata.language.as_ref());
    show(&mut out, text, "marketplace", metadata.marketplace.as_ref());
    show(&mut out, text, "final", metadata.is_final.as_ref());
    show(&mut out, text, "order_id", metadata.order_id.as_ref());
    show(&mut out, text, "order_completed", metadata.order_completed.as_ref());
    show(&mut out, text, "send_date", metadata.send_date.as_ref());
    show(&mut out, text, "received", metadata.received.as_ref());
    show(&mut out, text, "buyer_opted_out", metadata.buyer_opted_out.as_ref());
    for name in &metadata.attachments {
        show(&mut out, text, "attachment", Some(name));
    }
    for fault in &metadata.faults {
        let what = if fault.what == MetadataFaultKind::UnknownKey { "unknown" } else { "unreadable" };
        out.push(format!("{what} «{}»", &text[fault.at.clone()]));
    }
    out.push(format!("below {:?}", &text[front.end..]));
    out.join("; ")
}

fn show<T: std::fmt::Display>(out: &mut Vec<String>, text: &str, key: &str, given: Option<&Given<T>>) {
    out.extend(given.map(|given| format!("{key} {} «{}»", given.value, &text[given.at.clone()])));
}

fn assert_shown(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(shown(text), *expected, "{text}");
        if !text.contains('\r') {
            let windows = text.replace('\n', "\r\n");
            let expected = expected.replace("\\n", "\\r\\n");
            assert_eq!(shown(&windows).replace('\r', ""), expected.replace('\r', ""), "{windows:?}");
        }
    }
}

#[test]
fn toml_is_read() {
    assert_shown(&[
        ("+++\nkind = \"reply\"\n+++\nHi", "kind reply «reply»; below \"Hi\""),
        ("+++\nsubject = 'Your order'\n+++\n", "subject Your order «Your order»; below \"\""),
        ("+++\nsubject = \"a \\\"b\\\" é\"\n+++", "subject a \"b\" é «a \\\"b\\\" é»; below \"\""),
        ("+++\nsubject = \"\"\"\na\\x21\"\"\"\n+++\nx", "subject a! «\na\\x21»; below \"x\""),
        (
            "+++\nlanguage = \"de-AT\" # buyer\nmarketplace = \"gb\"\nfinal = true\nbuyer_opted_out = false\n+++\nx",
            "language de-AT «de-AT»; marketplace UK «gb»; final true «true»; buyer_opted_out false «false»; below \"x\"",
        ),
        (
            "+++\norder_completed = 2026-10-23\nsend_date = 2026-11-22T10:00:00Z\nreceived = \"2026-11-21 09:00\"\n+++\n",
            "order_completed 2026-10-23 «2026-10-23»; send_date 2026-11-22T10:00:00Z «2026-11-22T10:00:00Z»; \
             received 2026-11-21T09:00 «2026-11-21 09:00»; below \"\"",
        ),
        (
            "+++\norder_id = \"114-5556677-8899001\"\nattachments = [\"a.pdf\", 'b.jpg']\n+++\n",
            "order_id 114-5556677-8899001 «114-5556677-8899001»; attachment a.pdf «a.pdf»; attachment b.jpg «b.jpg»; below \"\"",
        ),
        ("+++\n+++\nHi", "below \"Hi\""),
    ]);
}

#[test]
fn keyed_lines_are_read() {
    assert_shown(&[
        ("---\nkind: reply\n---\nHi", "kind reply «reply»; below \"Hi\""),
        ("---\nsubject: Order 1: late # soon\n---\n", "subject Order 1: late «Order 1: late»; below \"\""),
        (
            "---\nsubject: [Important] Your order\n---\n",
            "subject [Important] Your order «[Important] Your order»; below \"\"",
        ),
        (
            "---\nsubject: \"a \\\"b\\\" \\u00e9\" # c\n---\n",
            "subject a \"b\" é «a \\\"b\\\" \\u00e9»; below \"\"",
        ),
        ("---\nsubject: 'it''s'\n---\n", "subject it's «it''s»; below \"\""),
        ("---\nsubject:\nkind: reply\n---\n", "kind reply «reply»; below \"\""),
        (
            "---\n# a draft\n\nOrder-ID: 114-5556677-8899001\nFINAL: true\n---\nx",
            "final true «true»; order_id 114-5556677-8899001 «114-5556677-8899001»; below \"x\"",
        ),
        (
            "---\nattachments: [a.pdf, \"b, c.pdf\"] # two\n---\n",
            "attachment a.pdf «a.pdf»; attachment b, c.pdf «b, c.pdf»; below \"\"",
        ),
        (
            "---\nattachments:\n  - a.pdf\n  - 'b.pdf'\nkind: reply\n---\n",
            "kind reply «reply»; attachment a.pdf «a.pdf»; attachment b.pdf «b.pdf»; below \"\"",
        ),
        ("---\nattachments: a.pdf\n---\n", "attachment a.pdf «a.pdf»; below \"\""),
        ("---\nkind: reply\nkind: critical\n---\n", "kind reply «reply»; unreadable «kind»; below \"\""),
        ("---\rkind: reply\r---\rHi", "kind reply «reply»; below \"Hi\""),
    ]);
}

#[test]
fn what_cannot_be_used_is_told_with_its_place() {
    assert_shown(&[
        ("+++\nknid = \"reply\"\n+++\n", "unknown «knid»; below \"\""),
        ("+++\nkind = \"replay\"\n+++\n", "unreadable «replay»; below \"\""),
        ("+++\nkind = 3\nsubject = 4\n+++\n", "unreadable «3»; unreadable «4»; below \"\""),
        (
            "+++\nmarketplace = \"XX\"\nlanguage = \"german!\"\n+++\n",
            "unreadable «XX»; unreadable «german!»; below \"\"",
        ),
        ("+++\nsend_date = 10:00:00\n+++\n", "unreadable «10:00:00»; below \"\""),
        ("+++\nattachments = [1, \"a.pdf\"]\n+++\n", "attachment a.pdf «a.pdf»; unreadable «1»; below \"\""),
        ("+++\n[kind]\nx = 1\n+++\n", "unreadable «[kind]»; below \"\""),
        (
            "---\nfinal: yes\nsend_date: 22.11.2026\nkind: reply\n---\n",
            "kind reply «reply»; unreadable «yes»; unreadable «22.11.2026»; below \"\"",
        ),
        ("---\nkind: reply\nfrom: Jane\n---\n", "kind reply «reply»; unknown «from»; below \"\""),
    ]);
}

#[test]
fn a_value_may_go_on_in_lines_that_are_set_in() {
    assert_shown(&[
        (
            "---\nfinal: true\nsubject: >-\n  A late\n  order\n---\nHi",
            "subject A late order «A late\n  order»; final true «true»; below \"Hi\"",
        ),
        ("---\nsubject: A late\n  order # c\n---\n", "subject A late order «A late\n  order»; below \"\""),
        (
            "---\nsubject:\n  A late\n  # c\n  order\n---\n",
            "subject A late order «A late\n  # c\n  order»; below \"\"",
        ),
        (
            "---\nkind: |\n  reply\n\n# c\nfinal: true\n---\n",
            "kind reply «reply»; final true «true»; below \"\"",
        ),
        (
            "---\nattachments: | # two\n  a.pdf\n\n  b, c.pdf\n---\n",
            "attachment a.pdf «a.pdf»; attachment b, c.pdf «b, c.pdf»; below \"\"",
        ),
        (
            "---\nattachments:\n  a.pdf\n  'b.pdf'\nkind: reply\n---\n",
            "kind reply «reply»; attachment a.pdf «a.pdf»; attachment b.pdf «b.pdf»; below \"\"",
        ),
        ("---\n  kind: reply\n  final: true\n---\n", "kind reply «reply»; final true «true»; below \"\""),
        ("---\nmeta:\n  a: b\nkind: reply\n---\n", "kind reply «reply»; unknown «meta»; below \"\""),
    ]);
}

#[test]
fn what_is_no_front_matter_between_known_keys_is_told_and_the_rest_used() {
    assert_shown(&[
        (
            "---\nkind: reply\nnot a pair\nfinal: true\n---\nHi",
            "kind reply «reply»; final true «true»; unreadable «not a pair»; below \"Hi\"",
        ),
        ("---\na word\nkind: reply\n---\nHi", "kind reply «reply»; unreadable «a word»; below \"Hi\""),
        ("---\n- a\nkind: reply\n---\nHi", "kind reply «reply»; unreadable «- a»; below \"Hi\""),
        (
            "---\nkind: reply\n  final: true\n---\nHi",
            "kind reply «reply»; unreadable «final: true»; below \"Hi\"",
        ),
        ("---\nkind: \"reply\" and more\n---\nHi", "unreadable «\"reply\" and more»; below \"Hi\""),
        ("---\nkind: \"reply\nfinal: true\n---\nHi", "final true «true»; unreadable «\"reply»; below \"Hi\""),
        ("---\nto: [a,\n  b]\nfinal: true\n---\nHi", "final true «true»; unreadable «[a,»; below \"Hi\""),
        ("---\nkind = reply\n---\nHi", "unreadable «kind = reply»; below \"Hi\""),
        ("---\nkind:reply\n---\nHi", "kind reply «reply»; below \"Hi\""),
        ("--- \nkind: reply\n---  \nHi", "kind reply «reply»; below \"Hi\""),
        ("\n\n---\nkind: reply\n---\nHi", "kind reply «reply»; below \"Hi\""),
        ("\n+++\nkind = 'reply'\n+++\nHi", "kind reply «reply»; below \"Hi\""),
    ]);
    assert_eq!(read("+++\nkind: reply\n+++\nHi").metadata.faults.len(), 1);
}

#[test]
fn front_matter_without_its_end_is_told_and_ends_where_it_looks_like_none() {
    assert_shown(&[
        ("---\nkind: reply\nHi", "kind reply «reply»; unreadable «---»; below \"Hi\""),
        ("---\nkind: reply\n\nHi\n", "kind reply «reply»; unreadable «---»; below \"\\nHi\\n\""),
        (
            "---\nkind: reply\n\nHi,\nyou\n---\nAcme",
            "kind reply «reply»; unreadable «---»; below \"\\nHi,\\nyou\\n---\\nAcme\"",
        ),
        ("---\nkind: reply", "kind reply «reply»; unreadable «---»; below \"\""),
        ("+++\nkind = 'reply'\nHi", "kind reply «reply»; unreadable «+++»; below \"Hi\""),
        ("+++\nkind = 'reply'\n---\nHi", "kind reply «reply»; unreadable «+++»; below \"Hi\""),
    ]);
}

#[test]
fn toml_with_a_mistake_is_still_front_matter() {
    let text = "+++\nkind = \"reply\"\nsend_date = 2026-13-45\n+++\nHi";
    let front = read(text);
    assert_eq!(front.metadata.kind.map(|kind| kind.value.name()), Some("reply"));
    assert_eq!(front.metadata.send_date, None);
    assert_eq!(front.metadata.faults.len(), 1, "{:?}", front.metadata.faults);
    assert!(text[front.metadata.faults[0].at.clone()].contains("13"), "{:?}", front.metadata.faults);
    assert_eq!(&text[front.end..], "Hi");
}

#[test]
fn messages_say_what_would_be_right() {
    let message = |text: &str| read(text).metadata.faults.remove(0).message;
    assert_eq!(message("+++\nknid = 1\n+++\n"), "unknown key `knid`: did you mean `kind`");
    assert!(
        message("+++\ncolour = 1\n+++\n").starts_with("unknown key `colour`: known keys are subject, kind")
    );
    assert_eq!(
        message("+++\nkind = \"replay\"\n+++\n"),
        "`replay` cannot be read here: write `proactive`, `reply` or `critical`"
    );
    assert_eq!(
        message("+++\nsend_date = \"soon\"\n+++\n"),
        "`soon` cannot be read here: write a date such as `2026-11-22` or `2026-11-22T10:00+01:00`"
    );
}

#[test]
fn everything_else_is_body() {
    for text in [
        "",
        "+++",
        "---",
        "---\n",
        "---\n---\nHi",
        "---\nHello, this is a draft.\n---\nBye",
        "---\nNote: we are closed.\n---\nBye",
        "---\nHello Jane,\n\nkind: reply\n---\nBye",
        "---\nHello Jane,\nyour parcel went\nto: Berlin\n---\nBye",
        "---\nknid: reply\nnot a pair\n---\nHi",
        "---\nknid: reply\nHi",
        "\n\n---\nHello\n",
        "----\nkind: reply\n----\nHi",
        "+++\nHello\n+++\nBye",
        "+++\nHello = \n+++\nBye",
        "Hi\n---\nkind: reply\n---\n",
    ] {
        assert_eq!(read(text).end, 0, "{text:?}");
        assert_eq!(shown(text), format!("below {text:?}"));
    }
}
