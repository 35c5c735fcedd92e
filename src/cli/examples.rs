//! The examples below `--help`, one text a command. Every line of them is tried by a test.

/// Below the help of `sellerlint` and of `check`.
pub(super) const CHECK: &str = "\
Examples:
  sellerlint draft.txt                        check one draft
  sellerlint drafts/ --output-format concise  check a folder, one line a finding
  sellerlint < draft.txt                      check what a program hands over
  sellerlint --kind reply answer.txt          the buyer asked, so less is forbidden
  sellerlint --final ready.txt                placeholders left in are errors
  sellerlint --fix drafts/                    mend what can be mended without a loss
  sellerlint export.csv --body-field Comment  one message a row; also JSON Lines
  sellerlint baseline                         accept what is there, to begin with what is new
  sellerlint --statistics drafts/             count findings by rule
  sellerlint new delay                        a draft that keeps to the rules
  sellerlint explain RULE                     what a rule means and why
  sellerlint rules                            every rule

A file that is called like a command is reached as `./check`, or after `--`.

Exit codes: 0 nothing was found that counts (see --fail-on), 1 something was,
2 wrong use or unreadable input, 3 nothing was checked.

sellerlint is not affiliated with Amazon and gives no legal advice.";

/// Below the help of `baseline`.
pub(super) const BASELINE: &str = "\
Examples:
  sellerlint baseline                         accept all that is found in the current folder
  sellerlint baseline drafts/old              renew what is accepted in one folder
  sellerlint baseline --rule emoji            accept what one rule finds, and leave the others
  sellerlint baseline --prune                 take out what is not there any more";

/// Below the help of `explain`.
pub(super) const EXPLAIN: &str = "\
Examples:
  sellerlint explain review-gating                                    one rule
  sellerlint explain norvik/sku-in-text --pack examples/own_pack      one of your own";

/// Below the help of `rules`.
pub(super) const RULES: &str = "\
Examples:
  sellerlint rules                           every rule, with its severity in each profile
  sellerlint rules --output-format markdown  a table for a manual
  sellerlint rules --pack examples/own_pack  your own rules too";

/// Below the help of `test`.
pub(super) const TEST: &str = "\
Examples:
  sellerlint test examples/own_pack                     run the examples of your own rules
  sellerlint test --corpus labelled.jsonl               what is found and missed in labelled messages
  sellerlint test --corpus labelled.jsonl --misses      and which labels nobody found
  sellerlint test --corpus labelled.jsonl --fail-under-recall 0.9  for a gate";

/// Below the help of `inspect`.
pub(super) const INSPECT: &str = "\
Examples:
  sellerlint inspect draft.txt               sentences and what they are for, links, contacts
  sellerlint inspect draft.txt --why 3       which patterns were tried on line 3
  sellerlint inspect mail.eml --bytes        which bytes each text came from
  sellerlint inspect export.csv --record 12  one message of many";

/// Below the help of `completions`.
pub(super) const COMPLETIONS: &str = "\
Examples:
  sellerlint completions bash > ~/.local/share/bash-completion/completions/sellerlint
  sellerlint completions zsh > ~/.zfunc/_sellerlint     with ~/.zfunc in $fpath before compinit
  sellerlint completions fish > ~/.config/fish/completions/sellerlint.fish
  sellerlint completions powershell >> $PROFILE";

/// Below the help of `man`.
pub(super) const MAN: &str = "\
Examples:
  sellerlint man > sellerlint.1             the main page
  sellerlint man ~/.local/share/man/man1    a page for every command
  sellerlint man | man -l -                 read it now";

/// Below the help of `schema`.
pub(super) const SCHEMA: &str = "\
Examples:
  sellerlint schema config > sellerlint.schema.json   for the editor, beside sellerlint.toml
  sellerlint schema pack > pack.schema.json           for files of your own rules
  sellerlint schema json                              what `--output-format json` writes";

/// Below the help of `init`.
pub(super) const INIT: &str = "\
Examples:
  sellerlint init              write sellerlint.toml for this folder
  sellerlint init --print      show what would be written
  sellerlint init templates/   write templates/sellerlint.toml";

/// Below the help of `new`.
pub(super) const NEW: &str = "\
Examples:
  sellerlint new                                   list the topics
  sellerlint new delay                             print a draft
  sellerlint new delay --output drafts/delay.txt   write it to a file
  sellerlint new invoice --placeholders amazon     with [[order-id]] for what is filled in";
