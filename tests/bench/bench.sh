#!/bin/sh
# Compares newsfold's speed, memory and start-up with programs that do less, in turn on the same data; prints markdown tables.
# Run by `make bench`, which builds what it needs: tests/bench/bench.sh BUILD [PART...]
#
# Parts: text stream levels memory folder files start rules pages kernels growth (all of them by default)
# BENCH_MB (1000)      size of the text; BENCH_SHORT (20000000) short paragraphs; BENCH_FILES (50000) small files;
#                      BENCH_DUMPS (10000) files of 200 kB: made once and kept in BUILD/bench
# BENCH_STREAM (400 6000 10000)  MB of text through a pipe, made while it is read
# BENCH_ROUNDS (5)     how often each case runs; tables have medians
# BENCH_PEERS (huniq runiq xxhsum mawk)  programs that are left out where they are not installed
# The slow ones (mawk, sort -u) run once, on a piece of the beginning. Figures mean something on an idle machine only:
# the last line of a table says how far the rounds were apart.
set -eu
export LC_ALL=C
build=$1
shift
mb=${BENCH_MB:-1000} rounds=${BENCH_ROUNDS:-5} short=${BENCH_SHORT:-20000000} files=${BENCH_FILES:-50000} dumps=${BENCH_DUMPS:-10000}
newsfold=$build/newsfold
data=$build/bench
text=$data/text-$mb.txt head=$data/head.txt two=$data/two.txt
log=$data/log
head_mb=100
[ "$head_mb" -le "$mb" ] || head_mb=$mb

has() { command -v "$1" > /dev/null 2>&1; }

# in  $1: the file; then what makes it. It is made again when make_corpus is newer.
make_once() {
    to=$1
    shift
    [ -z "$(find "$to" -newer "$build/make_corpus" 2> /dev/null)" ] || return 0
    mkdir -p "$data"
    "$build/make_corpus" "$@" > "$to.new"
    mv "$to.new" "$to"
}

# in  $1: the name of the case; $2: bytes or items; $3: runs; then the command
run() {
    name=$1 size=$2 runs=$3
    shift 3
    figures=$("$build/measure" "$runs" "$@")
    printf '%s\t%s\t%s\n' "$name" "$size" "$figures" >> "$log"
}

# The log as a table: medians over the rounds, in the order of the first round; the ratio to the case $1, as $2.
# in  $3: what is counted, $4: by how much it is divided
table() {
    echo "| case | $3 a second | x $2 | user s | peak MB |"
    echo '|---|---|---|---|---|'
    awk -F '\t' -v base="$1" -v unit="$4" '
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
    END {
        for (i = 1; i <= cases; i++) {
            middle = median(wall[order[i]])
            speed[order[i]] = size[order[i]] / middle / unit
            if ((high - low) / middle >= spread) { spread = (high - low) / middle; widest = order[i] }
        }
        for (i = 1; i <= cases; i++) {
            name = order[i]
            printf "| %s | %.1f | %s | %.2f | %.1f |\n", name, speed[name],
                (base in size ? sprintf("%.3f", speed[name] / speed[base]) : "-"), median(user[name]), median(peak[name]) / 1024
        }
        printf "\nSlowest less fastest round, of the median: at most %.0f %% (%s).\n\n", spread * 100, widest
    }' "$log"
}

part_text() {
    make_once "$text" "$mb"
    text_size=$(wc -c < "$text")
    head -c $((head_mb * 1000000)) "$text" > "$head"
    rm -f "$log"
    cat "$text" > /dev/null
    i=0
    while [ $((i += 1)) -le "$rounds" ]; do
        run 'cat' "$text_size" 3 cat "$text"
        run 'wc -l' "$text_size" 3 wc -l "$text"
        ! has xxhsum || run 'xxhsum -H3' "$text_size" 3 xxhsum -q -H3 "$text"
        ! has huniq || run 'huniq' "$text_size" 1 sh -c 'huniq < "$1"' sh "$text"
        ! has runiq || run 'runiq' "$text_size" 1 runiq "$text"
        run 'lines_only' "$text_size" 1 "$build/lines_only" "$text"
        run 'newsfold --exact -j1' "$text_size" 1 "$newsfold" --exact -j1 "$text"
        run 'newsfold --exact -j2' "$text_size" 1 "$newsfold" --exact -j2 "$text"
        run 'newsfold -j1' "$text_size" 1 "$newsfold" -j1 "$text"
        run 'newsfold -j2' "$text_size" 1 "$newsfold" -j2 "$text"
        run 'newsfold --exact -j1 --no-builtin-rules' "$text_size" 1 "$newsfold" --exact -j1 --no-builtin-rules "$text"
        run 'cat f \| cat' "$text_size" 1 sh -c 'cat "$1" | cat' sh "$text"
        run 'cat f \| lines_only \| cat' "$text_size" 1 sh -c 'cat "$1" | "$2" /dev/stdin "$3" | cat' sh "$text" "$build/lines_only" "$text_size"
        run 'cat f \| newsfold \| cat' "$text_size" 1 sh -c 'cat "$1" | "$2" | cat' sh "$text" "$newsfold"
        run 'cat f \| newsfold --exact \| cat' "$text_size" 1 sh -c 'cat "$1" | "$2" --exact | cat' sh "$text" "$newsfold"
    done
    ! has mawk || run "mawk '!seen[\$0]++' (once, ${head_mb} MB)" "$(wc -c < "$head")" 1 mawk '!seen[$0]++' "$head"
    run "sort -u (once, ${head_mb} MB)" "$(wc -c < "$head")" 1 sort -u "$head"
    echo "Text: $((text_size / 1000000)) MB of threads with reposts, output to /dev/null."
    echo
    table 'wc -l' "wc -l" MB 1e6
    echo 'Time of the stages, one thread, in ns a byte:'
    "$newsfold" -n -j1 --exact --stats "$text" 2>&1 | stages "$text_size" exact
    "$newsfold" -n -j1 --stats "$text" 2>&1 | stages "$text_size" near
    echo
}

stages() {
    sed -n 's/.*"stage_ns":{\([^}]*\)}.*/\1/p' | tr ',' '\n' | tr -d '"' |
        awk -F : -v size="$1" -v mode="$2" '{ line = line sprintf(" %s %.3f", $1, $2 / size) } END { print mode ":" line }'
}

# Work for a GB and memory must not depend on how much has passed but for the unique paragraphs. Made text comes slower
# than newsfold reads: the clock says nothing here.
part_stream() {
    echo 'A stream, --exact -j1, from a pipe.'
    echo
    echo '| MB | user s a GB | peak MB | unique paragraphs | bytes each, above 15 MB |'
    echo '|---|---|---|---|---|'
    for size in ${BENCH_STREAM:-400 6000 10000}; do
        figures=$("$build/make_corpus" "$size" | "$build/measure" 1 "$newsfold" --exact -j1 --stats 2> "$log")
        unique=$(sed -n 's/.*"unique_paragraphs":\([0-9]*\).*/\1/p' "$log")
        echo "$figures" | awk -v size="$size" -v unique="$unique" '{
            printf "| %d | %.2f | %.0f | %d | %.1f |\n", size, $2 / size * 1000, $4 / 1024, unique, ($4 * 1024 - 15e6) / unique
        }'
    done
    echo
}

# The same text with the instructions of older processors only.
part_levels() {
    make_once "$data/text-200.txt" 200
    size=$(wc -c < "$data/text-200.txt")
    for level in V3 V2 ANY; do
        make -s BUILD="$build/level-$level" CPPFLAGS="-DNF_CPU_MOST=NF_CPU_$level" all
    done
    rm -f "$log"
    i=0
    while [ $((i += 1)) -le "$rounds" ]; do
        run 'best' "$size" 3 "$newsfold" --exact -j1 "$data/text-200.txt"
        for level in V3 V2 ANY; do
            run "$level" "$size" 3 "$build/level-$level/newsfold" --exact -j1 "$data/text-200.txt"
        done
    done
    echo 'Instruction sets: V3 is AVX2, V2 is SSE4.2, ANY is plain C; the ratio is to the best that this processor has.'
    echo
    table best best MB 1e6
}

# Growth of the peak from a tenth to the whole: what both need whatever their size does not count.
memory_row() {
    awk -F '\t' -v name="$1" -v few="$2" -v all="$3" '
    { split($3, f, " "); peak[NR] = f[4] }
    END { printf "| %s | %d | %.1f | %.1f |\n", name, all, peak[2] / 1024, (peak[2] - peak[1]) * 1024 / (all - few) }' "$log"
}

part_memory() {
    few=$((short / 10))
    make_once "$data/short-$short.txt" --short "$short"
    make_once "$data/short-$few.txt" --short "$few"
    echo "Memory: short paragraphs, each of them once."
    echo
    echo '| mode | unique paragraphs | peak MB | bytes each, by growth of the peak |'
    echo '|---|---|---|---|'
    for mode in --exact ''; do
        rm -f "$log"
        run few "$few" 1 "$newsfold" -j1 $mode "$data/short-$few.txt"
        run all "$short" 1 "$newsfold" -j1 $mode "$data/short-$short.txt"
        memory_row "newsfold $mode" "$few" "$short"
    done
    echo
}

# in  $1: the folder; $2: --files or --dumps; $3: how many
make_files_once() {
    [ -z "$(find "$1/done" -newer "$build/make_corpus" 2> /dev/null)" ] || return 0
    rm -rf "$1"
    mkdir -p "$1/files"
    "$build/make_corpus" "$2" "$3" "$1/files"
    : > "$1/done"
}

# A folder into a mirrored one: the same bytes for any number of threads, and the memory of a tenth of the files beside.
part_folder() {
    folder=$data/dumps-$dumps
    make_files_once "$folder" --dumps "$dumps"
    folder_size=$(find "$folder/files" -type f -print0 | xargs -0 cat | wc -c)
    few=$(find "$folder/files" -type f | sort | head -n $((dumps / 10)) | tr '\n' ' ')
    rm -f "$log"
    i=0
    while [ $((i += 1)) -le "$rounds" ]; do
        rm -rf "$folder/out1" "$folder/out2"
        run 'newsfold --exact -j1 -O' "$folder_size" 1 "$newsfold" -q --exact -j1 -O "$folder/out1" "$folder/files"
        run 'newsfold --exact -j2 -O' "$folder_size" 1 "$newsfold" -q --exact -j2 -O "$folder/out2" "$folder/files"
        diff -r "$folder/out1" "$folder/out2" > /dev/null || echo "DIFFERENT OUTPUT for -j1 and -j2"
        run 'newsfold -j1' "$folder_size" 1 "$newsfold" -q -j1 "$folder/files"
        run 'newsfold -j2' "$folder_size" 1 "$newsfold" -q -j2 "$folder/files"
        run 'newsfold --scope=document -j2, a tenth of the files' $((folder_size / 10)) 1 "$newsfold" -q -j2 --scope=document $few
        run 'newsfold --scope=document -j2' "$folder_size" 1 "$newsfold" -q -j2 --scope=document "$folder/files"
    done
    echo "A folder: $dumps files, $((folder_size / 1000000)) MB."
    echo
    table 'newsfold --exact -j1 -O' '-O -j1' MB 1e6
}

part_files() {
    folder=$data/files-$files
    make_files_once "$folder" --files "$files"
    rm -f "$log"
    i=0
    while [ $((i += 1)) -le "$rounds" ]; do
        run 'cat' "$files" 1 sh -c 'find "$1" -type f -print0 | sort -z | xargs -0 cat' sh "$folder/files"
        run 'newsfold -j1' "$files" 1 "$newsfold" -q -j1 "$folder/files"
        run 'newsfold -j2' "$files" 1 "$newsfold" -q -j2 "$folder/files"
    done
    echo "Files: $files small ones, $(find "$folder/files" -type f -print0 | xargs -0 cat | wc -c | awk '{ printf "%d", $1 / 1e6 }') MB, in one call."
    echo
    table cat cat files 1
}

part_start() {
    printf 'Two lines are enough to start.\nThe second line ends the text.\n' > "$two"
    rm -f "$log"
    i=0
    while [ $((i += 1)) -le "$rounds" ]; do
        run 'true' 1 200 true "$two"
        run 'cat' 1 200 cat "$two"
        run 'newsfold' 1 200 "$newsfold" "$two"
    done
    echo "Start-up: a text of two lines, runs of 200."
    echo
    table true true runs 1
}

part_rules() { [ ! -f tests/bench/rules.sh ] || sh tests/bench/rules.sh "$build"; }
part_pages() { [ ! -f tests/bench/pages.sh ] || sh tests/bench/pages.sh "$build"; }
part_growth() { sh tests/bench/growth.sh "$build"; }
part_kernels() {
    make_once "$data/text-8.txt" 8
    "$build/kernels" "$data/text-8.txt"
    echo
}

cd "$(dirname "$0")/../.."
echo "$rounds rounds, $(getconf _NPROCESSORS_ONLN) processors; MB are 10^6 bytes, peaks in MiB."
echo
for part in ${*:-text stream levels memory folder files start rules pages kernels growth}; do
    "part_$part"
done
