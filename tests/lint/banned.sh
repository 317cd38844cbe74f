#!/bin/sh
# Calls that do without a length or an error, and things that have one place.

# in  $1: an extended regular expression; $2: what to say; then files that may
refuse() {
    pattern=$1 say=$2
    shift 2
    find src include -name '*.[ch]' | LC_ALL=C sort | while read -r file; do
        for may in "$@"; do
            [ "$file" = "$may" ] && continue 2
        done
        # Comments and literals do not call anything.
        sed -e 's:/\*.*\*/::' -e 's/"[^"]*"/""/g' -e '/^ \*/d' -e '/^\/\*/d' "$file" |
            grep -nE "(^|[^A-Za-z0-9_>.])($pattern)" | sed "s|^|$file, about line |; s|\$|   <- $say|"
    done
}

refuse '(strcpy|strcat|strncpy|strncat|stpcpy|sprintf|vsprintf|gets|strtok|strtok_r|atoi|atol|atoll|atof|scanf|sscanf|fscanf|alloca|tmpnam|mktemp|system|popen|rand|setjmp|longjmp) *\(' \
    'no length, no error, or another program'
refuse '(malloc|calloc|realloc|reallocarray|strdup|strndup|asprintf) *\(' 'memory comes from base/alloc.h' src/base/alloc.c
# utf8proc hands out memory of its own.
refuse 'free *\(' 'memory goes back through base/alloc.h' src/base/alloc.c src/text/chars.c
refuse 'stderr' 'messages are written by cli/messages.c' src/cli/messages.c src/cli/stats.c \
    src/rules/builtin/make_index.c
# The program that makes the rules' index runs at build time.
refuse '(printf|puts|putchar|perror|fputs|fputc|fprintf|vfprintf|vprintf) *\(' 'output goes through the writers' \
    src/cli/messages.c src/rules/builtin/make_index.c
refuse '(exit|_exit|_Exit|quick_exit) *\(' 'library code does not end the program' src/base/alloc.c
refuse '(time|clock|gettimeofday|clock_gettime|setlocale|getpid) *\(' 'the output depends on the input only' src/base/clock.c
refuse '(TODO|FIXME|XXX|HACK)' 'finish it or make it an issue'

# Each outside library has one door.
door() {
    find src include -name '*.[ch]' ! -path "$2" -exec grep -nE "#include <$1" /dev/null {} + |
        sed "s|\$|   <- only $2 may|"
}
door 'pcre2' src/adapt/regex.c
door 'xxh' 'src/adapt/digest*.c'
door 'utf8proc' src/text/chars.c
door 'libxml' src/adapt/html.c
door 'z(lib|std)\.h' src/adapt/inflate.c
exit 0
