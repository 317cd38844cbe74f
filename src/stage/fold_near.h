/*
 * fold_near.h: paragraphs that are alike but not equal: cut, joined, split, lightly edited.
 * Used by the fold files.
 *
 * Candidates come from anchors, hashes of eight words in a row of which one in eight is kept; whether a
 * paragraph really stands in a source is then decided by aligning their words one by one. What a copy
 * says and its source does not must be small and hold no number, name, or word that turns a sentence.
 */
#ifndef NEWSFOLD_STAGE_FOLD_NEAR_H
#define NEWSFOLD_STAGE_FOLD_NEAR_H

#include "base/table.h"
#include "stage/fold_item.h"
#include "stage/fold_store.h"
#include "text/words.h"

/* Words in order, 16 bits each, and where each item begins; one more entry ends the last. */
struct nf_trace {
    uint16_t *word;
    size_t count, capacity;
    uint64_t *from;
    size_t items, from_capacity;
};

struct nf_near {
    struct nf_trace earlier;            /* of the run: kept paragraphs by ordinal */
    struct nf_table earlier_anchors;    /* to a word of it */
    struct nf_trace here;               /* of the document, by item */
    struct nf_table here_anchors;
    const struct nf_document *document; /* and its items */
    const struct nf_items *items;
    struct nf_full_words copy;          /* of the item that is being aligned ... */
    size_t copy_item;                   /* ... which this is */
    struct nf_guard *guard;             /* words that turn a sentence */
};

void nf_near_init(struct nf_near *near);
void nf_near_release(struct nf_near *near);

/* Begin a document, which lives as items do until it is committed. in  words: by paragraph */
void nf_near_start(struct nf_near *near, const struct nf_items *items, const struct nf_document *document,
                   const struct nf_words *words);

/*
 * Look for the item in the text before it, and remember it for those after it.
 *
 * out     item->here or item->earlier, if neither was found before
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

/* The document is done: what was kept of it is a source for later ones. */
void nf_near_commit(struct nf_near *near, const struct nf_items *items);

/* What earlier documents left, to a store or from it. */
void nf_near_store(struct nf_near *near, struct nf_store *store);

size_t nf_near_bytes(const struct nf_near *near);

#endif
