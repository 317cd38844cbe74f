/*
 * extent.h: how long a line can be that a pattern matches.
 * Used by the rule set only.
 */
#ifndef NEWSFOLD_RULES_EXTENT_H
#define NEWSFOLD_RULES_EXTENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

#define NF_EXTENT_MAX UINT16_MAX        /* and longer */

/* In characters. */
struct nf_extent {
    uint32_t least, most;
};

/*
 * in      pattern: PCRE2 syntax, anchored at both ends; valid UTF-8
 * out     every line it matches has as many characters; 0 to NF_EXTENT_MAX where nothing is known
 */
struct nf_extent nf_extent_of(struct nf_span pattern);

#endif
