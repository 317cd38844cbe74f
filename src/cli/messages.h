/*
 * messages.h: the only writer of standard error.
 * Used by the cli files. One line each: newsfold: FILE:LINE: text
 */
#ifndef NEWSFOLD_CLI_MESSAGES_H
#define NEWSFOLD_CLI_MESSAGES_H

#include <stdint.h>

/* in  file: NULL for none; line: 0 for none */
void nf_message_error(const char *file, uint64_t line, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* A line on a terminal that the next message, or the next such line, replaces. in  text: NULL: only erase it */
void nf_message_passing(const char *text);

/* Text as it is, on standard error. */
void nf_message_text(const char *text);

#endif
