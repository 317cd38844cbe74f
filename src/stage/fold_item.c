/*
 * fold_item.c: the content of a document, and where each paragraph of it stands already.
 * Used by the fold files.
 */
#include "stage/fold_item.h"

#include "base/alloc.h"

/* A quote's first lines; further ones follow in the run that these begin. */
#define QUOTED_ITEMS 2

#define POST_MASK 0x3FFFFFFu

/* Room for so many items is kept for the next document. */
#define KEPT_ITEMS ((size_t)128 << 10)

void nf_items_release(struct nf_items *items)
{
    nf_free(items->item);
    nf_free(items->match);
    *items = (struct nf_items){0};
}

void nf_items_end(struct nf_items *items)
{
    if (items->capacity > KEPT_ITEMS)
        nf_items_release(items);
}

static bool ends_post(const struct nf_paragraph *paragraph)
{
    return paragraph->verdict == NF_BOILERPLATE
           && (paragraph->category == NF_CATEGORY_FORUM_CARD || paragraph->category == NF_CATEGORY_QUOTE_FRAME);
}

static void reserve(struct nf_items *items, size_t count)
{
    items->item = nf_grow(items->item, &items->capacity, count, sizeof *items->item);
    items->count = items->match_count = 0;
}

void nf_items_collect(struct nf_items *items, const struct nf_document *document)
{
    uint32_t post = 0;
    unsigned quoted = 0;
    reserve(items, document->count);
    items->document = document;
    for (size_t i = 0; i < document->count; i++) {
        const struct nf_paragraph *paragraph = &document->paragraphs[i];
        bool ends = ends_post(paragraph);
        post += ends;
        if (paragraph->opens_quote)
            quoted = QUOTED_ITEMS;
        else if (ends || paragraph->closes_quote)
            quoted = 0;
        if (paragraph->verdict != NF_KEEP || !paragraph->words)
            continue;
        items->item[items->count++] = (struct nf_item){.earlier = NF_NONE, .paragraph = (uint32_t)i,
                                                       .words = paragraph->words, .post = post & POST_MASK,
                                                       .quoted = quoted > 0};
        quoted -= quoted > 0;
    }
}

void nf_item_set_alike(struct nf_items *items, size_t i, const struct nf_match *match)
{
    items->match = nf_grow(items->match, &items->match_capacity, items->match_count + 1, sizeof *items->match);
    items->match[items->match_count++] = (struct nf_item_match){i, *match};
    items->item[i].alike = true;
}

/* Of an item that has one. */
static const struct nf_match *near_match(const struct nf_items *items, size_t i)
{
    size_t low = 0, high = items->match_count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (items->match[middle].item <= i)
            low = middle;
        else
            high = middle;
    }
    return &items->match[low].match;
}

bool nf_item_match(const struct nf_items *items, size_t i, bool earlier, struct nf_match *match)
{
    const struct nf_item *item = &items->item[i];
    uint64_t equal = earlier ? item->earlier : item->again ? item->first_or_times : NF_NONE;
    if (equal != NF_NONE) {
        *match = (struct nf_match){equal, equal, 0, earlier, false};
        return true;
    }
    if (!item->alike)
        return false;
    *match = *near_match(items, i);
    return match->earlier == earlier;
}
