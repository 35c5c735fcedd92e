use crate::document::{PageName, ReadAs, TreeFormat, tree};
use crate::text::Source;

/// The messages at `emails.*.body` with their subjects, each text with the line it is written in, and what is wrong.
fn messages(yaml: &str) -> Vec<String> {
    let reading = ReadAs {
        bodies: vec!["emails.*.body".parse().unwrap()],
        subject: Some("emails.*.subject".parse().unwrap()),
        ..ReadAs::default()
    };
    let source = Source::new(yaml.as_bytes(), None);
    let mut told = Vec::new();
    for document in tree::read(&source, TreeFormat::Yaml, &reading) {
        let fields = document.pages.iter().filter_map(|page| match &page.name {
            PageName::Field(path) => {
                let line = yaml[..page.text.span(0..1).start()].matches('\n').count() + 1;
                Some(format!("{path} {}:{}", line, page.text.text()))
            }
            _ => None,
        });
        let fields: Vec<String> = fields.collect();
        if !fields.is_empty() {
            told.push(fields.join(" + "));
        }
        let faults = document.metadata.faults.iter();
        told.extend(faults.map(|fault| format!("{} «{}»", fault.message, &yaml[fault.at.clone()])));
    }
    told
}

#[test]
fn an_alias_leads_to_the_text_at_its_anchor() {
    let cases: &[(&str, &[&str])] = &[
        ("base: &b Hi\nemails:\n  x: {body: *b}\n", &["emails.x.body 1:Hi"]),
        ("emails:\n  x: &b {body: Hi}\n  y: *b\n", &["emails.x.body 2:Hi"]),
        ("base: &b {body: Hi}\nemails: {x: *b, y: *b}\n", &["emails.x.body 1:Hi"]),
        ("base: &b {x: {body: Hi}}\nemails: *b\n", &["emails.x.body 1:Hi"]),
        ("base: &b [{body: Hi}]\nemails: *b\n", &["emails[0].body 1:Hi"]),
        ("text: &t Hi\nbase: &b {body: *t}\nemails: [*b]\n", &["emails[0].body 1:Hi"]),
        ("emails:\n  x: {body: Late}\n  y: {body: &b Hi}\n", &["emails.x.body 2:Late", "emails.y.body 3:Hi"]),
        ("key: &k body\nemails: {x: {*k : Hi}}\n", &["emails.x.body 2:Hi"]),
        ("base: &b {? [body] : Hi}\nemails: {*b : {body: Late}}\n", &["emails.?.body 2:Late"]),
        (
            "a: &b Hi\nemails: {x: {body: *b}}\n---\na: &b Ho\nemails: {x: {body: *b}}\n",
            &["emails.x.body 1:Hi", "emails.x.body 4:Ho"],
        ),
        ("base: &b Hi\nemails: {x: {body: &b Late}, y: {body: *b}}\n", &["emails.x.body 2:Late"]),
    ];
    for (yaml, wanted) in cases {
        assert_eq!(messages(yaml), *wanted, "{yaml}");
    }
}

#[test]
fn what_is_taken_in_is_a_key_of_the_mapping_unless_it_has_it_itself() {
    let base = "base: &b {body: Hi, n: 1}\nmore: &m {<<: *b, body: Ho}\n";
    let cases: &[(&str, &[&str])] = &[
        ("{<<: *b}", &["emails.x.body 1:Hi"]),
        ("{<<: *b, n: 2}", &["emails.x.body 1:Hi"]),
        ("{<<: *b, body: Late}", &["emails.x.body 3:Late"]),
        ("{body: Late, <<: *b}", &["emails.x.body 3:Late"]),
        ("{<<: *m}", &["emails.x.body 2:Ho"]),
        ("{<<: [*b, *m]}", &["emails.x.body 1:Hi"]),
        ("{<<: [*m, *b]}", &["emails.x.body 2:Ho"]),
        ("{<<: {body: Ha}}", &["emails.x.body 3:Ha"]),
        ("{<<: [{body: Ha}]}", &["emails.x.body 3:Ha"]),
        ("{<<: {<<: *b}}", &["emails.x.body 1:Hi"]),
        ("{<<: *b, subject: A}", &["emails.x.subject 3:A + emails.x.body 1:Hi"]),
        ("{'<<': *b, body: Late}", &["emails.x.body 3:Late"]),
        ("{<<: no, body: Late}", &["emails.x.body 3:Late"]),
    ];
    for (mapping, wanted) in cases {
        assert_eq!(messages(&format!("{base}emails: {{x: {mapping}}}\n")), *wanted, "{mapping}");
    }
}

#[test]
fn a_text_of_several_messages_is_read_once_with_all_their_subjects() {
    let yaml = "b: &b Hi\ns: &s C\nemails:\n  x: {subject: A, body: *b}\n  y: {subject: B, body: *b}\n  \
                z: {subject: *s, body: *b}\n  w: {subject: *s, body: Ho}\n";
    let wanted = [
        "emails.x.subject 4:A + emails.y.subject 5:B + emails.z.subject 2:C + emails.x.body 1:Hi",
        "emails.w.subject 2:C + emails.w.body 7:Ho",
    ];
    assert_eq!(messages(yaml), wanted);
}

#[test]
fn what_no_alias_can_lead_to_is_told() {
    let cases: &[(&str, &[&str])] = &[
        (
            "emails: &e\n  x: {body: Hi}\n  y: *e\n",
            &["emails.x.body 2:Hi", "`*e` stands for what it is in itself «*e»"],
        ),
        (
            "emails: {x: &e {body: Hi, <<: *e}}\n",
            &["emails.x.body 1:Hi", "`*e` stands for what it is in itself «*e»"],
        ),
        (
            "a: &b Hi\n---\nemails: {x: {body: *b}, y: {body: Ho}}\n",
            &[
                "emails.y.body 3:Ho",
                "`*b` stands for nothing: its anchor is in another document, above a `---` «*b»",
            ],
        ),
        ("b: &b Hi\nemails: {x: {<<: *b}}\n", &["`<<` takes in mappings, and `*b` is none «*b»"]),
        (
            "emails: {x: {body: *b}}\n",
            &["the file is no YAML: while parsing node, found unknown anchor in column 20 «*»"],
        ),
    ];
    for (yaml, wanted) in cases {
        assert_eq!(messages(yaml), *wanted, "{yaml}");
    }
}

#[test]
fn aliases_of_aliases_end() {
    let mut yaml = String::from("a0: &a0 {body: Hi}\n");
    for level in 1..40 {
        let inner = format!("*a{}", level - 1);
        yaml += &format!("a{level}: &a{level} [{inner}, {inner}, {inner}]\n");
    }
    yaml += "deep: [*a39]\n";
    let reading = ReadAs { bodies: vec!["deep.**".parse().unwrap()], ..ReadAs::default() };
    let source = Source::new(yaml.as_bytes(), None);
    let documents: Vec<_> = tree::read(&source, TreeFormat::Yaml, &reading).collect();
    assert_eq!(documents.len(), 2);
    assert_eq!(documents[1].metadata.faults[0].message, "aliases stand for more than 1000000 values in all");
}

#[test]
fn what_is_no_text_is_told_as_in_json() {
    let number =
        ["1", "-1.5", "+4915112345678", "1e9", "1.", ".5", "0o17", "0xfF", ".inf", "-.Inf", ".NaN", "1.5E-3"];
    let truth = ["true", "False", "TRUE"];
    let text = [
        "yes",
        "2026-03-14",
        "1 2",
        "1.2.3",
        "'1'",
        "\"true\"",
        "!!str 1",
        "0x",
        "1e",
        "-",
        ".",
        "tRue",
        "+0x1",
        "0 1",
    ];
    for (scalars, what) in [(&number[..], Some("a number")), (&truth, Some("a truth value")), (&text, None)] {
        for scalar in scalars {
            let told = messages(&format!("emails: {{x: {{body: {scalar}}}, y: {{body: Hi}}}}\n"));
            let is_told = told.iter().any(|told| told.contains("not a text"));
            assert_eq!(is_told, what.is_some(), "{scalar}: {told:?}");
            let wanted = what.map(|what| format!("`emails.x.body` is {what}, not a text «{scalar}»"));
            assert!(wanted.is_none_or(|wanted| told.contains(&wanted)), "{scalar}: {told:?}");
        }
    }
    assert_eq!(messages("emails: {x: {body: ~}, y: {body: Hi}}\n"), ["emails.y.body 1:Hi"]);
    let told = messages("emails: {x: {subject: 5, body: Hi}}\n");
    assert_eq!(told, ["emails.x.body 1:Hi", "`emails.x.subject` is a number, not a text «5»"]);
}
