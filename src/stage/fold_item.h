/*
 * fold_item.h: a document as fold sees it, content paragraphs only.
 * Used by the fold files.
 */
#ifndef NEWSFOLD_STAGE_FOLD_ITEM_H
#define NEWSFOLD_STAGE_FOLD_ITEM_H

#include <newsfold/document.h>

#define NF_ITEM_NONE SIZE_MAX

/* Where an item's text may stand already. */
struct nf_match {
    uint64_t first, last;       /* items of this document, or ordinals of earlier ones */
    bool found, near;
    uint64_t end;               /* near: the word of the source that it ends before */
};

/* An item that goes with a run, and its place in the run's source. */
struct nf_member {
    size_t item;
    uint64_t first, last;
    uint64_t end;               /* as in nf_match; 0 for equal items */
    bool near;
};

struct nf_item {
    size_t paragraph;           /* in the document */
    struct nf_digest digest;
    uint32_t words;
    uint32_t times;             /* of the first of equal items: how often it stands in the document */
    struct nf_match here;       /* the first equal item before it in this document */
    struct nf_match earlier;    /* in earlier documents */
    uint32_t post;              /* changes where a forum's user card or quote frame stands between */
    bool quoted;                /* a quote was opened before it and not closed */
    bool removed;
    bool near;
    bool from_earlier;          /* of removed: the source is in an earlier document */
    uint64_t source;            /* of removed: item or ordinal */
};

struct nf_items {
    struct nf_item *item;
    size_t count, capacity;
};

#endif
