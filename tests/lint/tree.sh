#!/bin/sh
# What lies where: the top level, names of files, one header guard each, no path of somebody's machine.
want="Makefile README.md include man samples src tests"
have=$(git ls-files 2>/dev/null | cut -d/ -f1 | grep -v '^\.' | LC_ALL=C sort -u | tr '\n' ' ' | sed 's/ $//')
[ -n "$have" ] || { echo "no git repository"; exit 77; }
[ "$have" = "$want" ] || echo "top level: $have; it should be: $want"

find src -type f | sed 's|.*/||' | LC_ALL=C sort | uniq -d | sed 's|^|src: two files are called |'
find src tests -type f | grep -E '/(util|utils|misc|common|helpers?)[._]|/(util|utils|misc|common|helpers?)\.[a-z]+$' |
    sed 's|$|: a name that says nothing|'

for file in $(find src include -name '*.[ch]'); do
    head -2 "$file" | grep -q "$(basename "$file"):" || echo "$file: does not begin with its name and purpose"
done
for file in $(find src include -name '*.h'); do
    guard=NEWSFOLD_$(echo "$file" | sed 's|^src/||; s|^include/newsfold/||; s|\.h$||; s|/|_|g' | tr 'a-z' 'A-Z')_H
    grep -q "^#ifndef $guard\$" "$file" || echo "$file: its guard should be $guard"
done

for layer in $(ls src | grep -v LAYERS); do
    grep -q "^$layer:" src/LAYERS || echo "src/$layer: not in src/LAYERS"
done
git grep -lE '(^|[^A-Za-z.])/(work|home|farm|root)/' -- . ':!tests/lint/tree.sh' | sed 's|$|: names a path of somebody'"'"'s machine|'
exit 0
