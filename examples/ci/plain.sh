#!/bin/sh
# Any CI: plain.sh [REVISION]. Checks what changed since the revision, or everything below templates/.
#
# The same as a hook without any tool, in .git/hooks/pre-commit:
#     exec sellerlint check --staged
set -eu

if [ $# -gt 0 ]; then
    set -- --since "$1"
fi
sellerlint check "$@" --output-format concise --output-format junit=sellerlint.xml templates
