/*
 * fold_anchors.h: hashes of words in a row, by which near copies are first noticed.
 * Used by fold_near.c only.
 *
 * Eight words make an anchor, at one place in eight. Which places is a matter of their first two words, so that a copy
 * has its anchors where the source has them, whatever stands around; only there the eight are hashed. Half of them are
 * kept for the documents that follow: they repeat whole paragraphs, where a document quotes single sentences of itself.
 */
#ifndef NEWSFOLD_STAGE_FOLD_ANCHORS_H
#define NEWSFOLD_STAGE_FOLD_ANCHORS_H

#include "base/places.h"
#include "base/slots.h"

struct nf_anchor {
    uint64_t key;
    uint32_t word;              /* of this document */
    uint32_t earlier;           /* the word of earlier text that has the same, or NF_PLACES_ABSENT; if kept */
    uint32_t first;             /* the first anchor of this document that has it */
    uint32_t here;              /* of that: the first word that is a source here, or NF_PLACES_ABSENT */
    bool again;                 /* it stands in earlier text, or twice here: few do */
};

/* Those of a document, in order. */
struct nf_anchors {
    struct nf_anchor *anchor;
    size_t count, capacity;
    uint32_t *kept;             /* which of them are kept for later documents, and looked up in earlier ones */
    size_t kept_count, kept_capacity;
    struct nf_slots same;
};

void nf_anchors_release(struct nf_anchors *anchors);

/* Those of a new document are to be added. */
void nf_anchors_start(struct nf_anchors *anchors);

/* Add those of a paragraph; one at least that is kept, if it has eight words. in  word: of the document; from, to: the paragraph's */
void nf_anchors_add(struct nf_anchors *anchors, const uint16_t *word, uint32_t from, uint32_t to);

/* All are added: look them up in earlier text and among each other. out  earlier, first, again; here: absent */
void nf_anchors_look_up(struct nf_anchors *anchors, const struct nf_places *earlier);

#endif
