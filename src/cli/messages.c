/*
 * messages.c: one line a message.
 * Used by the cli files.
 */
#include "cli/messages.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

/* What stands on the terminal now. It has a state as long as the program runs, and so has this file. */
static bool passing;

static void erase(void)
{
    if (passing)
        fputs("\r\033[K", stderr);
    passing = false;
}

void nf_message_passing(const char *text)
{
    erase();
    if (text)
        fputs(text, stderr);
    passing = text;
}

/* File names may hold anything; a terminal must not be spoken to by them. C2 80 to C2 9F are controls in UTF-8. */
static bool is_control(const char *at)
{
    unsigned char c = (unsigned char)at[0], next = (unsigned char)at[1];
    return c < ' ' || c == 0x7F || (c == 0xC2 && next >= 0x80 && next < 0xA0);
}

static void print_name(const char *name)
{
    for (; *name; name++)
        fputc(is_control(name) ? '?' : *name, stderr);
}

void nf_message_error(const char *file, uint64_t line, const char *format, ...)
{
    va_list args;
    erase();
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
