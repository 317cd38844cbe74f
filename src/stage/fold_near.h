/*
 * fold_near.h: paragraphs that are alike but not equal: cut, joined, split, lightly edited.
 * Used by the fold files.
 *
 * Candidates come from anchors; whether a paragraph really stands in a source is then decided by aligning
 * their words one by one. What a copy
 * says and its source does not must be small and hold no number, name, or word that turns a sentence.
 */
#ifndef NEWSFOLD_STAGE_FOLD_NEAR_H
#define NEWSFOLD_STAGE_FOLD_NEAR_H

#include "base/places.h"
#include "stage/fold_anchors.h"
#include "stage/fold_item.h"
#include "stage/fold_store.h"
#include "text/words.h"

/* Words in order, 16 bits each, fewer than NF_PLACES_ABSENT, and where each item begins; one more entry ends the last. */
struct nf_trace {
    uint16_t *word;
    size_t count, capacity;
    uint32_t *from;
    size_t items, from_capacity;
    uint64_t *numbers;          /* of each item: the set of its numbers */
    size_t numbers_capacity;
};

struct nf_near {
    struct nf_trace earlier;            /* of the run: kept paragraphs by ordinal */
    struct nf_places earlier_anchors;   /* to a word of it */
    struct nf_trace here;               /* of the document: a view of what the digest stage found, which is by item too */
    struct nf_anchors here_anchors;     /* of items without an equal */
    size_t anchor_at;                   /* the next one to be searched for */
    const struct nf_document *document; /* and its items */
    const struct nf_items *items;
    struct nf_full_words copy;          /* of the item that is being aligned ... */
    size_t copy_item;                   /* ... which this is */
    size_t steps;                       /* of alignments, for the item at hand */
    struct nf_key cut, whole;           /* two keys, to see whether one begins the other */
    struct nf_guard *guard;             /* words that turn a sentence; made when first needed */
};

void nf_near_init(struct nf_near *near);
void nf_near_release(struct nf_near *near);

/* Begin a document, which lives as items do until it is committed. in  words: of the items; items: equals known */
void nf_near_start(struct nf_near *near, const struct nf_items *items, const struct nf_document *document,
                   const struct nf_words *words);

/*
 * Look for the item in the text before it, and remember it for those after it. Items come in order.
 *
 * out     the item's near match, if it has no equal
 * cost    of all alignments for an item: bounded by its words
 */
void nf_near_search(struct nf_near *near, struct nf_items *items, size_t i);

/*
 * Whether the item is a near copy of what follows `last` in a source.
 *
 * in      earlier: which source; limit: for this document, the first item that is not a source
 * out     *match
 */
bool nf_near_continues(struct nf_near *near, size_t i, bool earlier, const struct nf_member *last, uint64_t limit,
                       struct nf_match *match);

/* Whether the item, a pull quote perhaps, stands somewhere between two paragraphs of a source. */
bool nf_near_stands_in(struct nf_near *near, size_t i, bool earlier, uint64_t first, uint64_t last,
                       struct nf_match *match);

/* Whether one item of this document is how another begins, to the letter, and shorter. */
bool nf_near_begins(struct nf_near *near, size_t shorter, size_t longer);

/* The document has its verdicts: what is kept of it is a source for later ones. out  as nf_near_forget, if there was no place */
size_t nf_near_commit(struct nf_near *near, const struct nf_document *document);

/* What earlier documents left, to a store or from it. */
void nf_near_store(struct nf_near *near, struct nf_store *store);

/* Forget the older half of the words that earlier documents left. out  how many paragraphs are not known any more */
size_t nf_near_forget(struct nf_near *near);

size_t nf_near_bytes(const struct nf_near *near);

#endif
