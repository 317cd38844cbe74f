#!/bin/sh
# How much longer 600 rules take than 50: user seconds of both, and the ratio.
# Run by hand or by `make bench`: tests/bench/rules.sh BUILD [MB]
#
# Every rule begins with one of about a hundred words and goes on with one of eight endings; one in
# twenty begins with a class instead. The rules of both files are spread over the same words.
set -eu
export LC_ALL=C
build=$1 mb=${2:-64}
data=$build/bench
corpus=$data/rules-$mb.txt
mkdir -p "$data"
[ -s "$corpus" ] || "$build/make_corpus" "$mb" > "$corpus"

# in  $1: the number of rules
print_rules() {
    awk -v count="$1" 'BEGIN {
        heads = split("share view read follow reply posted joined messages location quote click related subscribe " \
            "advertisement sign photo image source tags topics filed comments next previous back menu search more " \
            "latest popular trending watch listen download print save report edit delete like tweet send copy link " \
            "open close show hide expand about contact privacy terms cookies copyright updated published written " \
            "edited credit courtesy reuters newsletter donate support join register login account profile settings " \
            "help sections home news sport world business culture opinion video live weather travel jobs cars " \
            "members guests thread forum board rules today yesterday monday tuesday wednesday thursday friday", head)
        tails = split("this (?:page|post|story)[.!]?~on .{1,30}~\\d{1,4}~here(?: to .{1,40})?~: ?.{1,40}~by .{2,40}~" \
            "our .{2,40}[.!]?~to the .{2,60}", tail, "~")
        for (i = 0; i < count; i++) {
            first = i % 20 == 19 ? "[\\d.,]{1," i % 9 + 1 "} " head[i % heads + 1] : head[i * 7 % heads + 1]
            printf "rule made-%d\ncategory navigation\nline %s %s\n\n", i, first, tail[i * 3 % tails + 1]
        }
    }'
}

# User seconds for a number of rules, the median of five runs.
measure() {
    print_rules "$1" > "$data/$1.rules"
    "$build/measure" 5 "$build/newsfold" -j1 --exact --no-builtin-rules --rules="$data/$1.rules" "$corpus" | cut -f2 -d' '
}

few=$(measure 50) all=$(measure 600)
awk -v few="$few" -v all="$all" 'BEGIN {
    printf "50 rules %.3f s, 600 rules %.3f s: %.2f times\n", few, all, all / few
}'
