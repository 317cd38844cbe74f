/*
 * strip_looks.h: what a line of a dump looks like, from its characters.
 * Used by the strip files.
 */
#ifndef NEWSFOLD_STAGE_STRIP_LOOKS_H
#define NEWSFOLD_STAGE_STRIP_LOOKS_H

#include <newsfold/document.h>

#include "base/cpu.h"

enum nf_line_start { NF_STARTS_OTHER, NF_STARTS_LOWER, NF_STARTS_UPPER, NF_STARTS_DIGIT, NF_STARTS_QUOTE };

struct nf_line_looks {
    uint32_t chars;
    uint32_t digits, lower;     /* characters */
    uint32_t words, capitals;   /* words that begin with a letter, and with a capital one */
    uint32_t stops;             /* sentences that end before the line does */
    uint32_t last;              /* character */
    uint64_t same, shape;       /* digests of the line, case aside, and of the kinds of its characters */
    size_t first_term;          /* its words, as terms */
    uint8_t start;              /* enum nf_line_start */
    bool divided;               /* | or an arrow between parts */
    bool address;               /* of a page or a mailbox */
    bool clock, year;           /* it holds a time of day, a year */
};

/* Digests of words, of all lines one after the other. */
struct nf_terms {
    uint32_t *item;
    size_t count, capacity;
};

/* out  terms: the words of the line that are long enough to say something are added */
struct nf_line_looks nf_looks_of(struct nf_span text, enum nf_cpu cpu, struct nf_terms *terms);

#endif
