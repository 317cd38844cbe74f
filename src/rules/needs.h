/*
 * needs.h: what a line must be like for a pattern to match it, read from the pattern's text.
 * Used by the rule set, to try patterns on few lines.
 */
#ifndef NEWSFOLD_RULES_NEEDS_H
#define NEWSFOLD_RULES_NEEDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "rules/classes.h"

#define NF_EXTENT_MAX UINT16_MAX        /* and longer */

/* How long the line is, in characters. */
struct nf_extent {
    uint32_t least, most;
};

#define NF_NEEDED_LEN_MAX 16
#define NF_NEEDED_MAX 64

/* Texts in lower case; the line holds at least one. */
struct nf_needed {
    char text[NF_NEEDED_MAX][NF_NEEDED_LEN_MAX];
    uint8_t len[NF_NEEDED_MAX];
    size_t count;               /* 0: nothing is known */
    double cost;                /* how often such texts are met, roughly, for each place of a line */
    uint32_t reach;             /* one begins within so many characters of the line's end; NF_EXTENT_MAX: anywhere */
};

struct nf_needs {
    struct nf_extent extent;
    struct nf_ascii_set ends;   /* the line ends in one of them, or beyond ASCII */
    uint64_t within, holds;     /* classes: the line holds no others; it holds each of them */
    struct nf_needed needed;
};

/*
 * in      pattern: PCRE2 syntax, anchored at both ends; valid UTF-8. exact: its letters match in their case only
 * out     needs: holds for every line that the pattern matches; 0 to NF_EXTENT_MAX, all ends, all characters and
 *         no texts where nothing is known
 */
void nf_needs_of(struct nf_span pattern, bool exact, struct nf_needs *needs);

/* How often such texts are met in a long line, where they can stand, roughly. */
double nf_needed_cost(const struct nf_needed *needed);

/* How often a text is met at a place of a line, roughly. in  text: lower case */
double nf_text_cost(struct nf_span text);

#endif
