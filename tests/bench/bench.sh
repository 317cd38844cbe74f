#!/bin/sh
# Compares newsfold's speed, memory and start-up with programs that do less, in turn on one corpus; prints markdown tables.
# Run by `make bench`, which builds what it needs: tests/bench/bench.sh BUILD
#
# BENCH_MB (256)     size of the corpus, made once and kept in BUILD/bench
# BENCH_ROUNDS (3)   how often each case runs, after a warm-up on a quarter of it
# The mawk case is slow: it runs once, on a piece of the beginning.
# Programs that are not installed (xxhsum, mawk) are left out. The figures mean something on an idle machine only.
set -eu
export LC_ALL=C
build=$1 mb=${BENCH_MB:-256} rounds=${BENCH_ROUNDS:-3}
newsfold=$build/newsfold
data=$build/bench
corpus=$data/corpus-$mb.txt quarter=$data/quarter.txt head=$data/head.txt two=$data/two.txt
few=$data/log-quarter all=$data/log starts=$data/log-starts
head_mb=64
[ "$head_mb" -le "$mb" ] || head_mb=$mb

prepare() {
    mkdir -p "$data"
    if [ -z "$(find "$corpus" -newer "$build/make_corpus" 2>/dev/null)" ]; then
        "$build/make_corpus" "$mb" > "$corpus.new"
        mv "$corpus.new" "$corpus"
    fi
    bytes=$(wc -c < "$corpus")
    head -c $((bytes / 4)) "$corpus" > "$quarter"
    head -c $((head_mb * 1000000)) "$corpus" > "$head"
    printf 'Two lines are enough to start.\nThe second line ends the text.\n' > "$two"
}

# in  $1: the log; $2: the name of the case; $3: its bytes; $4: runs; then the command
run() {
    to=$1 name=$2 size=$3 runs=$4
    shift 4
    figures=$("$build/measure" "$runs" "$@")
    printf '%s\t%s\t%s\n' "$name" "$size" "$figures" >> "$to"
}

has_xxhsum=$(xxhsum -H3 < /dev/null > /dev/null 2>&1 && echo yes || true)

# What takes milliseconds is run five times for a figure.
# in  $1: the file; $2: the log of its cases, and the beginning of the names of its counts
a_round() {
    file=$1 log=$2 size=$(wc -c < "$1")
    run "$log" 'wc -l' "$size" 5 wc -l "$file"
    [ -z "$has_xxhsum" ] || run "$log" 'xxhsum -H3' "$size" 5 xxhsum -q -H3 "$file"
    run "$log" 'cat' "$size" 5 cat "$file"
    run "$log" 'newsfold --exact' "$size" 1 "$newsfold" --exact --stats="$log.exact" "$file"
    run "$log" 'newsfold' "$size" 1 "$newsfold" --stats="$log.near" "$file"
    run "$log" 'newsfold --exact --no-builtin-rules' "$size" 1 "$newsfold" --exact --no-builtin-rules "$file"
    run "$log" 'cat f \| cat' "$size" 5 sh -c 'cat "$1" | cat' sh "$file"
    run "$log" 'cat f \| newsfold \| cat' "$size" 1 sh -c 'cat "$1" | "$2" | cat' sh "$file" "$newsfold"
    run "$starts" 'newsfold' 0 200 "$newsfold" "$two"
    run "$starts" 'true' 0 200 true "$two"
}

# The log as a table: medians over the rounds, in the order of the first round.
speed_table() {
    echo '| case | MB/s | x wc -l | x xxhsum -H3 | user s | peak MB |'
    echo '|---|---|---|---|---|---|'
    awk -F '\t' '
    function median(values, i,    n, list, a, b, t) {
        n = split(values, list, " ")
        for (a = 2; a <= n; a++)
            for (b = a; b > 1 && list[b - 1] + 0 > list[b] + 0; b--) { t = list[b]; list[b] = list[b - 1]; list[b - 1] = t }
        low = list[1]; high = list[n]
        return (list[int((n + 1) / 2)] + list[int(n / 2) + 1]) / 2
    }
    {
        if (!($1 in size)) order[++cases] = $1
        size[$1] = $2
        split($3, f, " ")
        wall[$1] = wall[$1] " " f[1]; user[$1] = user[$1] " " f[2]; peak[$1] = peak[$1] " " f[4]
    }
    function ratio(a, b) { return b > 0 ? sprintf("%.4f", a / b) : "-" }
    END {
        for (i = 1; i <= cases; i++) {
            middle = median(wall[order[i]])
            speed[order[i]] = size[order[i]] / middle / 1e6
            if ((high - low) / middle >= spread) { spread = (high - low) / middle; widest = order[i] }
        }
        for (i = 1; i <= cases; i++) {
            name = order[i]
            printf "| %s | %.1f | %s | %s | %.2f | %.1f |\n", name, speed[name], ratio(speed[name], speed["wc -l"]),
                ratio(speed[name], speed["xxhsum -H3"]), median(user[name]), median(peak[name]) / 1024
        }
        printf "\nSlowest less fastest round, of the median: at most %.0f %% (%s).\n", spread * 100, widest
    }' "$all"
}

# in  $1: a log; $2: a case; $3: exact or near. out  its unique paragraphs, index bytes and greatest peak in KiB
memory_of() {
    for key in unique_paragraphs exact_index_bytes near_index_bytes; do
        sed -n 's/.*"'$key'":\([0-9]*\).*/\1/p' "$1.$3"
    done
    awk -F '\t' -v name="$2" '$1 == name { split($3, f, " "); if (f[4] > peak) peak = f[4] } END { print peak }' "$1"
}

# Growth is from a quarter of the corpus to the whole: what both need whatever their size does not count.
memory_row() {
    echo $(memory_of "$few" "$@") $(memory_of "$all" "$@") | awk -v name="$1" '{
        printf "| %s | %d | %.1f | %.1f |\n", name, $5, ($6 + $7) / $5, ($8 - $4) * 1024 / ($5 - $1)
    }'
}

start_line() {
    awk -F '\t' '
    { split($3, f, " "); if (!($1 in best) || f[1] < best[$1]) best[$1] = f[1] }
    END { printf "Start-up on two lines: %.2f ms, %.2f times true (%.2f ms); best round of medians of 200.\n",
              best["newsfold"] * 1000, best["newsfold"] / best["true"], best["true"] * 1000 }' "$starts"
}

prepare
rm -f "$few" "$all" "$starts"
cat "$corpus" > /dev/null
a_round "$quarter" "$few"
rm -f "$starts"
i=0
while [ $((i += 1)) -le "$rounds" ]; do
    a_round "$corpus" "$all"
done
if command -v mawk > /dev/null; then
    run "$all" "mawk '!seen[\$0]++' (once, ${head_mb} MB)" "$(wc -c < "$head")" 1 mawk '!seen[$0]++' "$head"
fi

echo "Corpus $((bytes / 1000000)) MB, $rounds rounds, $(getconf _NPROCESSORS_ONLN) processors, output to /dev/null; MB are 10^6 bytes, peak in MiB."
echo
speed_table
echo
echo '| mode | unique paragraphs | index bytes each | bytes each by growth of the peak |'
echo '|---|---|---|---|'
memory_row 'newsfold --exact' exact
memory_row 'newsfold' near
echo
start_line
