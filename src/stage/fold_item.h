/*
 * fold_item.h: a document as fold sees it, content paragraphs only.
 * Used by the fold files.
 */
#ifndef NEWSFOLD_STAGE_FOLD_ITEM_H
#define NEWSFOLD_STAGE_FOLD_ITEM_H

#include <newsfold/document.h>

/* Where an item's text may stand already: items of this document, or ordinals of earlier ones. */
struct nf_match {
    uint64_t first, last;
    uint64_t end;               /* near: the word of the source that it ends before; 0 for equal items */
    bool earlier, near;
};

/* An item that goes with a run, and its place in the run's source. */
struct nf_member {
    size_t item;
    uint64_t first, last;
    uint64_t end;               /* as in nf_match */
    bool near;
    bool fuller;                /* the source is a cut copy of the item: it goes, and the item stays */
};

/* Small, as there is one for each paragraph of a run, most of them without any match. */
struct nf_item {
    uint32_t paragraph;         /* in the document */
    uint32_t words;
    uint32_t times;             /* of the first of equal items: how often it stands in the document */
    uint32_t same;              /* the first item that equals it; itself, if none before it does */
    uint32_t post;              /* changes where a forum's user card or quote frame stands between */
    uint32_t near_match;        /* its place in nf_items.match, from 1; 0: none */
    uint64_t earlier;           /* the equal paragraph of an earlier document, or NF_NONE */
    uint64_t source;            /* of removed: item or ordinal */
    bool quoted;                /* a quote was opened before it and not closed */
    bool removed;
    bool near;                  /* of removed */
    bool from_earlier;          /* of removed: the source is in an earlier document */
};

struct nf_items {
    const struct nf_document *document;
    struct nf_item *item;
    size_t count, capacity;
    struct nf_match *match;     /* the near ones */
    size_t match_count, match_capacity;
};

/* Where the item's text stands in this document before it, or in earlier ones; false: nowhere. */
bool nf_item_match(const struct nf_items *items, size_t i, bool earlier, struct nf_match *match);

/* Whether it stands anywhere else. */
bool nf_item_is_matched(const struct nf_items *items, size_t i);

#endif
