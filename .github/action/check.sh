#!/usr/bin/env bash
# Runs sellerlint for action.yml: findings at their lines, a summary for the run, and a SARIF file for later steps.
#
# Reads PATHS and ARGS (one a line), ANNOTATIONS, and what GitHub sets.
set -euo pipefail

# Each line is one argument; blank lines are none. Nothing of it is ever seen by a shell.
arguments=()
while IFS= read -r line; do
    line=${line%$'\r'}
    [ -z "$line" ] || arguments+=("$line")
done <<<"${ARGS:-}"
paths=()
while IFS= read -r line; do
    line=${line%$'\r'}
    [ -z "$line" ] || paths+=("$line")
done <<<"${PATHS:-.}"

[ ${#paths[@]} -gt 0 ] || paths=(.)

sarif="$RUNNER_TEMP/sellerlint.sarif"
summary="$RUNNER_TEMP/sellerlint.md"
screen=concise
[ "${ANNOTATIONS:-true}" != true ] || screen=github

code=0
sellerlint check \
    --output-format "$screen" --output-format "sarif=$sarif" --output-format "markdown=$summary" \
    ${arguments[@]+"${arguments[@]}"} -- "${paths[@]}" || code=$?

if [ -f "$summary" ]; then cat "$summary" >>"$GITHUB_STEP_SUMMARY"; fi
if [ -f "$sarif" ]; then echo "sarif=$sarif" >>"$GITHUB_OUTPUT"; fi
echo "exit-code=$code" >>"$GITHUB_OUTPUT"
exit "$code"
