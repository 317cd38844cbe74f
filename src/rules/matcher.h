/*
 * matcher.h: the rules that match a line.
 * Used by the strip stage and by the tests of rules.
 */
#ifndef NEWSFOLD_RULES_MATCHER_H
#define NEWSFOLD_RULES_MATCHER_H

#include "rules/candidates.h"
#include "text/plain_line.h"

/*
 * What matching needs besides the rules: patterns compiled when a line first asks for them. Each thread
 * has its own; the set of rules is shared.
 */
struct nf_matcher {
    const struct nf_rules *rules;       /* borrowed; loaded to its end before the first match */
    const struct nf_index *index[2];    /* of the built-in rules and of others, where there are any */
    size_t index_count;
    struct nf_regex **regex;            /* of patterns, then of what goes before and after each rule */
    struct nf_candidates candidates;    /* of the line at hand */
    struct nf_buf lower;                /* room for a line */
};

void nf_matcher_init(struct nf_matcher *matcher, const struct nf_rules *rules);
void nf_matcher_release(struct nf_matcher *matcher);

#define NF_HITS_MAX 64
#define NF_NO_RULE UINT16_MAX   /* NF_PATTERNS_MAX is below */

/*
 * The rules whose pattern matches a line, in the set's order; their contexts are not looked at.
 *
 * in      hits: room for NF_HITS_MAX numbers
 */
size_t nf_matcher_hits(struct nf_matcher *matcher, struct nf_plain_line *line, uint16_t *hits);

/* The same, but late rules (nf_rule_is_late) are among them where they may match: nf_matcher_holds is to be asked. */
size_t nf_matcher_hits_but_late(struct nf_matcher *matcher, struct nf_plain_line *line, uint16_t *hits);

/*
 * Whether any rule may match a line that is not made plain, one late rule left aside.
 *
 * in      raw, line: the same line's
 * out     late: that rule where it may match, as for nf_matcher_hits_but_late, or NF_NO_RULE; not set where another may match
 */
bool nf_matcher_may_hit_raw(struct nf_matcher *matcher, const struct nf_raw_line *raw, const struct nf_long_line *line, uint16_t *late);

/* Whether one of the rule's patterns matches, and the line holds what it must; the index is not asked. */
bool nf_matcher_holds(struct nf_matcher *matcher, size_t rule, struct nf_plain_line *line);

enum nf_side { NF_BEFORE, NF_AFTER };

/* Whether a line may be taken along with one that the rule holds for. */
bool nf_matcher_takes(struct nf_matcher *matcher, size_t rule, enum nf_side side, const struct nf_plain_line *line);

#endif
