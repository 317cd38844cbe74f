/*
 * fold_anchors.h: hashes of words in a row, by which near copies are first noticed.
 * Used by fold_near.c only.
 *
 * Eight words make an anchor, at one place in eight. Which places is a matter of their first two words, so that a copy
 * has its anchors where the source has them, whatever stands around; only there the eight are hashed. Half of them are
 * kept for the documents that follow: they repeat whole paragraphs, where a document quotes single sentences of itself.
 * Nearly all stand nowhere else, and of these only the place is held.
 */
#ifndef NEWSFOLD_STAGE_FOLD_ANCHORS_H
#define NEWSFOLD_STAGE_FOLD_ANCHORS_H

#include "base/cpu.h"
#include "base/places.h"
#include "base/slots.h"

/* One that stands in earlier text, or twice here; few others are among them. */
struct nf_anchor {
    uint32_t word;              /* of this document */
    uint32_t earlier;           /* the word of earlier text that has the same, or NF_PLACES_ABSENT; if kept */
    uint32_t first;             /* the first one of these that is the same */
    uint32_t here;              /* of that: the first word that is a source here, or NF_PLACES_ABSENT */
};

/* One that is kept for later documents, and looked up in earlier ones. */
struct nf_kept_anchor {
    uint32_t word, item;
};

/* Bits for hashes of eight words: met, and met again. */
struct nf_anchor_bits {
    uint64_t once, twice;
};

/* Those of a document, in order. */
struct nf_anchors {
    uint32_t *word;             /* all of them */
    size_t count, capacity;
    struct nf_kept_anchor *kept;
    size_t kept_count, kept_capacity;
    uint64_t *key;              /* of those that are kept */
    uint32_t *found;            /* and their places in earlier text */
    size_t key_capacity;
    struct nf_anchor *again;
    size_t again_count, again_capacity;
    struct nf_anchor_bits *bits;
    size_t bits_capacity;
    struct nf_slots same;
    enum nf_cpu cpu;            /* which way to go; the anchors are the same by all of them */
};

void nf_anchors_release(struct nf_anchors *anchors);

/* Those of a new document are to be added. */
void nf_anchors_start(struct nf_anchors *anchors);

/* Add those of items in a row; of each one at least that is kept, if it has eight words. in  from: where items begin */
void nf_anchors_add(struct nf_anchors *anchors, const uint16_t *word, const uint32_t *from, size_t first, size_t past);

/* All are added: look them up in earlier text and among each other. in  word: as before. out  key, again; here: absent */
void nf_anchors_look_up(struct nf_anchors *anchors, const uint16_t *word, const struct nf_places *earlier);

#endif
