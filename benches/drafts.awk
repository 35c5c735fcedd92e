# Writes drafts, the same ones for the same numbers: a folder of them, and JSON Lines with one in `text`.
#
#   LC_ALL=C awk -v folder=drafts -v files=10000 -v jsonl=export.jsonl -v megabytes=200 \
#       -f benches/drafts.awk benches/sentences.txt
#
# `offending` (of ten drafts, 3 unless given) have offences, one of eight is HTML, and one of eight in another language.

function below(limit) {
    state = (state * 16807) % 2147483647
    return state % limit
}

function filled(text,    out, words, chosen) {
    while (match(text, /[{][^}]*[}]|#/)) {
        if (RLENGTH == 1) chosen = below(10)
        else chosen = words[below(split(substr(text, RSTART + 1, RLENGTH - 2), words, "|")) + 1]
        out = out substr(text, 1, RSTART - 1) chosen
        text = substr(text, RSTART + RLENGTH)
    }
    return out text
}

function draft(    text, most, left, language, sort) {
    most = 300 + below(1700)
    left = below(10) < offending ? 1 + below(4) : 0
    language = below(8) ? "plain" : "foreign"
    text = filled(sentences[language, 0]) "\n"
    while (length(text) < most) {
        sort = language
        if (left && !below(3)) { sort = "offence"; left-- }
        text = text filled(sentences[sort, below(count[sort])]) (below(3) ? " " : "\n")
    }
    return text
}

function write_file(number,    path, text) {
    path = folder "/" sprintf("%02d", number % 40) "/" sprintf("%02d", int(number / 40) % 25)
    if (!(path in made)) { system("mkdir -p '" path "'"); made[path] }
    text = draft()
    if (number % 8 == 7) { gsub(/&/, "\\&amp;", text); gsub(/\n/, "</p>\n<p>", text); text = "<p>" text "</p>" }
    path = path "/" sprintf("%06d", number) (number % 8 == 7 ? ".html" : ".txt")
    printf "%s\n", text > path
    close(path)
}

BEGIN { state = seed ? seed : 7; if (offending == "") offending = 3 }

/^(plain|offence|foreign): / { sort = substr($1, 1, length($1) - 1); sentences[sort, count[sort]++] = substr($0, length($1) + 2) }

END {
    for (number = 0; number < files; number++) write_file(number)
    for (number = 0; size < megabytes * 1000000; number++) {
        text = draft()
        gsub(/"/, "\\\"", text)
        gsub(/\n/, "\\n", text)
        record = "{\"id\":" number ",\"marketplace\":\"US\",\"text\":\"" text "\"}\n"
        size += length(record)
        printf "%s", record > jsonl
    }
}
