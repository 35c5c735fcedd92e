#!/usr/bin/env bash
# Installs sellerlint for the next step of action.yml: the released binary if its checksum is right, else one built from the
# repository of the action.
#
# Reads VERSION, ACTION_PATH, ACTION_REF, ACTION_REPOSITORY, RELEASES (where releases are, for tests) and what GitHub sets.
set -euo pipefail

into="$RUNNER_TEMP/sellerlint"
mkdir -p "$into/bin"

# The name that releases have for this machine.
target() {
    case "$(uname -s)-$(uname -m)" in
        Linux-x86_64) echo x86_64-unknown-linux-musl ;;
        Linux-aarch64) echo aarch64-unknown-linux-musl ;;
        Darwin-x86_64) echo x86_64-apple-darwin ;;
        Darwin-arm64) echo aarch64-apple-darwin ;;
        MINGW*-x86_64 | MSYS*-x86_64) echo x86_64-pc-windows-msvc ;;
        *) return 1 ;;
    esac
}

checksum() {
    if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

fetch() {
    curl --fail --silent --show-error --location --retry 3 --output "$2" "$1"
}

# Installs a release; fails if it cannot be had, and ends everything if it is not what was published.
release() {
    local version=$1 target name archive url wanted
    target=$(target) || return 1
    name="sellerlint-$version-$target"
    case "$target" in *windows*) archive="$name.zip" ;; *) archive="$name.tar.gz" ;; esac
    url="${RELEASES:-${GITHUB_SERVER_URL:-https://github.com}/$ACTION_REPOSITORY/releases/download}/v$version"
    fetch "$url/SHA256SUMS" "$into/SHA256SUMS" && fetch "$url/$archive" "$into/$archive" || return 1
    wanted=$(awk -v file="$archive" '$2 == file { print $1 }' "$into/SHA256SUMS")
    if [ -z "$wanted" ] || [ "$wanted" != "$(checksum "$into/$archive")" ]; then
        echo "::error::$archive is not what was released: its checksum is wrong"
        exit 1
    fi
    case "$archive" in
        *.zip) unzip -q -o "$into/$archive" -d "$into" ;;
        *) tar -xzf "$into/$archive" -C "$into" ;;
    esac
    cp "$into/$name"/sellerlint* "$into/bin/"
}

build() {
    cargo install --quiet --locked --path "$ACTION_PATH" --root "$into"
}

version=${VERSION:-${ACTION_REF:-source}}
version=${version#v}
if [[ "$version" =~ ^[0-9]+\.[0-9]+\.[0-9]+[0-9A-Za-z.-]*$ ]]; then
    if ! release "$version"; then
        echo "::notice::sellerlint $version has no binary for this machine: it is built from source"
        build
    fi
elif [ -n "${VERSION:-}" ] && [ "$VERSION" != source ]; then
    echo "::error::there is no release called ${VERSION//[^0-9A-Za-z._-]/?}: write 0.1.0, or source"
    exit 1
else
    build
fi

"$into/bin/sellerlint" --version
echo "$into/bin" >>"$GITHUB_PATH"
