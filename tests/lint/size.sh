#!/bin/sh
# Functions of at most 60 lines, files of at most 500, main under 10 lines.
find src tests -name '*.[ch]' -exec awk 'END { if (FNR > 500) print FILENAME ": " FNR " lines" }' {} \;
ctags --version 2>/dev/null | grep -q Universal || { echo "no universal-ctags"; exit 77; }
find src tests -name '*.c' | LC_ALL=C sort | xargs ctags --kinds-C=f --fields=+ne -f - | awk -F'\t' '{
    for (i = 4; i <= NF; i++) {
        if ($i ~ /^line:/) from = substr($i, 6)
        if ($i ~ /^end:/) to = substr($i, 5)
    }
    len = to - from + 1
    if (len > 60)
        print $2 ":" from ": " $1 " has " len " lines"
    if ($1 == "main" && $2 == "src/cli/main.c" && len >= 10)
        print $2 ": main has " len " lines"
}'
