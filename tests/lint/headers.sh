#!/bin/sh
# Each header compiles alone.
flags="-std=c11 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -Iinclude -Isrc -Wall -Wextra -fsyntax-only"
for header in $(find include src tests/unit -name '*.h'); do
    printf '#include "%s"\n' "$header" | ${CC:-cc} $flags -I. -x c - 2>&1 || echo "$header does not compile alone"
done
