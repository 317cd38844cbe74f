/*
 * needs.h: what a line must be like for a pattern to match it, read from the pattern's text.
 * Used by the rule set, to try patterns on few lines.
 */
#ifndef NEWSFOLD_RULES_NEEDS_H
#define NEWSFOLD_RULES_NEEDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

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
};

struct nf_needs {
    struct nf_extent extent;
    struct nf_needed needed;
};

/*
 * in      pattern: PCRE2 syntax, anchored at both ends; valid UTF-8
 * out     needs: holds for every line that the pattern matches; 0 to NF_EXTENT_MAX and no texts where
 *         nothing is known
 */
void nf_needs_of(struct nf_span pattern, struct nf_needs *needs);

/* How often a text is met at a place of a line, roughly. in  text: lower case */
double nf_text_cost(struct nf_span text);

#endif
