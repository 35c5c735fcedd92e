//! What lies on the desk: completions, manual pages, schemas, the first configuration, and drafts to begin with.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use jsonschema::Validator;
use sellerlint::config::Config;
use sellerlint::document::ReadAs;
use sellerlint::finding::Profile;
use sellerlint::lint::{Linter, Settings};
use sellerlint::rule::builtin;
use sellerlint::rule::drafts::{Dialect, templates};
use sellerlint::rule::pack::{Pack, PackFile};
use sellerlint::schema;
use serde_json::{Value, json};

fn sellerlint(args: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_sellerlint")).args(args).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{args:?}");
    output
}

fn printed(args: &[&str]) -> String {
    String::from_utf8(sellerlint(args).stdout).unwrap()
}

/// What a program says, or nothing where it is not installed.
fn ask(program: &str, args: &[&str]) -> Option<Output> {
    match Command::new(program).args(args).output() {
        Ok(output) => Some(output),
        Err(_) => {
            eprintln!("skipped: {program} is not installed here");
            None
        }
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.as_slice(), &output.stderr].concat()).into_owned()
}

// Completions.

fn completions(shell: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("completions");
    fs::write(&file, printed(&["completions", shell])).unwrap();
    let file = file.to_str().unwrap().to_owned();
    (folder, file)
}

#[test]
fn bash_loads_the_completions_and_offers_commands_and_values() {
    let (_folder, file) = completions("bash");
    let script = |typed: &str, last: &str| {
        let before = typed.rsplit(' ').nth(1).unwrap();
        format!(
            "source '{file}' && complete -p sellerlint && COMP_WORDS=({typed}) && COMP_CWORD={} && \
             _sellerlint sellerlint '{last}' '{before}' && printf '%s ' \"${{COMPREPLY[@]}}\"",
            typed.split(' ').count() - 1
        )
    };
    for (typed, last, offered) in [
        ("sellerlint compl", "compl", "completions"),
        ("sellerlint --stat", "--stat", "--statistics"),
        ("sellerlint completions z", "z", "zsh"),
        ("sellerlint new --placeholders am", "am", "amazon"),
        ("sellerlint new out", "out", "out-of-stock"),
        ("sellerlint explain review-g", "review-g", "review-gating"),
        ("sellerlint check --rule emo", "emo", "emoji"),
        ("sellerlint --ignore emo", "emo", "emoji"),
        ("sellerlint baseline --rule emo", "emo", "emoji"),
        ("sellerlint check --channel em", "em", "email"),
        ("sellerlint schema con", "con", "config"),
    ] {
        let Some(output) = ask("bash", &["-c", &script(typed, last)]) else { return };
        let told = said(&output);
        assert!(told.contains("-F _sellerlint sellerlint") && output.stderr.is_empty(), "{told}");
        let replies = told.lines().last().unwrap();
        assert!(replies.split_whitespace().any(|word| word == offered), "{typed}: {told}");
    }
}

#[test]
fn zsh_loads_the_completions() {
    let (_folder, file) = completions("zsh");
    let script = format!(
        "autoload -Uz compinit && compinit -u -D && source '{file}' && print -r -- \"<$_comps[sellerlint]>\" && \
         whence -w _sellerlint _sellerlint__subcmd__new_commands _sellerlint_commands | cut -d' ' -f2"
    );
    let Some(output) = ask("zsh", &["-fc", &script]) else { return };
    let told = said(&output);
    assert!(told.contains("<_sellerlint>") && told.contains("function"), "{told}");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn the_other_shells_get_something_too() {
    for shell in ["fish", "powershell", "elvish"] {
        let script = printed(&["completions", shell]);
        for word in ["sellerlint", "statistics"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    // These know the values of options; elvish and PowerShell are given none.
    for (shell, word) in [("fish", "review-gating"), ("zsh", "review-gating"), ("zsh", "out-of-stock")] {
        assert!(printed(&["completions", shell]).contains(word), "{shell}: {word}");
    }
}

// Manual pages.

fn pages() -> (tempfile::TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("share/man1");
    sellerlint(&["man", inner.to_str().unwrap()]);
    let mut files: Vec<PathBuf> = fs::read_dir(inner).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    (folder, files)
}

#[test]
fn every_command_has_a_page_that_man_reads_without_a_warning() {
    let (_folder, files) = pages();
    let names: Vec<String> =
        files.iter().map(|file| file.file_name().unwrap().to_string_lossy().into_owned()).collect();
    for name in ["sellerlint.1", "sellerlint-check.1", "sellerlint-new.1", "sellerlint-man.1"] {
        assert!(names.contains(&name.to_owned()), "{names:?}");
    }
    assert!(names.len() >= 11 && !names.iter().any(|name| name.contains("help")), "{names:?}");
    for file in &files {
        let file = file.to_str().unwrap();
        if let Some(output) = ask("man", &["--warnings", "-E", "UTF-8", "-l", file]) {
            let told = String::from_utf8_lossy(&output.stdout);
            assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{file}");
            assert!(told.contains("EXAMPLES"), "{told}");
        }
        if let Some(output) = ask("mandoc", &["-T", "lint", "-W", "error", file]) {
            assert_eq!(said(&output), "", "{file}");
        }
    }
}

#[test]
fn the_main_page_is_printed_and_its_examples_keep_their_lines() {
    let page = printed(&["man"]);
    assert!(page.contains(".SH EXAMPLES\n.nf\n  sellerlint draft.txt "), "{page}");
    assert!(page.contains(r"sellerlint\-new(1)"), "{page}");
}

// Schemas.

fn validator(schema: &Value) -> Validator {
    assert!(jsonschema::meta::is_valid(schema));
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    jsonschema::validator_for(schema).unwrap()
}

/// TOML as a schema sees it: a date is a text.
fn as_json(value: &toml::Value) -> Value {
    match value {
        toml::Value::Datetime(date) => json!(date.to_string()),
        toml::Value::Array(values) => values.iter().map(as_json).collect(),
        toml::Value::Table(table) => {
            Value::Object(table.iter().map(|(key, value)| (key.clone(), as_json(value))).collect())
        }
        other => serde_json::to_value(other).unwrap(),
    }
}

fn parsed(text: &str) -> Value {
    as_json(&toml::Value::Table(toml::from_str(text).unwrap()))
}

fn errors(validator: &Validator, value: &Value) -> Vec<String> {
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn files_below(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .collect();
    files.sort();
    files
}

#[test]
fn what_is_printed_is_the_schema() {
    for (of, schema) in [
        ("config", schema::config()),
        ("pack", schema::pack()),
        ("json", schema::json()),
        ("jsonl", schema::jsonl()),
    ] {
        assert_eq!(serde_json::from_str::<Value>(&printed(&["schema", of])).unwrap(), schema, "{of}");
        validator(&schema);
    }
}

#[test]
fn every_configuration_that_can_be_read_fits_the_schema() {
    let validator = validator(&schema::config());
    let mut count = 0;
    for file in files_below("tests", "sellerlint.toml") {
        let text = fs::read_to_string(&file).unwrap();
        if Config::parse("sellerlint.toml", &text).is_ok() {
            assert_eq!(errors(&validator, &parsed(&text)), [""; 0], "{}", file.display());
            count += 1;
        }
    }
    assert!(count >= 20, "{count}");
}

/// What a schema can say of a value, it says: what we refuse to read is refused by an editor too.
#[test]
fn what_the_reader_refuses_the_schema_refuses() {
    let validator = validator(&schema::config());
    let in_tables = [
        ("", &["marketplace = 'XX'", "marketplace = ''", "language = 'german'", "language = ''"][..]),
        ("", &["allowed-hosts = ['https://a.example/x']", "allowed-hosts = ['']", "allowed-hosts = ['.']"]),
        ("", &["allowed-hosts = ['*.a.example']", "allowed-hosts = ['me@a.example']", "max-findings = 0"]),
        ("", &["include = ['']", "include = ['.']", "exclude = ['./']", "exclude = ['/']"]),
        ("", &["required-version = ''", "required-version = 'new'", "required-version = '>='"]),
        ("", &["policy-date = 2026-11-22T10:00:00", "policy-date = 10:00:00", "policy-date = 'soon'"]),
        ("[limits]", &["body-width = -1", "body-width = 5000000000", "font-sizes = 1.5"]),
        ("[rules]", &["emoji = 'fatal'", "emoji = true"]),
        ("[[override]]", &["kind = 'reply'", "files = []", "files = ['']", "files = ['a']\nlanguage = 'xx'"]),
        ("[[allow]]\nreason = 'x'", &["rule = '*'", "rule = ' all '", "text = 'x'"]),
        ("[[allow]]\nrule = 'emoji'", &["reason = ''", "reason = ' '", "text = 'x'"]),
        ("[[allow]]\nrule = 'emoji'\nreason = 'x'", &["files = []", "files = ['.']", "text = ' '"]),
        ("[[allow]]\nrule = 'emoji'\nreason = 'x'", &["until = 10:00:00", "until = 2027-01-01T10:00:00"]),
        ("[formats]", &["'' = 'txt'", "'*.x' = 'htlm'", "'*.x' = 'json'", "'*.x' = { body = 'b' }"]),
        ("[formats]", &["'*.x' = { format = 'yaml' }", "'*.x' = { format = 'yaml', fields = [] }"]),
        (
            "[formats]",
            &["'*.x' = { format = 'yaml', fields = ['.a'] }", "'*.x' = { format = 'txt', body = 'b' }"],
        ),
        (
            "[formats]",
            &["'*.x' = { format = 'csv', fields = ['b'] }", "'*.x' = { format = 'md', subject = 'b' }"],
        ),
        (
            "[formats]",
            &["'*.x' = { format = 'csv', delimiter = 'ab' }", "'*.x' = { format = 'csv', delimiter = 'é' }"],
        ),
        (
            "[formats]",
            &["'*.x' = { format = 'jsonl', delimiter = ';' }", "'*.x' = { format = 'html', cells = 'txt' }"],
        ),
        ("[formats]", &["'*.x' = { format = 'csv', cells = 'rtf' }"]),
    ];
    for (table, lines) in in_tables {
        for line in lines {
            let text = format!("{table}\n{line}\n");
            assert!(Config::parse("sellerlint.toml", &text).is_err(), "{text}");
            assert!(!validator.is_valid(&parsed(&text)), "{text}");
        }
    }
}

/// And nothing else: each of these is an odd way to write what can be read.
#[test]
fn what_can_be_read_fits_the_schema_however_it_is_written() {
    let validator = validator(&schema::config());
    for line in [
        "marketplace = 'uk'",
        "marketplace = 'De'",
        "language = 'PT_br'",
        "language = 'zh-Hans-CN'",
        "allowed-hosts = ['Help.Example.COM.', 'bücher.example', 'a_b-c']",
        "include = ['./a', '/a', 'a/', '**', '.a', '..', '/.']",
        "required-version = '*'",
        "required-version = '>=0.1, <2'",
        "required-version = '^0.1.0'",
        "required-version = ' = 0.1.x '",
        "max-findings = 1",
        "limits.body-width = 0",
        "[formats]\n'*.x' = { format = 'tsv', delimiter = 'tab', body = 'b', subject = 's', cells = 'auto' }",
        "[formats]\n'*.x' = { format = 'csv', delimiter = ' ' }",
        "[formats]\n'*.x' = { format = 'json', fields = ['[].a', '**'], subject = 's', cells = 'md' }",
        "[[allow]]\nrule = 'emoji'\nreason = 'x'\nuntil = 2027-01-01",
    ] {
        assert!(Config::parse("sellerlint.toml", line).is_ok(), "{line}");
        assert_eq!(errors(&validator, &parsed(line)), [""; 0], "{line}");
    }
}

#[test]
fn the_configuration_of_the_readme_fits_the_schema() {
    let readme = fs::read_to_string("README.md").unwrap();
    let block = readme.split("```toml\n").find(|block| block.starts_with("profile")).unwrap();
    let text = block.split("```").next().unwrap();
    assert_eq!(errors(&validator(&schema::config()), &parsed(text)), [""; 0]);
}

/// The schema and serde know the same keys: each key of a file that has all of them is refused by both if misspelt.
#[test]
fn a_misspelt_key_of_the_configuration_is_refused_by_the_schema_as_by_us() {
    let validator = validator(&schema::config());
    let whole = uncommented(&schema::starter(&schema::Seen::default()));
    let lines: Vec<&str> = whole.lines().collect();
    let mut count = 0;
    for (at, line) in lines.iter().enumerate() {
        let Some((key, rest)) = line.split_once(" = ").filter(|(key, _)| !key.starts_with(['#', '"'])) else {
            continue;
        };
        if key == "shouting-and-punctuation" {
            continue;
        }
        let mut changed = lines.clone();
        let wrong = format!("{key}x = {rest}");
        changed[at] = &wrong;
        let text = changed.join("\n");
        assert!(Config::parse("sellerlint.toml", &text).is_err(), "{wrong}");
        assert!(!validator.is_valid(&parsed(&text)), "{wrong}");
        count += 1;
    }
    assert!(count > 20, "{count}");
}

#[test]
fn every_file_of_a_pack_fits_the_schema() {
    let validator = validator(&schema::pack());
    let files = [files_below("rules", ".toml"), files_below("examples/own_pack", ".toml")].concat();
    let packs: Vec<PathBuf> = files.into_iter().filter(|file| !file.starts_with("rules/detectors")).collect();
    assert!(packs.len() > 100, "{}", packs.len());
    for file in packs {
        let value = parsed(&fs::read_to_string(&file).unwrap());
        assert_eq!(errors(&validator, &value), [""; 0], "{}", file.display());
    }
}

#[test]
fn a_misspelt_key_of_a_rule_is_refused_by_the_schema_as_by_us() {
    let validator = validator(&schema::pack());
    let mut keys = BTreeSet::new();
    for file in files_below("rules/amazon", ".toml") {
        let text = fs::read_to_string(&file).unwrap();
        let all: Vec<&str> = text.lines().collect();
        for (at, line) in all.iter().enumerate() {
            let key = line.split(['=', ' ']).next().unwrap();
            let is_key = line.contains(" = ")
                && !key.is_empty()
                && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
            if !is_key || !keys.insert(key.to_owned()) {
                continue;
            }
            let mut changed = all.clone();
            let wrong = format!("{key}x{}", &line[key.len()..]);
            changed[at] = &wrong;
            let text = changed.join("\n");
            let Ok(table) = toml::from_str::<toml::Table>(&text) else { continue };
            let path = file.to_string_lossy().into_owned();
            let is_read = Pack::read(vec![PackFile { path, text }], "amazon").is_ok();
            assert_eq!(validator.is_valid(&as_json(&toml::Value::Table(table))), is_read, "{wrong}");
        }
    }
    assert!(keys.len() > 40, "{keys:?}");
}

#[test]
fn the_schemas_explain_every_key() {
    for schema in [schema::config(), schema::pack(), schema::json(), schema::jsonl()] {
        let mut objects = vec![&schema];
        while let Some(object) = objects.pop() {
            if let (Some("object"), Some(properties)) =
                (object["type"].as_str(), object["properties"].as_object())
            {
                for (key, property) in properties {
                    assert!(property["description"].as_str().is_some_and(|text| text.len() > 3), "{key}");
                }
            }
            match object {
                Value::Object(inner) => objects.extend(inner.values()),
                Value::Array(inner) => objects.extend(inner),
                _ => {}
            }
        }
    }
}

/// The schema as one that allows no other keys: what is promised to readers is less than what we hold ourselves to.
fn strict(schema: &Value) -> Value {
    match schema {
        Value::Object(object) => {
            let mut closed: serde_json::Map<String, Value> =
                object.iter().map(|(key, value)| (key.clone(), strict(value))).collect();
            if object.contains_key("required") {
                closed.insert("additionalProperties".into(), json!(false));
            }
            Value::Object(closed)
        }
        Value::Array(values) => values.iter().map(strict).collect(),
        other => other.clone(),
    }
}

#[test]
fn real_output_fits_the_schemas_to_the_key() {
    let args = ["--isolated", "--profile", "strict", "examples/messages", "--output-format"];
    let whole: Value = serde_json::from_str(&printed(&[&args[..], &["json"]].concat())).unwrap();
    assert!(whole["files"].as_array().unwrap().len() > 100);
    assert_eq!(errors(&validator(&strict(&schema::json())), &whole), [""; 0]);
    let lines = printed(&[&args[..], &["jsonl"]].concat());
    let of_line = validator(&strict(&schema::jsonl()));
    assert!(lines.lines().count() > 100);
    for line in lines.lines() {
        assert_eq!(errors(&of_line, &serde_json::from_str(line).unwrap()), [""; 0], "{line}");
    }
}

#[test]
fn what_was_accepted_fits_the_schema_too() {
    let folder = tempfile::tempdir().unwrap();
    let allow =
        "select = [\"emoji\"]\nallow = [{ rule = \"emoji\", reason = \"it is the name of the product\" }]\n";
    fs::write(folder.path().join("sellerlint.toml"), allow).unwrap();
    fs::write(folder.path().join("draft.txt"), "Hello \u{1F600}\n").unwrap();
    let draft = folder.path().join("draft.txt");
    let text = printed(&[draft.to_str().unwrap(), "--output-format", "json"]);
    let whole: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(whole["files"][0]["messages"][0]["suppressed"][0]["suppression"]["by"], "configuration");
    assert_eq!(errors(&validator(&strict(&schema::json())), &whole), [""; 0]);
}

#[test]
fn output_with_a_wrong_value_does_not_fit() {
    let validator = validator(&schema::json());
    let mut whole: Value = serde_json::from_str(&printed(&[
        "--isolated",
        "examples/messages/prohibited/emoji.txt",
        "--output-format",
        "json",
    ]))
    .unwrap();
    assert!(validator.is_valid(&whole));
    let severity = &mut whole["files"][0]["messages"][0]["findings"][0]["severity"];
    assert!(severity.is_string());
    *severity = json!("fatal");
    assert!(!validator.is_valid(&whole));
}

// The first configuration.

/// The file with every setting uncommented, of two for one key the first.
fn uncommented(text: &str) -> String {
    let mut seen = BTreeSet::new();
    let is_new = |line: &&str| match line.split_once(" = ") {
        Some((key, _)) if !line.starts_with("# ") => seen.insert(key.trim_start_matches('#').to_owned()),
        _ => true,
    };
    let uncomment = |line: &str| match line.strip_prefix('#') {
        Some(setting) if !setting.starts_with(' ') => setting.to_owned(),
        _ => line.to_owned(),
    };
    text.lines().filter(is_new).map(uncomment).collect::<Vec<_>>().join("\n")
}

/// A folder of templates in two languages.
fn templates_folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("en/delay.txt", "Hello"),
        ("de/delay.txt", "Hallo"),
        ("de-AT/delay.liquid", "<p>Hallo {{ buyer_name }}</p>"),
        ("mails.fr.json", "{}"),
        ("export.csv", "id,body\n"),
        ("notes.docx", "no draft"),
        (".hidden/it/x.txt", "not looked at"),
    ] {
        let file = folder.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    folder
}

#[test]
fn the_first_configuration_is_written_once_and_can_be_read() {
    let folder = templates_folder();
    let path = folder.path().to_str().unwrap();
    let shown = printed(&["init", "--print", path]);
    assert!(!folder.path().join("sellerlint.toml").exists());
    sellerlint(&["init", path]);
    let file = folder.path().join("sellerlint.toml");
    assert_eq!(fs::read_to_string(&file).unwrap(), shown);

    fs::write(&file, "profile = \"strict\"\n").unwrap();
    let again = Command::new(env!("CARGO_BIN_EXE_sellerlint")).args(["init", path]).output().unwrap();
    assert_eq!((again.status.code(), again.stdout.len()), (Some(2), 0));
    assert!(
        said(&again).contains("is there already") && said(&again).contains("--print"),
        "{}",
        said(&again)
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), "profile = \"strict\"\n");
}

#[test]
fn the_first_configuration_knows_what_lies_in_the_folder() {
    let folder = templates_folder();
    let shown = printed(&["init", "--print", folder.path().to_str().unwrap()]);
    for line in [
        "# Found here: 1 .csv, 1 .json, 1 .liquid, 2 .txt.",
        "\"*.liquid\" = \"html\"",
        "#marketplace = \"AT\"",
        "#override = [{ files = [\"de/**\"], language = \"de\" }, { files = [\"en/**\"], language = \"en\" }, \
         { files = [\"**/*.fr.json\"], language = \"fr\" }]",
    ] {
        assert!(shown.lines().any(|shown| shown == line), "{line}\n{shown}");
        let key = line.split_once(" = ").map_or(line, |(key, _)| key);
        let times = shown.lines().filter(|line| line.starts_with(&format!("{key} = "))).count();
        assert!(times == 1 || key == line, "{key}: {shown}");
    }
}

#[test]
fn every_setting_of_the_first_configuration_can_be_uncommented() {
    let folder = templates_folder();
    let validator = validator(&schema::config());
    for text in [
        schema::starter(&schema::Seen::default()),
        printed(&["init", "--print", folder.path().to_str().unwrap()]),
    ] {
        let read = |text: &str| Config::parse("sellerlint.toml", text).map(|_| ());
        assert_eq!(read(&text), Ok(()));
        assert_eq!(read(&uncommented(&text)), Ok(()));
        assert_eq!(errors(&validator, &parsed(&uncommented(&text))), [""; 0]);
        let settings = text.lines().filter(|line| line.starts_with('#') && !line.starts_with("# "));
        assert!(settings.clone().count() > 20);
        for setting in settings {
            let one = text.replacen(&format!("\n{setting}\n"), &format!("\n{}\n", &setting[1..]), 1);
            assert!(one != text && read(&one) == Ok(()), "{setting}");
        }
    }
}

#[test]
fn the_first_configuration_has_every_key() {
    let whole = parsed(&uncommented(&schema::starter(&schema::Seen::default())));
    let schema = schema::config();
    for key in schema["properties"].as_object().unwrap().keys() {
        assert!(!whole[key].is_null(), "`{key}` is missing in src/schema/starter.rs");
    }
    for key in schema["$defs"]["Limits"]["properties"].as_object().unwrap().keys() {
        assert!(!whole["limits"][key].is_null(), "`{key}` is missing in src/schema/starter.rs");
    }
}

#[test]
fn the_rules_that_the_first_configuration_names_exist() {
    let text = uncommented(&schema::starter(&schema::Seen::default()));
    let config = Config::parse("sellerlint.toml", &text).unwrap();
    let rules = builtin::rules();
    let known: Vec<&str> = rules.rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(config.unknown_rules(&known), []);
    assert_eq!(config.unknown_channels(&rules), []);
}

// Drafts.

#[test]
fn no_draft_has_a_finding_in_any_profile_and_any_dialect() {
    let linter = Linter::new(builtin::rules());
    let mut count = 0;
    let mut wrong = Vec::new();
    for template in templates() {
        for dialect in Dialect::ALL {
            let draft = template.draft(*dialect);
            assert!(!draft.contains("topic:"), "{draft}");
            for profile in Profile::ALL {
                let settings = Settings { profile: *profile, ..Settings::default() };
                let report = linter.lint("draft.txt", draft.as_bytes(), &ReadAs::default(), &settings);
                let [message] = report.messages.as_slice() else { panic!("{report:?}") };
                let said = format!("\nkind: {}\n", message.kind.name());
                assert!(draft.contains(&said), "{}: {said}", template.topic);
                wrong.extend(message.findings.iter().map(|finding| {
                    format!(
                        "{} {} {profile:?} {}: {}: {}",
                        template.topic,
                        dialect.name(),
                        finding.severity.name(),
                        finding.rule.as_str(),
                        finding.message
                    )
                }));
                count += 1;
            }
        }
    }
    assert!(wrong.is_empty(), "{} {wrong:#?}", wrong.len());
    assert!(count > 12 * Dialect::ALL.len() * Profile::ALL.len());
}

/// What is to be filled in is seen in every dialect, so that a draft that is not filled in is no final message.
#[test]
fn every_hole_of_a_draft_is_one_in_every_dialect() {
    let linter = Linter::new(builtin::rules());
    let settings = Settings { is_final: true, ..Settings::default() };
    for template in templates() {
        let first = template.draft(Dialect::DoubleBraces);
        let holes = first.matches("{{").count();
        assert!(holes >= 3, "{first}");
        for dialect in Dialect::ALL {
            let draft = template.draft(*dialect);
            let report = linter.lint("draft.txt", draft.as_bytes(), &ReadAs::default(), &settings);
            let found = report.messages[0]
                .findings
                .iter()
                .filter(|finding| finding.rule.as_str() == "placeholder-unresolved");
            assert_eq!(found.count(), holes, "{}: {draft}", dialect.name());
        }
    }
}

#[test]
fn a_draft_goes_to_a_file_that_is_not_there_yet() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("delay.txt");
    let path = file.to_str().unwrap();
    assert_eq!(printed(&["new", "delay", "--output", path]), "");
    assert_eq!(fs::read_to_string(&file).unwrap(), printed(&["new", "delay"]));
    fs::write(&file, "mine").unwrap();
    let again =
        Command::new(env!("CARGO_BIN_EXE_sellerlint")).args(["new", "delay", "-o", path]).output().unwrap();
    assert_eq!(again.status.code(), Some(2));
    assert!(said(&again).contains("is there already"), "{}", said(&again));
    assert_eq!(fs::read_to_string(Path::new(path)).unwrap(), "mine");
}

// Progress.

/// What a terminal gets to see of a check that waits for a slow file, with a variable of the environment set.
#[cfg(target_os = "linux")]
fn seen_on_a_terminal(args: &str, variable: (&str, &str)) -> Option<String> {
    use std::io::Write as _;

    let folder = tempfile::tempdir().unwrap();
    let slow = folder.path().join("slow.txt");
    fs::write(folder.path().join("draft.txt"), "Hello").unwrap();
    if !ask("mkfifo", &[slow.to_str().unwrap()])?.status.success() {
        return None;
    }
    let program = env!("CARGO_BIN_EXE_sellerlint");
    let command = format!("'{program}' --isolated --exit-zero slow.txt draft.txt {args}");
    let child = Command::new("script")
        .args(["-qec", &command, "/dev/null"])
        .current_dir(folder.path())
        .env("TERM", "xterm")
        .env_remove("CI")
        .env(variable.0, variable.1)
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .map_err(|_| eprintln!("skipped: script is not installed here"))
        .ok()?;
    std::thread::sleep(std::time::Duration::from_millis(1600));
    fs::OpenOptions::new().write(true).open(&slow).unwrap().write_all(b"Hello").unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    Some(said(&output))
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_sees_that_something_moves_and_it_is_gone_at_the_end() {
    let Some(seen) = seen_on_a_terminal("", ("NO_COLOR", "1")) else { return };
    assert!(seen.contains(" of 2 files"), "{seen:?}");
    let (_, after) = seen.rsplit_once(" of 2 files").unwrap();
    assert!(after.contains("\u{1b}[2K") && after.contains("Checked 2 messages"), "{seen:?}");
    let ascii = seen_on_a_terminal("--ascii", ("NO_COLOR", "1")).unwrap();
    let drawn = |text: &str| text.split(" of 2 files").next().unwrap().is_ascii();
    assert!(drawn(&ascii) && !drawn(&seen), "{ascii:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_moves_in_ci_with_quiet_or_without_a_terminal() {
    for (args, variable) in
        [("", ("CI", "true")), ("--quiet", ("A", "b")), ("", ("TERM", "dumb")), ("2> errors", ("A", "b"))]
    {
        let Some(seen) = seen_on_a_terminal(args, variable) else { return };
        assert!(!seen.contains(" of 2 files"), "{args} {variable:?}: {seen:?}");
    }
}
