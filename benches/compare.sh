#!/usr/bin/env bash
# Runs sellerlint and other programs on the same drafts in turn, and prints what each takes and the ratio of sellerlint to it.
#
#   benches/compare.sh FOLDER FILE.jsonl [RULES.yar]
#
# benches/README.md says what makes a folder and a file. Of yara-x (`yr`), typos and ripgrep (`rg`) those on PATH are run, the
# first and the last with RULES.yar (what it looks for should be as much as our rules do: 150 rules say). ROUNDS=7, THREADS=2.
set -euo pipefail

if [ $# -lt 2 ]; then
    printf 'usage: benches/compare.sh FOLDER FILE.jsonl [RULES.yar]\n' >&2
    exit 2
fi
folder=$(realpath "$1") file=$(realpath "$2") rules=${3:+$(realpath "$3")}
threads=${THREADS:-2}
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# One after the other: what examples need may switch on features that the program is shipped without.
cargo build --locked --release --quiet --bin sellerlint
cargo build --locked --release --quiet --example read_files --example parse_jsonl
built=$(realpath "${CARGO_TARGET_DIR:-target}")/release
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

not_tried() { printf 'NOT TRIED: %s\n' "$*" >&2; }

# One run of the table: the group in which it is compared, its name, the command. The first of a group is what is measured.
run() {
    local IFS=$'\t'
    printf '%s\n' "$*" >>"$scratch/runs"
}

# Where offences are looked for in files.
check() {
    run "$1" "sellerlint, threads: $2" "$built/sellerlint" --isolated --output-format jsonl --threads "$2" "$3"
}

others() {
    if ! command -v yr >/dev/null; then
        not_tried "yara-x: there is no yr (cargo install yara-x-cli --locked)"
    elif [ -z "$rules" ]; then
        not_tried "yara-x: no rules are given"
    else
        yr compile -o "$scratch/rules.yarc" "$rules" >/dev/null 2>&1
        run "$1" "yara-x, threads: $threads" yr scan -s --recursive --threads "$threads" -C "$scratch/rules.yarc" "$folder"
    fi
    if command -v typos >/dev/null; then
        run "$1" "typos, threads: $threads" typos --threads "$threads" "$folder"
    else
        not_tried "typos: it is not there (cargo install typos-cli --locked)"
    fi
    if ! command -v rg >/dev/null; then
        not_tried "ripgrep: there is no rg"
    elif [ -z "$rules" ]; then
        not_tried "ripgrep: no rules are given"
    else
        sed -n -E 's|.*= */(.*)/ *nocase.*|\1|p' "$rules" >"$scratch/phrases"
        run "$1" "ripgrep, threads: $threads" rg --threads "$threads" --ignore-case --file "$scratch/phrases" "$folder"
    fi
}

check "drafts" "$threads" "$folder"
others "drafts"
check "drafts on one thread" 1 "$folder"
run "drafts on one thread" "only reading them" "$built/examples/read_files" "$folder"
check "two threads against one, drafts" 2 "$folder"
check "two threads against one, drafts" 1 "$folder"
check "JSON Lines on one thread" 1 "$file"
run "JSON Lines on one thread" "only parsing it, all values" "$built/examples/parse_jsonl" "$file"
run "JSON Lines on one thread" "only parsing it, the text" "$built/examples/parse_jsonl" "$file" text
check "two threads against one, JSON Lines" 2 "$file"
check "two threads against one, JSON Lines" 1 "$file"
for draft in examples/messages/{compliant/missing-part-bolts,prohibited/review-incentive}.txt; do
    run "one draft, $(basename "$(dirname "$draft")")" "sellerlint" "$built/sellerlint" --isolated --color always "$draft"
    run "one draft, $(basename "$(dirname "$draft")")" "true" "$(type -P true)"
done

python3 benches/rounds.py "${ROUNDS:-7}" "$scratch/runs"
