/*
 * fold_near.c: near copies by anchors and alignment.
 * Used by the fold files.
 */
#include "stage/fold_near.h"

#include "base/alloc.h"
#include "stage/align.h"

#define ANCHOR_SPAN 8           /* words an anchor is made of */
#define ANCHOR_BITS 3           /* one in 8 is kept */
#define WORDS_LEAST 5           /* fewer are never near anything */
#define AHEAD_ITEMS 5           /* paragraphs of a source tried after the last match */
#define SPAN_ITEMS 64           /* paragraphs that a joined copy may span */
#define TRIES 4                 /* anchors of a paragraph that are followed up */

void nf_near_init(struct nf_near *near)
{
    *near = (struct nf_near){0};
    nf_table_init(&near->earlier_anchors, 6);
    nf_table_init(&near->here_anchors, 0);
    near->guard = nf_guard_new();
}

static void release_trace(struct nf_trace *trace)
{
    nf_free(trace->word);
    nf_free(trace->from);
}

void nf_near_release(struct nf_near *near)
{
    release_trace(&near->earlier);
    release_trace(&near->here);
    nf_table_release(&near->earlier_anchors);
    nf_table_release(&near->here_anchors);
    nf_full_words_release(&near->copy);
    nf_guard_free(near->guard);
}

static void end_item(struct nf_trace *trace)
{
    trace->from = nf_grow(trace->from, &trace->from_capacity, trace->items + 2, sizeof *trace->from);
    trace->from[0] = 0;
    trace->from[++trace->items] = trace->count;
}

static uint16_t *add_room(struct nf_trace *trace, size_t count)
{
    trace->word = nf_grow(trace->word, &trace->capacity, trace->count + count, sizeof *trace->word);
    trace->count += count;
    return trace->word + trace->count - count;
}

void nf_near_start(struct nf_near *near, const struct nf_items *items, const struct nf_document *document,
                   const struct nf_words *words)
{
    struct nf_trace *here = &near->here;
    here->count = here->items = 0;
    near->document = document;
    near->items = items;
    near->copy_item = NF_ITEM_NONE;
    nf_table_reset(&near->here_anchors);
    for (size_t i = 0; i < items->count; i++) {
        size_t from = words->from[items->item[i].paragraph], to = words->from[items->item[i].paragraph + 1];
        uint16_t *room = add_room(here, to - from);
        if (to > from)
            memcpy(room, words->trace + from, (to - from) * sizeof *room);
        end_item(here);
    }
}

/* The words of an item in full; its text is read again only if an alignment asks. */
static struct nf_full_words *full_words(struct nf_near *near, size_t i)
{
    if (near->copy_item != i)
        nf_full_words_start(&near->copy, near->document->paragraphs[near->items->item[i].paragraph].text);
    near->copy_item = i;
    return &near->copy;
}

/* A rolling hash of the last ANCHOR_SPAN words, mixed so that every bit depends on all of them. */
static uint64_t roll(uint64_t hash, uint32_t in, uint32_t out)
{
    const uint64_t base = UINT64_C(0x9E3779B97F4A7C15);
    uint64_t power = base;
    for (int i = 1; i < ANCHOR_SPAN; i++)
        power *= base;
    return hash * base + in - out * power;
}

static uint64_t mix(uint64_t hash)
{
    hash ^= hash >> 32;
    hash *= UINT64_C(0xD6E8FEB86659FD93);
    hash ^= hash >> 29;
    hash *= UINT64_C(0xA0761D6478BD642F);
    return hash ^ hash >> 32;
}

/* The anchors of a paragraph, one after the other. in  *at: 0 at first */
static bool next_anchor(const uint16_t *word, size_t count, size_t *at, uint64_t *rolled, uint64_t *anchor)
{
    while (*at < count) {
        uint32_t out = *at >= ANCHOR_SPAN ? word[*at - ANCHOR_SPAN] : 0;
        *rolled = roll(*rolled, word[*at], out);
        (*at)++;
        *anchor = mix(*rolled);
        if (*at >= ANCHOR_SPAN && (*anchor & ((1u << ANCHOR_BITS) - 1)) == 0)
            return true;
    }
    return false;
}

/* An anchor's low bits are all zero by choice; the table wants the high half of its key mixed as well. */
static uint64_t key_of(uint64_t anchor)
{
    return anchor * UINT64_C(0x9FB21C651E98DF25) ^ anchor >> 28;
}

static size_t item_at(const struct nf_trace *trace, uint64_t word)
{
    size_t low = 0, high = trace->items;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (trace->from[middle] <= word)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Align item i of this document with `source`, whose items before `limit` count, at a pair of words. */
static bool align_at(struct nf_near *near, const struct nf_trace *source, uint64_t limit, size_t i, size_t copy_at,
                     uint64_t source_at, struct nf_match *match)
{
    size_t from = near->here.from[i], middle = item_at(source, source_at);
    uint64_t first = middle > SPAN_ITEMS ? middle - SPAN_ITEMS : 0;
    uint64_t end = middle + SPAN_ITEMS < limit ? middle + SPAN_ITEMS : limit;
    struct nf_alignment alignment = {
        .guard = near->guard,
        .copy_words = full_words(near, i),
        .copy = near->here.word + from,
        .count = near->here.from[i + 1] - from,
        .source = source->word,
        .source_from = source->from[first],
        .source_to = source->from[end],
    };
    if (!nf_align(&alignment, copy_at, source_at))
        return false;
    *match = (struct nf_match){item_at(source, alignment.first), item_at(source, alignment.last - 1), true, true,
                               alignment.last};
    return true;
}

static bool search_in(struct nf_near *near, bool earlier, size_t i, struct nf_match *match)
{
    const struct nf_table *anchors = earlier ? &near->earlier_anchors : &near->here_anchors;
    const struct nf_trace *source = earlier ? &near->earlier : &near->here;
    const uint16_t *word = near->here.word + near->here.from[i];
    size_t count = near->here.from[i + 1] - near->here.from[i], at = 0;
    uint64_t rolled = 0, anchor;
    for (int tries = 0; tries < TRIES && next_anchor(word, count, &at, &rolled, &anchor);) {
        uint64_t found = nf_table_get(anchors, key_of(anchor), 0);
        if (found == NF_TABLE_ABSENT)
            continue;
        tries++;
        if (align_at(near, source, earlier ? source->items : i, i, at - ANCHOR_SPAN, found, match))
            return true;
    }
    return false;
}

static void remember(struct nf_table *anchors, const uint16_t *word, size_t count, uint64_t first_word)
{
    uint64_t rolled = 0, anchor;
    for (size_t at = 0; next_anchor(word, count, &at, &rolled, &anchor);)
        nf_table_put(anchors, key_of(anchor), 0, first_word + at - ANCHOR_SPAN);
}

void nf_near_search(struct nf_near *near, struct nf_items *items, size_t i)
{
    struct nf_item *item = &items->item[i];
    size_t from = near->here.from[i], count = near->here.from[i + 1] - from;
    if (item->here.found || count < WORDS_LEAST)
        return;
    if (!item->earlier.found) {
        bool found = search_in(near, false, i, &item->here) || search_in(near, true, i, &item->earlier);
        if (found)
            return;
    }
    remember(&near->here_anchors, near->here.word + from, count, from);
}

bool nf_near_continues(struct nf_near *near, size_t i, bool earlier, const struct nf_member *last, uint64_t limit,
                       struct nf_match *match)
{
    const struct nf_trace *source = earlier ? &near->earlier : &near->here;
    uint64_t end = earlier ? source->items : limit;
    if (near->here.from[i + 1] - near->here.from[i] < WORDS_LEAST)
        return false;
    bool inside = last->near && last->last < end && last->end < source->from[last->last + 1];
    if (inside && align_at(near, source, end, i, 0, last->end, match) && match->first >= last->last)
        return true;
    for (uint64_t s = last->last + 1; s < end && s <= last->last + AHEAD_ITEMS; s++)
        if (source->from[s + 1] > source->from[s] && align_at(near, source, end, i, 0, source->from[s], match))
            return match->first > last->last;
    return false;
}

void nf_near_commit(struct nf_near *near, const struct nf_items *items)
{
    for (size_t i = 0; i < items->count; i++) {
        size_t from = near->here.from[i], count = near->here.from[i + 1] - from;
        if (!items->item[i].removed && count) {
            remember(&near->earlier_anchors, near->here.word + from, count, near->earlier.count);
            memcpy(add_room(&near->earlier, count), near->here.word + from, count * sizeof(uint16_t));
        }
        end_item(&near->earlier);
    }
}

size_t nf_near_bytes(const struct nf_near *near)
{
    return nf_table_bytes(&near->earlier_anchors) + near->earlier.capacity * sizeof(uint16_t)
           + near->earlier.from_capacity * sizeof(uint64_t);
}

void nf_near_store(struct nf_near *near, struct nf_store *store)
{
    struct nf_trace *trace = &near->earlier;
    size_t ends = trace->from ? trace->items + 1 : 0;
    void *words = trace->word, *from = trace->from;
    nf_store_array(store, &words, &trace->count, sizeof *trace->word);
    nf_store_array(store, &from, &ends, sizeof *trace->from);
    nf_store_table(store, &near->earlier_anchors);
    trace->word = words;
    trace->from = from;
    trace->items = ends ? ends - 1 : 0;
    if (store->loading) {
        trace->capacity = trace->count;
        trace->from_capacity = ends;
    }
}
