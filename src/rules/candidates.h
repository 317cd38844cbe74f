/*
 * candidates.h: the patterns that are worth a try on a line.
 * Used by the index, which names them, and by the matcher.
 */
#ifndef NEWSFOLD_RULES_CANDIDATES_H
#define NEWSFOLD_RULES_CANDIDATES_H

#include "base/alloc.h"
#include "rules/rules.h"

/* What a line shows that decides over most patterns: how long it is, what it ends in, and its characters' classes. */
struct nf_shown {
    size_t chars;
    unsigned char last;         /* 0x80 and above: some character beyond ASCII, or none */
    uint64_t classes;
};

/* Both are taken without a branch, as they are asked for all patterns that the index names, one after the other. */
static inline bool nf_pattern_fits_ends(const struct nf_pattern *pattern, size_t chars, unsigned char last)
{
    return (chars >= pattern->extent.least) & ((chars <= pattern->extent.most) | (pattern->extent.most == NF_EXTENT_MAX))
           & ((last >= 0x80) | nf_ascii_set_has(&pattern->ends, last));
}

static inline bool nf_pattern_fits_classes(const struct nf_pattern *pattern, uint64_t classes)
{
    return !((classes & ~pattern->within) | (pattern->holds & ~classes));
}

struct nf_candidates {
    const struct nf_pattern *pattern;   /* borrowed; the set's */
    struct nf_shown shown;
    uint16_t *number;           /* of patterns that fit, in any order, some more than once */
    size_t count, capacity;
};

/* Those that fit of some patterns. */
static inline void nf_candidates_add(struct nf_candidates *candidates, const uint16_t *numbers, size_t count)
{
    candidates->number = nf_grow(candidates->number, &candidates->capacity, candidates->count + count, sizeof *numbers);
    for (size_t i = 0; i < count; i++) {
        const struct nf_pattern *pattern = &candidates->pattern[numbers[i]];
        candidates->number[candidates->count] = numbers[i];
        candidates->count += nf_pattern_fits_ends(pattern, candidates->shown.chars, candidates->shown.last)
                             & nf_pattern_fits_classes(pattern, candidates->shown.classes);
    }
}

#endif
