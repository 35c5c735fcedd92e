#!/usr/bin/env bash
# Makes the archive of a release: package.sh BINARY TARGET FOLDER. The binary has to run on this machine, since it writes its
# own completions and man pages; the archive and its folder are called sellerlint-VERSION-TARGET.
set -euo pipefail
binary=$(realpath "$1") target=$2 out=$3
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

version=$("$binary" --version | cut -d ' ' -f 2)
name="sellerlint-$version-$target"
mkdir -p "$out"
out=$(realpath "$out")
rm -rf "${out:?}/$name"
mkdir -p "$out/$name/completions" "$out/$name/man"

cp "$binary" README.md LICENSE CHANGELOG.md "$out/$name/"
for shell in bash zsh fish powershell elvish; do
    "$binary" completions "$shell" >"$out/$name/completions/sellerlint.$shell"
done
"$binary" man "$out/$name/man"

cd "$out"
case "$target" in
    *windows*) 7z a -bd "$name.zip" "$name" >/dev/null ;;
    # The same files give the same bytes.
    *) tar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 -cf - "$name" 2>/dev/null | gzip -n >"$name.tar.gz" \
        || tar -czf "$name.tar.gz" "$name" ;;
esac
