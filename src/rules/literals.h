/*
 * literals.h: finding the few rules worth trying on a line, by the text they must hold.
 * Used by the rule set only.
 */
#ifndef NEWSFOLD_RULES_LITERALS_H
#define NEWSFOLD_RULES_LITERALS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

#define NF_PREFIX_MAX 5

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

struct nf_literal {
    const char *text;
    uint16_t len, rule;
    uint16_t next;              /* in its bucket, from 1; 0 ends it */
    bool at_start;
};

#define NF_LITERALS_MAX 65000

/* Literals by their first three bytes; shorter ones by their first. */
struct nf_literal_index {
    const struct nf_literal *item;
    uint16_t bucket[4096];
    uint16_t short_bucket[256];
};

/* An index that grows; the index's items are its own. */
struct nf_literals {
    struct nf_literal_index index;
    struct nf_literal *item;
    size_t count, capacity;
};

void nf_literals_release(struct nf_literals *literals);

/*
 * in      text: lower case, not empty
 * fails   past NF_LITERALS_MAX, giving false
 */
bool nf_literals_add(struct nf_literals *literals, struct nf_span text, uint16_t rule, bool at_start);

/*
 * The rules whose literals a line holds.
 *
 * in      lower: the line in lower case; rules: room for `max` numbers
 * out     the numbers, unsorted, some perhaps twice
 * cost    a look-up a byte
 */
size_t nf_literals_find(const struct nf_literal_index *index, struct nf_span lower, uint16_t *rules, size_t max);

#endif
