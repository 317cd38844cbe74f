/*
 * fold.c: the table of what was seen, and a document's passage through it.
 * Used by the pipeline.
 */
#include "stage/fold.h"

#include "base/alloc.h"
#include "base/paragraphs.h"
#include "base/slots.h"
#include "base/table.h"
#include "stage/fold_runs.h"
#include "stage/fold_store.h"
#include "text/chars.h"
#include "text/normalise.h"
#include "text/repair.h"

#define SEEN_PART_BITS 8

/* Two paragraphs so near to each other in a source belong together. */
#define SOURCE_NEXT 6

/* The bytes of the tables are counted when so many items came, a few hundred kilobytes' worth. */
#define NEWS_MOST 4096

/* Table reads under way at once. */
#define LOOK_AHEAD 16

/* The first ordinal of each document that had content; kept if sources are named. */
struct start {
    uint64_t ordinal, document;
};

struct nf_fold {
    bool exact;
    enum nf_scope scope;
    struct nf_table seen;       /* digests to ordinals: content paragraphs counted over the run */
    uint64_t ordinals, earlier_ordinals;    /* of this run and those before it; of the latter */
    struct start *start;
    size_t start_count, start_capacity;
    size_t last_start;          /* of it, the one asked for last */
    uint64_t most_bytes;        /* 0: any number */
    uint64_t near_forgotten, unremembered;
    size_t news;                /* items since the bytes were counted */
    bool full;
    bool name_sources;
    uint32_t *place;            /* of each ordinal: its paragraph in its document, if sources are named */
    size_t place_capacity;
    bool remembers;             /* the document at hand is one for later ones to fold against */
    bool matched;               /* an item of it stands elsewhere too */
    struct nf_slots here;       /* digests of its items that the table does not tell, to items */
    struct nf_items items;
    struct nf_runs runs;
    struct nf_near near;
};

struct nf_fold *nf_fold_new(bool exact, enum nf_scope scope)
{
    struct nf_fold *fold = nf_alloc_zero(1, sizeof *fold);
    fold->exact = exact;
    fold->scope = scope;
    nf_table_init(&fold->seen, SEEN_PART_BITS);
    if (!exact)
        nf_near_init(&fold->near);
    return fold;
}

void nf_fold_limit(struct nf_fold *fold, uint64_t bytes)
{
    fold->most_bytes = bytes;
}

void nf_fold_name_sources(struct nf_fold *fold)
{
    fold->name_sources = true;
}

void nf_fold_free(struct nf_fold *fold)
{
    if (!fold)
        return;
    nf_table_release(&fold->seen);
    nf_slots_release(&fold->here);
    if (!fold->exact)
        nf_near_release(&fold->near);
    nf_runs_release(&fold->runs);
    nf_items_release(&fold->items);
    nf_free(fold->start);
    nf_free(fold->place);
    nf_free(fold);
}

static uint32_t check_of(struct nf_digest digest)
{
    return (uint32_t)digest.high & 0xFFFFFF;
}

static struct nf_digest digest_of(const struct nf_items *items, const struct nf_item *item)
{
    return items->document->paragraphs[item->paragraph].digest;
}

/* The first item that has the key; the item itself, if that is another text. */
static void find_here(struct nf_fold *fold, size_t i, size_t first)
{
    struct nf_items *items = &fold->items;
    if (first != i && digest_of(items, &items->item[first]).high == digest_of(items, &items->item[i]).high)
        nf_item_repeats(items, i, first);
}

/*
 * What is remembered goes into the table at once, and tells the items after it where it stands: the table's answer is
 * an ordinal of this document then. Only items that earlier documents have must be looked for here as well.
 */
static void look_up(struct nf_fold *fold, size_t i)
{
    struct nf_item *item = &fold->items.item[i];
    struct nf_digest digest = digest_of(&fold->items, item);
    uint32_t check = check_of(digest);
    uint64_t seen = fold->remembers ? nf_table_put(&fold->seen, digest.low, check, fold->ordinals + i)
                                    : nf_table_get(&fold->seen, digest.low, check);
    if (fold->remembers && seen >= fold->ordinals) {
        find_here(fold, i, (size_t)(seen - fold->ordinals));
    } else {
        item->earlier = seen;
        find_here(fold, i, nf_slots_put(&fold->here, digest.low, (uint32_t)i));
    }
    fold->matched |= nf_item_has_equal(&fold->items, i);
}

/* Memory answers some items after it was asked. */
static void look_up_all(struct nf_fold *fold)
{
    size_t count = fold->items.count;
    nf_slots_begin(&fold->here, count);
    fold->matched = false;
    for (size_t i = 0; i < count + LOOK_AHEAD; i++) {
        if (i < count)
            nf_table_prefetch(&fold->seen, digest_of(&fold->items, &fold->items.item[i]).low);
        if (i >= LOOK_AHEAD)
            look_up(fold, i - LOOK_AHEAD);
    }
}

/* The document of an ordinal; often that of the one asked for before. */
static size_t start_of(struct nf_fold *fold, uint64_t ordinal)
{
    const struct start *start = fold->start;
    size_t low = 0, high = fold->start_count, last = fold->last_start;
    if (last < high && start[last].ordinal <= ordinal && (last + 1 == high || ordinal < start[last + 1].ordinal))
        return last;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (start[middle].ordinal <= ordinal)
            low = middle;
        else
            high = middle;
    }
    return fold->last_start = low;
}

/* Where an ordinal stands. */
static struct nf_place place_of(struct nf_fold *fold, uint64_t ordinal)
{
    if (ordinal < fold->earlier_ordinals)
        return (struct nf_place){NF_NONE, NF_NONE, 0};
    const struct start *start = &fold->start[start_of(fold, ordinal)];
    return (struct nf_place){start->document, fold->place[ordinal], 0};
}

/* Of two equal texts the one that copying did not damage stays, at the earlier one's place. */
static void prefer_clean(struct nf_paragraph *stays, struct nf_paragraph *goes)
{
    if (nf_span_equal(stays->text, goes->text) || !nf_is_damaged(stays->text) || nf_is_damaged(goes->text))
        return;
    struct nf_paragraph swap = *stays;
    stays->text = goes->text;
    stays->line = goes->line;
    stays->offset = goes->offset;
    goes->text = swap.text;
    goes->line = swap.line;
    goes->offset = swap.offset;
}

static void swap_damaged(const struct nf_fold *fold, struct nf_document *document)
{
    for (size_t i = 0; i < fold->items.count; i++) {
        const struct nf_item *item = &fold->items.item[i];
        const struct nf_item *source = item->removed && !item->from_earlier ? &fold->items.item[item->source] : NULL;
        if (source && !item->near && !source->removed)
            prefer_clean(&document->paragraphs[source->paragraph], &document->paragraphs[item->paragraph]);
    }
}

/* The whole paragraph is the source of what repeats its cut copy. */
static uint64_t kept_source(const struct nf_items *items, uint64_t source)
{
    const struct nf_item *item = &items->item[source];
    return item->removed && !item->from_earlier && item->source > source ? item->source : source;
}

/* The earlier text that stays. */
static struct nf_place place_of_source(struct nf_fold *fold, const struct nf_document *document, const struct nf_item *item)
{
    if (item->from_earlier)
        return place_of(fold, item->source);
    size_t source = fold->items.item[kept_source(&fold->items, item->source)].paragraph;
    return (struct nf_place){document->number, source, nf_line_of(document, &document->paragraphs[source])};
}

static void give_verdict(struct nf_fold *fold, struct nf_document *document, size_t i, const struct nf_item *item)
{
    document->paragraphs[i].verdict = NF_REPEAT;
    document->paragraphs[i].near = i != item->paragraph || item->near;
    if (fold->name_sources)
        nf_document_add_source(document, i, place_of_source(fold, document, item));
}

/* Lines without a word, an ellipsis or a row of stars, between two paragraphs that a copy has next to each other. */
static void remove_between(struct nf_fold *fold, struct nf_document *document, const struct nf_item *from)
{
    const struct nf_item *to = from + 1;
    if (!to->removed || from->from_earlier != to->from_earlier || to->source < from->source
        || to->source > from->source + SOURCE_NEXT)
        return;
    for (size_t i = from->paragraph + 1; i < to->paragraph; i++) {
        const struct nf_paragraph *paragraph = &document->paragraphs[i];
        if (paragraph->verdict == NF_KEEP && !paragraph->words && !paragraph->fragment)
            give_verdict(fold, document, i, from);
    }
}

static void give_verdicts(struct nf_fold *fold, struct nf_document *document)
{
    const struct nf_items *items = &fold->items;
    swap_damaged(fold, document);
    for (size_t i = 0; i < items->count; i++) {
        const struct nf_item *item = &items->item[i];
        if (!item->removed)
            continue;
        give_verdict(fold, document, item->paragraph, item);
        if (i + 1 < items->count && !fold->exact)
            remove_between(fold, document, item);
    }
}

static uint64_t bytes_of(const struct nf_fold *fold)
{
    struct nf_fold_size size = nf_fold_size(fold);
    return size.exact_bytes + size.near_bytes;
}

static void keep_within(struct nf_fold *fold)
{
    fold->news += fold->items.count;
    if (!fold->most_bytes || fold->news < NEWS_MOST)
        return;
    fold->news = 0;
    while (bytes_of(fold) > fold->most_bytes && !fold->exact && fold->near.earlier.count)
        fold->near_forgotten += nf_near_forget(&fold->near);
    fold->full = bytes_of(fold) > fold->most_bytes;
}

/* The parts of a document that was cut are sources for one another only. */
static void forget_other_documents(struct nf_fold *fold, const struct nf_document *document)
{
    if (fold->scope != NF_SCOPE_DOCUMENT || document->continues || !fold->ordinals)
        return;
    nf_table_release(&fold->seen);
    nf_table_init(&fold->seen, SEEN_PART_BITS);
    fold->ordinals = fold->start_count = 0;
    if (!fold->exact) {
        nf_near_release(&fold->near);
        nf_near_init(&fold->near);
    }
}

/* The tables are kept within their limit before the document, whose digests are added as they are looked up. */
static bool remembers(struct nf_fold *fold, const struct nf_document *document)
{
    if (!fold->items.count || (fold->scope == NF_SCOPE_DOCUMENT && !document->cut && !document->continues))
        return false;
    keep_within(fold);
    fold->unremembered += fold->full ? fold->items.count : 0;
    return !fold->full;
}

/* Of a document that later ones are folded against: where its ordinals stand. */
static void keep_places(struct nf_fold *fold, const struct nf_document *document)
{
    fold->start = nf_grow(fold->start, &fold->start_capacity, fold->start_count + 1, sizeof *fold->start);
    fold->start[fold->start_count++] = (struct start){fold->ordinals, document->number};
    fold->place = nf_grow(fold->place, &fold->place_capacity, fold->ordinals + fold->items.count, sizeof *fold->place);
    for (size_t i = 0; i < fold->items.count; i++)
        fold->place[fold->ordinals + i] = fold->items.item[i].paragraph;
}

/* What stays becomes a source for the documents after it. */
static void commit(struct nf_fold *fold, const struct nf_document *document)
{
    if (!fold->remembers)
        return;
    if (fold->name_sources)
        keep_places(fold, document);
    fold->ordinals += fold->items.count;
    nf_items_end(&fold->items);
    if (!fold->exact)
        fold->near_forgotten += nf_near_commit(&fold->near, document);
}

/* What was moved behind a paragraph, and behind that, is a chain. */
struct chains {
    uint32_t *next;             /* of each paragraph; CHAIN_END behind the last */
    uint32_t *on;               /* a paragraph further on in the same chain, or itself: chains are not walked twice */
};

#define CHAIN_END UINT32_MAX

static uint32_t end_of(const struct chains *chains, uint32_t paragraph)
{
    uint32_t end = paragraph;
    while (chains->next[end] != CHAIN_END)
        end = chains->on[end] != end ? chains->on[end] : chains->next[end];
    for (uint32_t at = paragraph; at != end;) {
        uint32_t on = chains->on[at] != at ? chains->on[at] : chains->next[at];
        chains->on[at] = end;
        at = on;
    }
    return end;
}

static void move_behind(const struct chains *chains, struct nf_document *document, uint32_t moved, uint32_t after)
{
    if (document->paragraphs[moved].moved)
        return;
    document->paragraphs[moved].moved = true;
    chains->next[end_of(chains, after)] = moved;
}

/* The order to write in: as they come, with the moved ones behind the paragraph they belong to. */
static void set_order(const struct nf_fold *fold, struct nf_document *document)
{
    const struct nf_splices *splices = &fold->runs.splices;
    size_t count = document->count, at = 0;
    if (!splices->count)
        return;
    struct chains chains = {nf_alloc(count * sizeof(uint32_t)), nf_alloc(count * sizeof(uint32_t))};
    document->order = nf_alloc(count * sizeof *document->order);
    for (size_t i = 0; i < count; i++) {
        chains.next[i] = CHAIN_END;
        chains.on[i] = (uint32_t)i;
    }
    for (size_t s = 0; s < splices->count; s++)
        move_behind(&chains, document, fold->items.item[splices->item[s].item].paragraph,
                    fold->items.item[splices->item[s].after].paragraph);
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t p = document->paragraphs[i].moved ? CHAIN_END : i; p != CHAIN_END; p = chains.next[p])
            document->order[at++] = p;
    nf_free(chains.next);
    nf_free(chains.on);
}

void nf_fold_document(struct nf_fold *fold, struct nf_document *document, const struct nf_words *words)
{
    forget_other_documents(fold, document);
    nf_items_collect(&fold->items, document);
    fold->remembers = remembers(fold, document);
    look_up_all(fold);
    if (!fold->exact)
        nf_near_start(&fold->near, &fold->items, document, words);
    if (fold->matched || !fold->exact) {
        fold->runs.splices.count = 0;
        nf_runs_find(&fold->runs, &fold->items, fold->exact ? NULL : &fold->near);
        give_verdicts(fold, document);
        set_order(fold, document);
    }
    commit(fold, document);
}

struct nf_fold_size nf_fold_size(const struct nf_fold *fold)
{
    return (struct nf_fold_size){nf_table_count(&fold->seen),
                                 nf_table_bytes(&fold->seen) + fold->start_capacity * sizeof *fold->start,
                                 fold->exact ? 0 : nf_near_bytes(&fold->near), fold->near_forgotten,
                                 fold->unremembered};
}

/* What keys are worth: by whom and how they were made. */
struct made_by {
    uint64_t magic, keys, rules, exact, near;
};

#define MAGIC UINT64_C(0x0A0D6E6565736E66)     /* "fnseen", CR, LF where the least byte comes first */

/* Raised when the tables of near copies change. */
#define NEAR_VERSION 6

static struct made_by maker(const struct nf_fold *fold, uint64_t rules)
{
    return (struct made_by){MAGIC, (uint64_t)NF_NORMALISE_VERSION << 32 | nf_chars_version(), rules, fold->exact,
                            fold->exact ? 0 : NEAR_VERSION};
}

static void store_fold(struct nf_fold *fold, struct nf_store *store)
{
    nf_store_number(store, &fold->ordinals);
    nf_store_table(store, &fold->seen);
    if (!fold->exact)
        nf_near_store(&fold->near, store);
}

/* The texts of what was loaded are in documents of no number. */
static void begin_behind(struct nf_fold *fold)
{
    if (!fold->ordinals)
        return;
    fold->start = nf_grow(fold->start, &fold->start_capacity, 1, sizeof *fold->start);
    fold->start[0] = (struct start){0, NF_NONE};
    fold->start_count = 1;
    fold->earlier_ordinals = fold->ordinals;
}

static enum nf_status compare(struct made_by found, struct made_by want, struct nf_error *error)
{
    if (found.magic != want.magic)
        return nf_fail(error, NF_ECONTRACT, 0, "this is no file of --seen");
    if (found.keys != want.keys)
        return nf_fail(error, NF_ECONTRACT, 0, "it was made by another version, which compares text in another way");
    if (found.rules != want.rules)
        return nf_fail(error, NF_ECONTRACT, 0, "it was made under other rules");
    if (found.exact != want.exact)
        return nf_fail(error, NF_ECONTRACT, 0, found.exact ? "it was made with --exact" : "it was made without --exact");
    if (found.near != want.near)
        return nf_fail(error, NF_ECONTRACT, 0, "it was made by another version, which finds near copies in another way");
    return NF_OK;
}

enum nf_status nf_fold_load(struct nf_fold *fold, uint64_t rules, uint64_t len, nf_move *get, void *context,
                            struct nf_error *error)
{
    struct nf_store store;
    struct made_by found = {0};
    nf_store_init(&store, true, len, get, context);
    nf_store_bytes(&store, &found, sizeof found);
    enum nf_status status = store.status == NF_OK ? compare(found, maker(fold, rules), error) : store.status;
    if (status == NF_OK)
        store_fold(fold, &store);
    enum nf_status finished = nf_store_finish(&store);
    if (status == NF_OK && finished == NF_ECONTRACT)
        return nf_fail(error, finished, 0, "it is damaged: its checksum or its length is wrong");
    begin_behind(fold);
    return status == NF_OK ? finished : status;
}

enum nf_status nf_fold_save(const struct nf_fold *fold, uint64_t rules, nf_move *put, void *context)
{
    struct nf_store store;
    struct nf_fold kept = *fold;        /* saving changes nothing, loading by the same words would */
    struct made_by made = maker(fold, rules);
    nf_store_init(&store, false, 0, put, context);
    nf_store_bytes(&store, &made, sizeof made);
    store_fold(&kept, &store);
    return nf_store_finish(&store);
}
