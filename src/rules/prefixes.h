/*
 * prefixes.h: the literal beginnings of a pattern.
 * Used by the rule set, to index rules without compiling them.
 */
#ifndef NEWSFOLD_RULES_PREFIXES_H
#define NEWSFOLD_RULES_PREFIXES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

#define NF_PREFIX_MAX 7

/* A literal that a line must begin with. */
struct nf_prefix {
    char text[NF_PREFIX_MAX];
    uint8_t len;
    bool closed;                /* what follows it in the pattern is not literal */
};

struct nf_prefixes {
    struct nf_prefix *item;
    size_t count, capacity;
};

/*
 * The literal beginnings of a pattern, at most NF_PREFIX_MAX bytes each, in lower case: every line that
 * the pattern matches begins with one of them.
 *
 * in      pattern: PCRE2 syntax; alternations, optional parts, \d and small classes are followed
 * out     prefixes: replaced; an empty one among them says that nothing is known
 */
void nf_prefixes_of(struct nf_span pattern, struct nf_prefixes *prefixes);
void nf_prefixes_release(struct nf_prefixes *prefixes);

#endif
