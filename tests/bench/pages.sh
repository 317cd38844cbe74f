#!/bin/sh
# Speed and memory over web pages, on one core: newsfold beside a program that only parses, and beside trafilatura.
#
#     tests/bench/pages.sh BUILD      PAGES: a folder of pages; default: the labelled ones in ../shared, unpacked
#                                     PYTHON: one that has trafilatura; without it, its row is left out
#                                     ROUNDS: each is run so often, the fastest counts (3)
# Prints a table: seconds of one core in user mode, pages and MB a second, and how many times as fast newsfold is.
cd "$(dirname "$0")/../.." || exit 1
build=${1:-build} rounds=${ROUNDS:-3} python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

pages=$PAGES
if [ -z "$pages" ]; then
    [ -d ../shared/data/wcxb ] || { echo "pages: skipped, there is no ../shared beside the repository"; exit 0; }
    pages=$work/pages
    mkdir "$pages"
    for f in ../shared/data/wcxb/*/*.html.gz; do
        kind=${f%/*}
        gzip -dc "$f" > "$pages/${kind##*/}-$(basename "$f" .gz)"
    done
fi
count=$(find "$pages" -type f | wc -l)
bytes=$(find "$pages" -type f -exec cat {} + | wc -c)

# The whole pages, parsed and their text written, in one process.
cat > "$work/extract.py" <<'PYTHON'
import pathlib, sys
import trafilatura
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    print(trafilatura.extract(path.read_bytes()) or "")
PYTHON

# user seconds of the fastest run
seconds() {
    for _ in $(seq "$rounds"); do
        sh -c '"$@" > /dev/null; times' sh "$@" | tail -1 | sed 's/^\([0-9]*\)m\([0-9.]*\)s.*/\1 \2/'
    done | awk '{ s = 60 * $1 + $2; if (!best || s < best) best = s } END { print best }'
}

row() {
    awk -v name="$1" -v s="$2" -v n="$count" -v b="$bytes" -v own="$own" \
        'BEGIN { printf "%-28s %8.2f s %9.0f pages/s %8.1f MB/s  newsfold is %.2f times as fast\n", name, s, n / s, b / s / 1e6, s / own }'
}

echo "$count pages, $bytes bytes"
own=$(seconds "$build/newsfold" -q -j1 -f html "$pages")
row newsfold "$own"
row "libxml2's SAX parser alone" "$(seconds "$build/sax_only" "$pages"/*)"
if "$python" -c 'import trafilatura' 2> /dev/null; then
    rounds=1
    row "trafilatura" "$(seconds "$python" "$work/extract.py" "$pages")"
else
    echo "(no trafilatura in $python)"
fi
