#!/bin/sh
# Builds the fuzzers with libFuzzer and the sanitizers, and runs each for a share of the time.
#
#     tests/fuzz/run.sh BUILD SECONDS
cd "$(dirname "$0")/../.." || exit 1
build=$1 seconds=$2 passed=0 failed=0
cc=${FUZZ_CC:-clang}
flags='-fsanitize=address,undefined -fno-sanitize-recover=all'

if ! echo 'int LLVMFuzzerTestOneInput(void); int LLVMFuzzerTestOneInput(void) { return 0; }' |
    "$cc" -fsanitize=fuzzer -x c -o /dev/null - 2>/dev/null; then
    echo "fuzz: skipped, there is no clang with libFuzzer"
    exit 0
fi
make -s BUILD="$build" CC="$cc" CFLAGS="-O1 -g $flags -fsanitize=fuzzer-no-link" FUZZ_LDFLAGS=-fsanitize=fuzzer FUZZ_MAIN= \
    "$build/fuzz_text" "$build/fuzz_html" "$build/fuzz_rules" "$build/fuzz_arguments" "$build/fuzz_records" || exit 1
for fuzzer in text html rules arguments records; do
    case $fuzzer in
    text | html) share=$((seconds * 3 / 10)) ;;
    *) share=$((seconds * 2 / 15)) ;;
    esac
    mkdir -p "$build/found/$fuzzer" "$build/new/$fuzzer"
    echo "== fuzz_$fuzzer, $share s"
    if "$build/fuzz_$fuzzer" -max_total_time=$share -max_len=3000 -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix="$build/found/$fuzzer/" "$build/new/$fuzzer" "tests/fuzz/corpus/$fuzzer" > "$build/log" 2>&1; then
        grep -E 'number_of_executed_units' "$build/log"
        passed=$((passed + 1))
    else
        tail -40 "$build/log"
        failed=$((failed + 1))
    fi
done
echo "newsfold-tests: $passed passed, $failed failed"
[ $failed = 0 ]
