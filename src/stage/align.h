/*
 * align.h: whether the words of one text stand in another, but for small edits.
 * Used by fold_near.c only.
 */
#ifndef NEWSFOLD_STAGE_ALIGN_H
#define NEWSFOLD_STAGE_ALIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stage/guard.h"
#include "text/words.h"

struct nf_alignment {
    const struct nf_guard *guard;
    struct nf_full_words *copy_words;   /* asked for at an edit only */
    const uint16_t *copy;
    size_t count;               /* words of the copy */
    const uint16_t *source;
    size_t source_from, source_to;
    size_t steps, steps_most;   /* comparisons at edits, counted on; no more than that many */
    size_t matched, edits;      /* out */
    size_t first, last;         /* out: the source words that the copy spans, last not included */
};

/*
 * Align a copy with a source around a pair of words known or guessed to belong together.
 *
 * out     whether all of the copy stands there: at most one small edit in twelve words, of at most three
 *         words each, none of them a number, a name or guarded; the source may say more
 * cost    linear in the copy, and about 200 steps an edit, as long as steps_most allows
 */
bool nf_align(struct nf_alignment *alignment, size_t copy_at, size_t source_at);

#endif
