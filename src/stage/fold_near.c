/*
 * fold_near.c: near copies by anchors and alignment.
 * Used by the fold files.
 */
#include "stage/fold_near.h"

#include <string.h>

#include "base/alloc.h"
#include "stage/align.h"

#define ANCHOR_PART_BITS 6      /* of the table of anchors: few enough that their heads stay in the cache */
#define WORDS_LEAST 5           /* fewer are never near anything */
#define AHEAD_ITEMS 5           /* paragraphs of a source tried after the last match */
#define SPAN_ITEMS 64           /* paragraphs that a joined copy may span */
#define SPAN_WORDS 4096         /* words of a source that a pull quote is looked for in */
#define TRIES 4                 /* anchors of a paragraph that are followed up */
#define BEGIN_WORDS 3           /* equal words at the start that make a closer look worth while */
#define LOOK_AHEAD 16           /* anchors between asking for memory and reading it */
#define LARGE (1 << 16)          /* items of an array that grows slowly from then on */
#define STEPS_LEAST 20000       /* of all alignments for one paragraph, and for each of its words */
#define STEPS_PER_WORD 200

void nf_near_init(struct nf_near *near)
{
    *near = (struct nf_near){.here_anchors.cpu = nf_cpu_best()};
    nf_places_init(&near->earlier_anchors, ANCHOR_PART_BITS);
}

void nf_near_release(struct nf_near *near)
{
    nf_free(near->earlier.word);
    nf_free(near->earlier.from);
    nf_free(near->earlier.numbers);
    nf_places_release(&near->earlier_anchors);
    nf_anchors_release(&near->here_anchors);
    nf_full_words_release(&near->copy);
    nf_key_release(&near->cut);
    nf_key_release(&near->whole);
    nf_guard_free(near->guard);
}

static size_t words_of(const struct nf_near *near, size_t i)
{
    return near->here.from[i + 1] - near->here.from[i];
}

void nf_near_start(struct nf_near *near, const struct nf_items *items, const struct nf_document *document,
                   const struct nf_words *words)
{
    near->here = (struct nf_trace){.word = words->trace, .count = words->count, .from = words->from,
                                   .items = items->count, .numbers = words->numbers};
    near->document = document;
    near->items = items;
    near->copy_item = SIZE_MAX;
    near->anchor_at = 0;
    nf_anchors_start(&near->here_anchors);
    for (size_t i = 0, past; i < items->count; i = past) {
        for (past = i; past < items->count && !nf_item_has_equal(items, past); past++)
            ;
        nf_anchors_add(&near->here_anchors, words->trace, words->from, i, past);
        past += past == i;
    }
    nf_anchors_look_up(&near->here_anchors, words->trace, &near->earlier_anchors);
}

/* The words of an item in full; its text is read again only if an alignment asks. */
static struct nf_full_words *full_words(struct nf_near *near, size_t i)
{
    if (near->copy_item != i)
        nf_full_words_start(&near->copy, near->document->paragraphs[near->items->item[i].paragraph].text);
    near->copy_item = i;
    return &near->copy;
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

/* A word of an item and one of a source, believed to be the same, and the source's item where that stands. */
struct nf_pair {
    size_t copy, source, source_item;
};

/* Whether every number of a copy stands in the source's items: words that look the same may be two figures. */
static bool has_numbers(const struct nf_trace *source, const struct nf_match *match, uint64_t numbers)
{
    for (uint64_t s = match->first; s <= match->last; s++)
        numbers &= ~source->numbers[s];
    return numbers == 0;
}

/* Align item i of this document with a source, whose items before `limit` count, at a pair of words. */
static bool align_at(struct nf_near *near, bool earlier, uint64_t limit, size_t i, struct nf_pair pair,
                     struct nf_match *match)
{
    const struct nf_trace *source = earlier ? &near->earlier : &near->here;
    size_t from = near->here.from[i], middle = pair.source_item;
    uint64_t first = middle > SPAN_ITEMS ? middle - SPAN_ITEMS : 0;
    uint64_t end = middle + SPAN_ITEMS < limit ? middle + SPAN_ITEMS : limit;
    if (!near->guard)
        near->guard = nf_guard_new();
    struct nf_alignment alignment = {
        .guard = near->guard,
        .copy_words = full_words(near, i),
        .copy = near->here.word + from,
        .count = words_of(near, i),
        .source = source->word,
        .source_from = source->from[first],
        .source_to = source->from[end],
        .steps = near->steps,
        .steps_most = STEPS_LEAST + STEPS_PER_WORD * words_of(near, i),
    };
    bool aligned = nf_align(&alignment, pair.copy, pair.source);
    near->steps = alignment.steps;
    if (!aligned)
        return false;
    struct nf_match found = {item_at(source, alignment.first), item_at(source, alignment.last - 1), alignment.last,
                             earlier, true};
    if (!has_numbers(source, &found, near->here.numbers[i]))
        return false;
    *match = found;
    return true;
}

static bool search_in(struct nf_near *near, bool earlier, size_t i, size_t first, size_t last, struct nf_match *match)
{
    const struct nf_anchor *anchor = near->here_anchors.again;
    int tries = 0;
    for (size_t a = first; a < last && tries < TRIES; a++) {
        uint32_t found = earlier ? anchor[a].earlier : anchor[anchor[a].first].here;
        if (found == NF_PLACES_ABSENT)
            continue;
        tries++;
        const struct nf_trace *source = earlier ? &near->earlier : &near->here;
        struct nf_pair pair = {anchor[a].word - near->here.from[i], found, item_at(source, found)};
        if (align_at(near, earlier, earlier ? near->earlier.items : i, i, pair, match))
            return true;
    }
    return false;
}

/* Those after it may be copies of the item. */
static void make_source(struct nf_anchor *anchor, size_t first, size_t last)
{
    for (size_t a = first; a < last; a++) {
        uint32_t *here = &anchor[anchor[a].first].here;
        *here = *here == NF_PLACES_ABSENT ? anchor[a].word : *here;
    }
}

void nf_near_search(struct nf_near *near, struct nf_items *items, size_t i)
{
    struct nf_anchor *anchor = near->here_anchors.again;
    size_t first = near->anchor_at, last = first, count = near->here_anchors.again_count;
    struct nf_match match;
    near->steps = 0;
    while (last < count && anchor[last].word < near->here.from[i + 1])
        last++;
    near->anchor_at = last;
    if (first == last)
        return;
    if (search_in(near, false, i, first, last, &match) || search_in(near, true, i, first, last, &match))
        nf_item_set_alike(items, i, &match);
    else
        make_source(anchor, first, last);
}

bool nf_near_continues(struct nf_near *near, size_t i, bool earlier, const struct nf_member *last, uint64_t limit,
                       struct nf_match *match)
{
    const struct nf_trace *source = earlier ? &near->earlier : &near->here;
    uint64_t end = earlier ? source->items : limit;
    if (words_of(near, i) < WORDS_LEAST)
        return false;
    bool inside = last->near && !last->fuller && last->last < end && last->end < source->from[last->last + 1];
    struct nf_pair pair = {0, last->end, inside ? item_at(source, last->end) : 0};
    if (inside && align_at(near, earlier, end, i, pair, match) && match->first >= last->last)
        return true;
    for (uint64_t s = last->last + 1; s < end && s <= last->last + AHEAD_ITEMS; s++) {
        pair = (struct nf_pair){0, source->from[s], s};
        if (source->from[s + 1] > source->from[s] && align_at(near, earlier, end, i, pair, match))
            return match->first > last->last;
    }
    return false;
}

static bool begins_alike(const uint16_t *a, const uint16_t *b)
{
    return memcmp(a, b, BEGIN_WORDS * sizeof *a) == 0;
}

bool nf_near_stands_in(struct nf_near *near, size_t i, bool earlier, uint64_t first, uint64_t last,
                       struct nf_match *match)
{
    const struct nf_trace *source = earlier ? &near->earlier : &near->here;
    const uint16_t *copy = near->here.word + near->here.from[i];
    uint64_t from = source->from[first], to = source->from[last + 1];
    if (words_of(near, i) < WORDS_LEAST)
        return false;
    near->steps = 0;
    from = to - from > SPAN_WORDS ? to - SPAN_WORDS : from;
    for (uint64_t at = from; at + BEGIN_WORDS <= to; at++)
        if (begins_alike(copy, source->word + at)
            && align_at(near, earlier, last + 1, i, (struct nf_pair){0, at, item_at(source, at)}, match))
            return true;
    return false;
}

static void make_key(struct nf_near *near, size_t i, struct nf_key *key)
{
    nf_normalise(&near->copy.normaliser, near->document->paragraphs[near->items->item[i].paragraph].text, key);
}

bool nf_near_begins(struct nf_near *near, size_t shorter, size_t longer)
{
    const uint16_t *word = near->here.word;
    size_t count = words_of(near, shorter);
    if (count < WORDS_LEAST || count > words_of(near, longer)
        || !begins_alike(word + near->here.from[shorter], word + near->here.from[longer]))
        return false;
    make_key(near, shorter, &near->cut);
    make_key(near, longer, &near->whole);
    return near->cut.bytes.len < near->whole.bytes.len
           && memcmp(near->cut.bytes.data, near->whole.bytes.data, near->cut.bytes.len) == 0;
}

/* Large arrays grow by an eighth: what they do not fill counts. */
static void *grow_slowly(void *old, size_t *capacity, size_t need, size_t len)
{
    if (*capacity < LARGE || need <= *capacity)
        return nf_grow(old, capacity, need, len);
    *capacity = need + need / 8;
    return nf_realloc(old, *capacity, len);
}

static void keep_words(struct nf_near *near, size_t i)
{
    struct nf_trace *trace = &near->earlier;
    size_t count = words_of(near, i);
    trace->word = grow_slowly(trace->word, &trace->capacity, trace->count + count, sizeof *trace->word);
    if (count)
        memcpy(trace->word + trace->count, near->here.word + near->here.from[i], count * sizeof *trace->word);
    trace->count += count;
}

/* Behind the last item: where its words end. */
static void end_item(struct nf_trace *trace, uint64_t numbers)
{
    trace->numbers = grow_slowly(trace->numbers, &trace->numbers_capacity, trace->items + 1, sizeof *trace->numbers);
    trace->numbers[trace->items] = numbers;
    trace->from = grow_slowly(trace->from, &trace->from_capacity, trace->items + 2, sizeof *trace->from);
    trace->from[0] = 0;
    trace->from[++trace->items] = (uint32_t)trace->count;
}

/* The table was read when the document began: of a long one, much has left the cache. */
static void keep_anchors(struct nf_near *near, size_t items)
{
    const struct nf_anchors *anchors = &near->here_anchors;
    const uint32_t *from = near->earlier.from + items;
    for (size_t k = 0; k < anchors->kept_count; k++) {
        struct nf_kept_anchor anchor = anchors->kept[k];
        if (anchors->kept_count - k > LOOK_AHEAD)
            nf_places_prefetch(&near->earlier_anchors, anchors->key[k + LOOK_AHEAD]);
        if (from[anchor.item] != from[anchor.item + 1])
            nf_places_put(&near->earlier_anchors, anchors->key[k], from[anchor.item] + anchor.word - near->here.from[anchor.item]);
    }
}

/* Items are the paragraphs with words, in order. */
size_t nf_near_commit(struct nf_near *near, const struct nf_document *document)
{
    size_t i = 0, forgotten = 0, items = near->earlier.items;
    while (near->earlier.count && near->earlier.count + near->here.count >= NF_PLACES_ABSENT)
        forgotten += nf_near_forget(near);
    for (size_t p = 0; p < document->count; p++) {
        bool kept = document->paragraphs[p].verdict == NF_KEEP;
        if (!document->paragraphs[p].words)
            continue;
        if (kept)
            keep_words(near, i);
        end_item(&near->earlier, near->here.numbers[i]);
        i++;
    }
    keep_anchors(near, items);
    return forgotten;
}

size_t nf_near_bytes(const struct nf_near *near)
{
    return nf_places_bytes(&near->earlier_anchors) + near->earlier.capacity * sizeof(uint16_t)
           + near->earlier.from_capacity * sizeof(uint32_t) + near->earlier.numbers_capacity * sizeof(uint64_t);
}

void nf_near_store(struct nf_near *near, struct nf_store *store)
{
    struct nf_trace *trace = &near->earlier;
    size_t ends = trace->from ? trace->items + 1 : 0;
    size_t numbered = trace->items;
    void *words = trace->word, *from = trace->from, *numbers = trace->numbers;
    nf_store_array(store, &words, &trace->count, sizeof *trace->word);
    nf_store_array(store, &from, &ends, sizeof *trace->from);
    nf_store_array(store, &numbers, &numbered, sizeof *trace->numbers);
    nf_store_places(store, &near->earlier_anchors, trace->count);
    trace->word = words;
    trace->from = from;
    trace->numbers = numbers;
    trace->items = ends ? ends - 1 : 0;
    if (store->loading && numbered != trace->items)
        store->status = NF_ECONTRACT;
    if (store->loading) {
        trace->numbers_capacity = numbered;
        trace->capacity = trace->count;
        trace->from_capacity = ends;
    }
}

/* The paragraphs keep their numbers, and have no words. */
size_t nf_near_forget(struct nf_near *near)
{
    struct nf_trace *trace = &near->earlier;
    size_t items = item_at(trace, trace->count / 2) + 1, forgotten = 0;
    if (!trace->count)
        return 0;
    uint32_t gone = trace->from[items];
    for (size_t i = 0; i < items; i++)
        forgotten += trace->from[i + 1] > trace->from[i];
    for (size_t i = 0; i <= trace->items; i++)
        trace->from[i] = i < items ? 0 : trace->from[i] - gone;
    trace->count -= gone;
    memmove(trace->word, trace->word + gone, trace->count * sizeof *trace->word);
    trace->word = nf_realloc(trace->word, trace->count, sizeof *trace->word);
    trace->capacity = trace->count;
    nf_places_forget(&near->earlier_anchors, gone);
    return forgotten;
}
