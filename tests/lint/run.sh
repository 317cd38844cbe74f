#!/bin/sh
# Runs each check of this folder from the top of the repository. A check prints what it finds, a line each;
# exit 77 means skipped, for the reason it printed.
cd "$(dirname "$0")/../.." || exit 1
passed=0 failed=0
for check in tests/lint/*.sh; do
    [ "$check" = tests/lint/run.sh ] && continue
    found=$(sh "$check" 2>&1)
    status=$?
    if [ $status = 77 ]; then
        echo "skipped $check: $found"
    elif [ $status = 0 ] && [ -z "$found" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED $check"
        echo "$found" | sed 's/^/    /'
    fi
done
echo "newsfold-tests: $passed passed, $failed failed"
[ $failed = 0 ]
