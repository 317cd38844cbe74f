#!/bin/sh
# Counts instructions for texts of some size and of four times it, that a quadratic step would show in; prints a markdown table.
# Run by bench.sh as its part growth: tests/bench/growth.sh BUILD
#
# GROWTH (1)  how many times as large the texts are; each is one document. It needs valgrind.
# Four times the text may take 5 times the instructions; beyond that it says GROWS. Memory that doubles explains some of it.
set -eu
export LC_ALL=C
build=$1 times=${GROWTH:-1}
newsfold=$build/newsfold
data=$build/bench
small=$data/growth-1.txt large=$data/growth-4.txt
mkdir -p "$data"

# in  $1: the shape; $2: how many; out  a text. Words are invented; the same on every machine.
make_text() {
    awk -v shape="$1" -v count="$2" '
    function draw(limit) { seed = (seed * 16807) % 2147483647; return int(seed / 2147483647 * limit) }
    function word(    i, w) { for (i = draw(3) + 2; i > 0; i--) w = w substr("banedilorusatemikogu", draw(10) * 2 + 1, 2); return w }
    function words(number,    i, line) { line = word(); for (i = 1; i < number; i++) line = line " " word(); return line }
    function article(number,    i) { for (i = 1; i <= number; i++) para[i] = words(14 + i % 5) "." }
    function gap() { return words(9) ".\n" words(9) ".\n" words(9) "." }
    function say(from, to,    i) { for (i = from; i <= to; i++) print para[i] }
    BEGIN {
        seed = 7
        article(64)
        head = words(20); tail = words(25)
        for (n = 1; n <= count; n++) {
            if (shape == "all equal") print para[1]
            else if (shape == "all distinct") print words(12) "."
            else if (shape == "near misses") print head, n * 7, tail "."
            else if (shape == "near copies") print head, word(), tail "."
            else if (shape == "one paragraph") printf "%s ", word()
            else if (shape == "reposts") { say(1, 8); print words(9) "." }
            else if (shape == "cut reposts") { from = 1 + draw(50); say(from, from + 4 + draw(8)); print words(9) "." }
            else if (shape == "many runs") { print para[1 + (n * 9) % 64]; if (n % 7 == 0) print words(9) "." }
            else if (shape == "moved lines") { say(1, 2); if (n > 1) print words(6) ".\n" words(6) "."; say(3, 8); print gap() }
            else { print "growth.sh: no shape " shape > "/dev/stderr"; exit 1 }
        }
        print ""
    }'
}

instructions() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$newsfold" -q -n -j1 --max-document=1G "$1" 2>&1 |
        sed -n 's/.*Collected : *\([0-9]*\).*/\1/p'
}

# in  $1: the shape; $2: how many
row() {
    make_text "$1" $(($2 * times)) > "$small"
    make_text "$1" $(($2 * times * 4)) > "$large"
    one=$(instructions "$small")
    awk -v shape="$1" -v count=$(($2 * times)) -v start="$start" -v one="$one" -v four="$(instructions "$large")" 'BEGIN {
        growth = (four - start) / (one - start)
        printf "| %s | %d | %.1f | %.1f | %.2f | %s |\n", shape, count, (one - start) / 1e6, (four - start) / 1e6, growth,
            (growth > 5 ? "GROWS" : "")
    }'
}

command -v valgrind > /dev/null || { echo "growth: left out, there is no valgrind."; exit 0; }
printf 'Two lines are enough to start.\nThe second line ends the text.\n' > "$small"
start=$(instructions "$small")
echo 'Growth: millions of instructions for a text and for four times it, each one document.'
echo
echo '| text | of | once | four times | growth | |'
echo '|---|---|---|---|---|---|'
row 'all equal' 8000
row 'all distinct' 8000
row 'near misses' 3000
row 'near copies' 3000
row 'reposts' 1000
row 'cut reposts' 1000
row 'many runs' 6000
row 'moved lines' 600
row 'one paragraph' 60000
rm -f "$small" "$large"
echo
