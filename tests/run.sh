#!/bin/sh
# Runs parts of the tests on a build, all of them whatever fails, and adds up what they count.
#
#     tests/run.sh BUILD PART...      parts: unit cases docs blocks corpus records faults eval lint valgrind
#
# Every runner ends with a line `newsfold-tests: P passed, F failed`; one that dies before counts as one failure.
cd "$(dirname "$0")/.." || exit 1
build=$1
shift

part() {
    case $1 in
    unit) "$build/unit" ;;
    cases) tests/run_cases.py --build "$build" ;;
    docs) sh tests/docs/run.sh "$build/newsfold" ;;
    blocks) tests/run_cases.py --build "$build" --blocks ;;
    corpus)
        worst=0
        for fuzzer in text html rules arguments records; do
            "$build/fuzz_$fuzzer" tests/fuzz/corpus/$fuzzer/* || worst=1
        done
        return $worst
        ;;
    records) tests/records/run.py --build "$build" ;;
    faults)
        worst=0
        for test in run files kill; do
            tests/faults/$test.py --build "$build" || worst=1
        done
        return $worst
        ;;
    eval) tests/eval/run.py "$build/newsfold" ;;
    lint) sh tests/lint/run.sh ;;
    valgrind)
        tests/run_cases.py --build "$build" --prefix "valgrind -q --error-exitcode=99 --leak-check=full \
            --errors-for-leak-kinds=definite --suppressions=$PWD/tests/valgrind.supp" ;;
    *) echo "no part $1" && return 1 ;;
    esac
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT
for name in "$@"; do
    [ "$name" != docs ] || [ -f tests/docs/run.sh ] || continue
    began=$(date +%s)
    echo "== $name"
    { part "$name"; echo "status $?"; } 2>&1 | tee "$log.part" | sed '/^status [0-9]*$/d'
    if ! grep -qa '^status 0$' "$log.part" && ! grep -qa '^newsfold-tests: .* [1-9][0-9]* failed' "$log.part"; then
        echo "FAILED $name ended without a count"
        echo "newsfold-tests: 0 passed, 1 failed" | tee -a "$log.part"
    fi
    cat "$log.part" >> "$log"
    rm -f "$log.part"
    echo "   $(($(date +%s) - began)) s"
done
awk '/^newsfold-tests: / { passed += $2; failed += $4 }
     END { printf "== %d passed, %d failed in all\n", passed, failed; exit failed > 0 }' "$log"
