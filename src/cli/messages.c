/*
 * messages.c: one line a message.
 * Used by the cli files.
 */
#include "cli/messages.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

/* File names may hold anything; a terminal must not be spoken to by them. */
static void print_name(const char *name)
{
    for (; *name; name++)
        fputc((unsigned char)*name < ' ' || *name == 0x7F ? '?' : *name, stderr);
}

void nf_message_error(const char *file, uint64_t line, const char *format, ...)
{
    va_list args;
    fputs("newsfold: ", stderr);
    if (file) {
        print_name(file);
        if (line)
            fprintf(stderr, ":%" PRIu64, line);
        fputs(": ", stderr);
    }
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
}

void nf_message_text(const char *text)
{
    fputs(text, stderr);
}
