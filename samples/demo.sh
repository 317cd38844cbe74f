#!/bin/sh
# demo.sh: shows a sample before and after newsfold; `make demo` runs it. $1: the program.
newsfold=$1
cd "$(dirname "$0")/.." || exit 1
sample=samples/xenforo-post.txt
for other in samples/*.txt; do
    [ -f $sample ] || { [ -f "${other%.txt}.clean.txt" ] && sample=$other; }
done
color=auto
[ -t 1 ] && [ -z "${NO_COLOR:-}" ] && color=always

echo
echo "==== Before: $sample, $(wc -l < $sample) lines, $(wc -w < $sample) words"
echo "     (each line with what newsfold thinks of it: newsfold --explain $sample)"
echo
"$newsfold" --explain --color=$color $sample
echo
clean=$(mktemp) || exit 1
trap 'rm -f "$clean" "$clean.stats"' EXIT
"$newsfold" --stats="$clean.stats" $sample > "$clean" || exit 1
echo "==== After: newsfold < $sample, $(wc -l < "$clean") lines, $(wc -w < "$clean") words"
echo
cat "$clean"
echo
count() { sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p" "$clean.stats"; }
total=$(count paragraphs) kept=$(count kept)
repeats=$(($(count repeat_exact) + $(count repeat_near)))
echo "==== $total paragraphs: $kept kept, $repeats repeats folded, $((total - kept - repeats)) of boilerplate taken out, $(count moved) moved to their place"
