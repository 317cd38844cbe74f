/*
 * candidates.h: the patterns that are worth a try on a line.
 * Used by the index, which names them, and by the matcher.
 */
#ifndef NEWSFOLD_RULES_CANDIDATES_H
#define NEWSFOLD_RULES_CANDIDATES_H

#include "base/alloc.h"
#include "rules/rules.h"

/* What a line shows of itself to gates. */
struct nf_shown {
    uint32_t chars;
    uint64_t ends;              /* the class of its last character; all where that is beyond ASCII, or there is none */
    uint64_t classes;           /* of all its characters */
};

/* in  last: the line's last byte */
static inline uint64_t nf_shown_end(unsigned char last)
{
    return last < 0x80 ? nf_class_of[last] : NF_CLASSES_ALL;
}

/* Both are told without a branch, as they are asked for all patterns that the index names, one after the other. */
static inline bool nf_gate_fits_ends(const struct nf_gate *gate, uint32_t chars, uint64_t ends)
{
    return (chars >= gate->least) & ((chars <= gate->most) | (gate->most == NF_EXTENT_MAX)) & ((ends & gate->ends) != 0);
}

static inline bool nf_gate_fits_classes(const struct nf_gate *gate, uint64_t classes)
{
    return !((classes & ~gate->within) | (gate->holds & ~classes));
}

struct nf_candidates {
    const struct nf_gate *gate; /* borrowed; the set's */
    struct nf_shown shown;
    uint16_t *number;           /* of patterns that fit, in any order, some more than once */
    size_t count, capacity;
};

/* Those that fit of some patterns. */
static inline void nf_candidates_add(struct nf_candidates *candidates, const uint16_t *numbers, size_t count)
{
    candidates->number = nf_grow(candidates->number, &candidates->capacity, candidates->count + count, sizeof *numbers);
    for (size_t i = 0; i < count; i++) {
        const struct nf_gate *gate = &candidates->gate[numbers[i]];
        candidates->number[candidates->count] = numbers[i];
        size_t ends = nf_gate_fits_ends(gate, candidates->shown.chars, candidates->shown.ends);
        candidates->count += ends & nf_gate_fits_classes(gate, candidates->shown.classes);      /* no branch */
    }
}

#endif
