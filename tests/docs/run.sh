#!/bin/sh
# run.sh: runs what README.md, samples/recipes.md and the man pages show, and compares; cleans the samples, and compares.
# Used by `make test`. $1: the program, default build/newsfold. Prints `newsfold-tests: P passed, F failed` last.
#
# An example is a line that begins with `$ `, in a .md file in a block that opens with ```sh, in a man page in a
# literal display under EXAMPLES. A command ends with its line, or goes on behind a backslash. What follows up to
# the next command or the block's end is what it must print, standard output and standard error together. The
# examples of a file run in order in one folder that holds a copy of samples/, with newsfold on the PATH.
set -u
LC_ALL=C.UTF-8 export LC_ALL
unset NO_COLOR

top=$(cd "$(dirname "$0")/../.." && pwd) || exit 2
program=${1:-$top/build/newsfold}
case $program in /*) ;; *) program=$PWD/$program ;; esac
[ -x "$program" ] || { echo "run.sh: no program at $program; run make first" >&2; exit 2; }

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM
mkdir "$work/bin" && ln -s "$program" "$work/bin/newsfold" || exit 2
PATH=$work/bin:$PATH

passed=0 failed=0
pass() { passed=$((passed + 1)); }
fail() { failed=$((failed + 1)); echo "FAILED $1"; }

# same NAME EXPECTED FOUND: two files are equal
same() {
    if cmp -s "$2" "$3"; then pass; else fail "$1"; diff -u "$2" "$3" | sed -n '3,40p'; fi
}

# The lines of the examples, block by block; a line `%%` ends each block.
blocks_of_readme() {
    awk '/^```/ { if (open) print "%%"; open = !open && $0 == "```sh"; next } open' "$1"
}

blocks_of_manual() {
    awk '/^\.Sh/ { examples = $2 == "EXAMPLES" }
         /^\.Ed/ { if (open) print "%%"; open = 0 }
         open { gsub(/\\&/, ""); gsub(/\\\(aq/, "\047"); gsub(/\\\(dq/, "\""); gsub(/\\-/, "-"); gsub(/\\e/, "\\"); print }
         examples && /^\.Bd -literal/ { open = 1 }' "$1"
}

# Cuts blocks into NUMBER.cmd and NUMBER.out in the folder $1.
cut_examples() {
    awk -v folder="$1" '
        function start() { name = sprintf("%s/%03d", folder, ++count); printf "" > (name ".out"); printf "" > (name ".cmd") }
        $0 == "%%" { name = ""; more = 0; next }
        more { print > (name ".cmd"); more = /\\$/; next }
        /^\$ / { start(); print substr($0, 3) > (name ".cmd"); more = /\\$/; next }
        name != "" { print > (name ".out") }'
}

# run_examples FILE FUNCTION
run_examples() {
    folder=$work/$(basename "$1")
    [ -f "$top/$1" ] || { fail "$1: not there"; return; }
    mkdir "$folder" "$folder/examples" "$folder/here" && cp -R "$top/samples" "$folder/here/" || exit 2
    "$2" "$top/$1" | cut_examples "$folder/examples"
    [ -f "$folder/examples/001.cmd" ] || fail "$1: no examples"
    for command in "$folder"/examples/*.cmd; do
        [ -f "$command" ] || continue
        (cd "$folder/here" && sh "$command") > "${command%.cmd}.found" 2>&1 < /dev/null
        same "$1: $(head -n 1 "$command")" "${command%.cmd}.out" "${command%.cmd}.found"
    done
}

# Each sample gives its clean text, and its clean text gives itself.
run_samples() {
    for sample in "$top"/samples/*.txt; do
        case $sample in *.clean.txt) continue ;; esac
        name=samples/$(basename "$sample") clean=${sample%.txt}.clean.txt
        [ -f "$clean" ] || { fail "$name: no clean text beside it"; continue; }
        "$program" "$sample" > "$work/found" 2>&1
        same "$name" "$clean" "$work/found"
        "$program" "$clean" > "$work/found" 2>&1
        same "$name, cleaned twice" "$clean" "$work/found"
    done
}

# The manual names the options of options.def, in its order, and mandoc finds nothing to warn of.
run_manuals() {
    sed -n 's/^OPTION([A-Z_]*, "\([a-z-]*\)".*/\1/p' "$top/src/cli/options.def" > "$work/options"
    awk '/^\.Sh/ { options = $2 == "OPTIONS" } options' "$top/man/newsfold.1" |
        sed -n 's/^\.It \(Fl [a-zA-Z0-9] .*, \)\{0,1\}Fl -\([a-z-]*\).*/\2/p' > "$work/found"
    same "man/newsfold.1: the options of src/cli/options.def, in order" "$work/options" "$work/found"
    command -v mandoc > /dev/null || return
    for page in newsfold.1 newsfold-rules.5; do
        : > "$work/nothing"
        mandoc -T lint -W warning "$top/man/$page" > "$work/found" 2>&1
        same "man/$page: mandoc -T lint" "$work/nothing" "$work/found"
    done
}

run_samples
run_manuals
run_examples README.md blocks_of_readme
run_examples samples/recipes.md blocks_of_readme
run_examples man/newsfold.1 blocks_of_manual
run_examples man/newsfold-rules.5 blocks_of_manual
echo "newsfold-tests: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
