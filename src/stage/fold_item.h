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

/* A near match, of the items that have one. */
struct nf_item_match {
    size_t item;
    struct nf_match match;
};

/* Small, as there is one for each paragraph, most of them without any match. */
struct nf_item {
    union {
        uint64_t earlier;       /* until it is removed: the equal paragraph of an earlier document, or NF_NONE */
        uint64_t source;        /* of removed: item or ordinal */
    };
    uint32_t paragraph;         /* in the document */
    uint32_t words;
    uint32_t first_or_times;    /* of `again`: the first item that equals it; of others: how many equal it */
    uint32_t post : 26;         /* changes where a forum's user card or quote frame stands between */
    bool again : 1;             /* an item before it equals it */
    bool alike : 1;             /* it has a near match */
    bool quoted : 1;            /* a quote was opened before it and not closed */
    bool removed : 1;
    bool near : 1;              /* of removed */
    bool from_earlier : 1;      /* of removed: the source is in an earlier document */
};

struct nf_items {
    const struct nf_document *document;
    struct nf_item *item;
    size_t count, capacity;
    struct nf_item_match *match;        /* in the order of the items */
    size_t match_count, match_capacity;
};

/* Take a document's content, no matches known. */
void nf_items_collect(struct nf_items *items, const struct nf_document *document);

/* The document's verdicts are given: the memory of many items goes. */
void nf_items_end(struct nf_items *items);
void nf_items_release(struct nf_items *items);

/* The first of the items that equal the item, perhaps itself. */
static inline size_t nf_item_first(const struct nf_items *items, size_t i)
{
    return items->item[i].again ? items->item[i].first_or_times : i;
}

/* Item i equals an earlier one, the first of its kind. */
static inline void nf_item_repeats(struct nf_items *items, size_t i, size_t first)
{
    items->item[i].again = true;
    items->item[i].first_or_times = (uint32_t)first;
    items->item[first].first_or_times++;
}

/* How often the item's text stands in the document. */
static inline uint32_t nf_item_times(const struct nf_items *items, size_t i)
{
    return items->item[nf_item_first(items, i)].first_or_times + 1;
}

/* What stands elsewhere to the letter is a copy of that, and not looked for among what is alike. Not of removed items. */
static inline bool nf_item_has_equal(const struct nf_items *items, size_t i)
{
    return items->item[i].again || items->item[i].earlier != NF_NONE;
}

/* Whether it stands anywhere else. */
static inline bool nf_item_is_matched(const struct nf_items *items, size_t i)
{
    return items->item[i].alike || nf_item_has_equal(items, i);
}

/* Items come in order. */
void nf_item_set_alike(struct nf_items *items, size_t i, const struct nf_match *match);

/* Where the item's text stands in this document before it, or in earlier ones; false: nowhere. Not of removed items. */
bool nf_item_match(const struct nf_items *items, size_t i, bool earlier, struct nf_match *match);

#endif
