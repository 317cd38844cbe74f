/*
 * long_line.h: what is known of a long line of Latin letters without making it plain.
 * Used by the strip stage, for prose.
 */
#ifndef NEWSFOLD_TEXT_LONG_LINE_H
#define NEWSFOLD_TEXT_LONG_LINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* Bytes; the counts of longer ones would not fit. */
#define NF_LONG_LINE_MAX 4000

/* What nf_plain_line has of the same line, before marks at its start are dropped. */
struct nf_long_line {
    uint32_t words, chars;
    uint32_t continuations;     /* bytes of characters that have several, their first left aside */
};

/*
 * Whether the line's plain form differs from it only in quotes, dashes and the three dots, and in a list mark at
 * the start: letters of Latin-1, single blanks, no quote marks before it.
 *
 * in      text: valid UTF-8, at most NF_LONG_LINE_MAX
 * out     line: set where it is so
 * cost    a few operations for 16 bytes; without SSE2 it is never so
 */
bool nf_long_line_read(struct nf_span text, struct nf_long_line *line);

#endif
