#!/bin/sh
# Speed and memory over web pages: newsfold beside a program that only parses, and beside trafilatura and rdrview; prints markdown tables.
# Run by `make bench-pages` and, as part `pages`, by `make bench`: tests/bench/pages.sh BUILD
#
# PAGES     a folder of pages; default: the labelled ones in ../shared, unpacked
# PYTHON    one that has trafilatura (python3); without it, its row is left out
# ROUNDS    each runs so often, in turn, trafilatura and rdrview (where installed) in the first round only (5); tables have medians
# Pages a second are those of one core: by the time that the processor worked. How much two workers gain is by the clock,
# and means something on two idle cores only.
set -eu
export LC_ALL=C
cd "$(dirname "$0")/../.."
build=${1:-build} rounds=${ROUNDS:-5} python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

# The whole pages, parsed and their text written, in one process.
cat > "$work/extract.py" <<'PYTHON'
import pathlib, sys
import trafilatura
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    print(trafilatura.extract(path.read_bytes()) or "")
PYTHON

# in  $1: the name of the case; then the command
run() {
    name=$1
    shift
    printf '%s\t%s\n' "$name" "$("$build/measure" 1 "$@")" >> "$work/log"
}

speed() {
    count=$(find "$pages" -type f | wc -l)
    bytes=$(find "$pages" -type f -exec cat {} + | wc -c)
    for round in $(seq "$rounds"); do
        run "newsfold" "$build/newsfold" -q -j1 -f html "$pages"
        run "newsfold -j2" "$build/newsfold" -q -j2 -f html "$pages"
        run "libxml2's SAX parser alone" "$build/sax_only" "$pages"/*
        [ "$round" = 1 ] || continue
        ! command -v rdrview > /dev/null || run "rdrview, a process a page" find "$pages" -type f -exec rdrview --disable-sandbox -H '{}' ';'
        "$python" -c 'import trafilatura' 2> /dev/null || continue
        run "trafilatura" "$python" "$work/extract.py" "$pages"
    done
    echo "$count pages, $bytes bytes; $rounds rounds."
    echo
    echo '| case | pages a second of one core | MB a second | newsfold is faster | seconds by the clock | peak MB |'
    echo '|---|---|---|---|---|---|'
    awk -F '\t' -v pages="$count" -v bytes="$bytes" '
    function median(values, i,    n, list, a, b, t) {
        n = split(values, list, " ")
        for (a = 2; a <= n; a++)
            for (b = a; b > 1 && list[b - 1] + 0 > list[b] + 0; b--) { t = list[b]; list[b] = list[b - 1]; list[b - 1] = t }
        return (list[int((n + 1) / 2)] + list[int(n / 2) + 1]) / 2
    }
    {
        if (!($1 in wall)) order[++cases] = $1
        split($2, f, " ")
        wall[$1] = wall[$1] " " f[1]; work[$1] = work[$1] " " f[2] + f[3]; peak[$1] = f[4]
    }
    END {
        for (i = 1; i <= cases; i++) {
            name = order[i]; s = median(work[name])
            printf "| %s | %.0f | %.1f | %.2f times | %.2f | %.0f |\n", name, pages / s, bytes / s / 1e6, s / median(work["newsfold"]), median(wall[name]), peak[name] / 1024
        }
        printf "\nTwo workers: %.2f times as fast as one.\n\n", median(wall["newsfold"]) / median(wall["newsfold -j2"])
    }' "$work/log"
}

# in  $1: the shape; the page comes from the input
shape() {
    { echo '<html><body><article>'; cat; } > "$work/page.html"
    size=$(wc -c < "$work/page.html")
    figures=$("$build/measure" 1 "$build/newsfold" -q -j1 -f html "$work/page.html")
    exact=$("$build/measure" 1 "$build/newsfold" -q -j1 --exact -f html "$work/page.html")
    echo "$figures $exact" | awk -v name="$1" -v size="$size" \
        '{ printf "| %s | %.1f | %.2f | %.1f times | %.1f times |\n", name, size / 1e6, $1, $4 * 1024 / size, $8 * 1024 / size }'
}

# Lines of invented words. in  $1: how many, $2: words in each, $3 and $4: what is before and behind
lines() {
    awk -v count="$1" -v words="$2" -v before="$3" -v behind="$4" 'BEGIN {
        n = split("port ferry council harbour report said storm budget vote night island train school price market river", word, " ")
        srand(7)
        for (i = 0; i < count; i++) {
            line = before
            for (k = 0; k < words; k++) line = line (k ? " " : "The ") word[1 + int(rand() * n)]
            print line (words ? "." : i) behind
        }
    }'
}

memory() {
    echo '| large page | MB | seconds | peak, times the page | with --exact |'
    echo '|---|---|---|---|---|'
    lines 205000 8 '<p>' '</p>' | shape 'short paragraphs'
    lines 215000 9 '' '<br>' | shape 'lines and `<br>`'
    lines 780000 0 '<td>' '</td>' | awk 'NR % 10 == 1 { print "<tr>" } { print }' | shape '780,000 cells of a table'
    lines 250000 2 '<div class="item"><a href="/news">' '</a></div>' | shape 'links in boxes'
    lines 200000 9 '' '' | shape 'one text'
    awk 'BEGIN { for (i = 0; i < 900000; i++) print "<div class=a>" }' | shape 'elements in elements'
    echo
}

pages=${PAGES:-}
if [ -z "$pages" ] && [ -d ../shared/data/wcxb ]; then
    pages=$work/pages
    mkdir "$pages"
    for f in ../shared/data/wcxb/*/*.html.gz; do
        kind=${f%/*}
        gzip -dc "$f" > "$pages/${kind##*/}-$(basename "$f" .gz)"
    done
fi
if [ -n "$pages" ]; then speed; else echo "pages: no speed, there is no ../shared beside the repository, and no PAGES"; fi
memory
