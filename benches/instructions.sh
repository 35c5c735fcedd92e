#!/usr/bin/env bash
# How many instructions whole runs take: the same number on a busy machine as on a quiet one.
#
#   benches/instructions.sh             a table of what runs take, beside what is recorded; ends with 1 if one grew by over 3 %
#   benches/instructions.sh --record    writes benches/instructions.txt
#
# Needs valgrind. Builds the release binary, unless SELLERLINT names one that is there. The number hangs on the compiler, its
# options, the C library and the processor: where these are others than those recorded, the table is only told.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

root=$PWD
record="$root/benches/instructions.txt"
most=3 # percent

case "${1:-}" in
    "" | --record) ;;
    *) printf 'usage: benches/instructions.sh [--record]\n' >&2 && exit 2 ;;
esac
command -v valgrind >/dev/null || { printf 'there is no valgrind\n' >&2 && exit 2; }

given=${SELLERLINT:+unknown, for the binary was given}
if [ -z "${SELLERLINT:-}" ]; then
    cargo build --locked --release --quiet --bin sellerlint
    SELLERLINT=${CARGO_TARGET_DIR:-$root/target}/release/sellerlint
fi
sellerlint=$(realpath "$SELLERLINT")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# What the numbers hang on.
made_by() {
    local options libc processor=plain
    options=$(env | LC_ALL=C sort | grep -E '^(CARGO_PROFILE_RELEASE_(LTO|CODEGEN_UNITS|OPT_LEVEL|PANIC)|RUSTFLAGS)=' | tr '\n' ' ' || true)
    libc=$(ldd --version 2>&1 | head -n 1 || true)
    ! grep -qw avx2 /proc/cpuinfo 2>/dev/null || processor=avx2
    printf '# %s\n' "$(rustc --version)" "options: ${given:-${options:-those of Cargo.toml}}" "$libc" "$(uname -sm), $processor" "$(valgrind --version)"
}

# The inputs. They are the same at every run.
drafts() {
    LC_ALL=C awk "$@" -f "$root/benches/drafts.awk" "$root/benches/sentences.txt"
}
cd "$scratch"
cat >clean.txt <<'END'
Subject: Your order 402-5519034-7723416

Hello Noemi,

the left hinge of the cabinet in your order 402-5519034-7723416 came bent, and we are sorry for it. A new one was sent
this morning and needs about four days. You need not send the old one back.

It goes on like the first: put both screws in, leave them loose until the door hangs straight, and turn them tight then.
If the door still touches the frame, tell us how wide the gap is at the top and at the bottom, in millimetres, and we
send the washers that fit.

Kind regards,
the people of Fjordlys
END
cat >offences.txt <<'END'
Subject: Your order

Thank you so much for your purchase! 😀 If you are pleased with the lamp, leave us a 5-star review, and we send you a $10
gift card. Call us at +1 202 555 0143 or write to lamps@fjordlys.com. See what else we have at
http://www.fjordlys-shop.com/new?id=7, where the code LAMP15 takes 15% off.

Message us on WhatsApp: 202-555-0143. We will recieve the the next lamps on Monday :-)
HURRY UP, THE SALE ENDS TONIGHT!!!
END
drafts -v folder=drafts -v files=20
drafts -v jsonl=export.jsonl -v megabytes=0.4
cat export.jsonl export.jsonl >twice.jsonl
cat >draft.html <<'END'
<!DOCTYPE html>
<html lang="en"><head><style>p { margin: 0 0 8px; color: #222 } .note { font-size: 12px }</style></head>
<body><table width="100%"><tr><td>
<p>Hello Noemi,</p>
<p>the left hinge of the cabinet in your order 402&#8209;5519034&#8209;7723416 came bent, and we are <b>sorry</b> for it. A new one
was sent this morning &amp; needs about four days. You needn&rsquo;t send the old one back.</p>
<p class="note">It goes on like the first: put both screws in, leave them loose until the door hangs straight, and turn them
tight then. <a href="https://www.fjordlys-shop.com/hinges">All our hinges</a></p>
<ul><li>How wide is the gap at the top?</li><li>And at the bottom?</li></ul>
</td></tr></table></body></html>
END
sed 's/$/\r/' >draft.eml <<'END'
From: Fjordlys <lamps@fjordlys.example>
To: 7h2k9qw4m1@marketplace.amazon.com
Subject: =?utf-8?q?Your_order_402-5519034-7723416?=
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="hinge"

--hinge
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Hello Noemi, the left hinge of the cabinet came bent, and we=E2=80=99re sorry =
for it. A new one was sent this morning and needs about four days.
--hinge
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<p style=3D"margin:0">Hello Noemi, the left hinge of the cabinet came bent, a=
nd we&rsquo;re sorry for it. A new one was sent this morning and needs about =
four days.</p>
--hinge--
END

# The instructions of a run, which may have findings but no trouble.
instructions() {
    local code=0
    env -i PATH="$PATH" LC_ALL=C.UTF-8 TERM=xterm-256color valgrind --tool=callgrind --callgrind-out-file=out "$sellerlint" "$@" \
        >told 2>complaints || code=$?
    if [ "$code" -gt 1 ]; then
        cat complaints >&2
        return 1
    fi
    sed -n 's/^totals: *//p' out
}

line() {
    local what=$1
    shift
    printf '%-36s %12s\n' "$what" "$(instructions "$@")"
}

{
    made_by
    line "--version" --version
    line "one clean draft" --isolated clean.txt
    line "one draft with ten offences, colour" --isolated --color always offences.txt
    line "one HTML draft" --isolated draft.html
    line "one e-mail" --isolated draft.eml
    line "twenty drafts, jsonl" --isolated --threads 1 --output-format jsonl drafts
    line "0.4 MB of JSON Lines, jsonl" --isolated --threads 1 --output-format jsonl export.jsonl
    line "the same twice, jsonl" --isolated --threads 1 --output-format jsonl twice.jsonl
} >now

if [ "${1:-}" = --record ]; then
    cp now "$record"
    cat "$record"
    exit
fi
if [ ! -f "$record" ]; then
    cat now
    printf 'nothing is recorded yet: benches/instructions.sh --record\n'
    exit
fi

is_comparable=1
if ! diff <(grep '^#' "$record") <(grep '^#' now) >differs; then
    is_comparable=0
fi
awk -v most="$most" -v is_comparable="$is_comparable" '
    function name(line) { sub(/ +[0-9]+$/, "", line); return line }
    /^#/ { next }
    NR == FNR { recorded[name($0)] = $NF; next }
    FNR == 1 || !printed++ { printf "%-36s %12s %12s %9s\n", "instructions", "now", "recorded", "change" }
    !(name($0) in recorded) { printf "%-36s %12s %12s %9s\n", name($0), $NF, "-", "new"; next }
    {
        before = recorded[name($0)]
        percent = ($NF - before) * 100 / before
        grew = percent > most
        worse += grew
        printf "%-36s %12s %12s %+8.2f%%%s\n", name($0), $NF, before, percent, grew ? "  more than " most "%" : ""
    }
    END { exit is_comparable && worse > 0 }
' "$record" now || failed=1
if [ "$is_comparable" -eq 0 ]; then
    printf '\nNOT JUDGED: the record (<) was made by something else than this (>).\n'
    grep '^[<>]' differs
fi
exit "${failed:-0}"
