/*
 * newlines.h: where the lines of a text end, in an eighth of its memory.
 * Used by the page stage, which counts lines when the page itself is gone.
 */
#ifndef NEWSFOLD_TEXT_NEWLINES_H
#define NEWSFOLD_TEXT_NEWLINES_H

#include "base/buf.h"

struct nf_newlines {
    uint64_t *bits;             /* one for each byte of the text */
    size_t capacity;            /* of it, in words */
    size_t len;                 /* bytes of the text */
};

void nf_newlines_release(struct nf_newlines *newlines);

/* Note those of a text, in the place of what was noted before. */
void nf_newlines_find(struct nf_newlines *newlines, struct nf_span text);

/* How many stand from byte `from` up to `to`, which is at most the text's length. */
uint64_t nf_newlines_between(const struct nf_newlines *newlines, size_t from, size_t to);

#endif
