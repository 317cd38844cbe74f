/*
 * fold_runs.c: from single matches to copies of articles.
 * Used by fold.c only.
 *
 * A paragraph is not removed for its own likeness: a short one is said twice by two people, and a table
 * repeats its rows. What is removed is a run, whose members follow each other in one source as well.
 */
#include "stage/fold_runs.h"

#include <string.h>

#include "base/alloc.h"

#define ANCHOR_WORDS 12         /* fewer say little on their own */
#define ALONE_WORDS 40          /* so many may be a copy without company */
#define RUN_WORDS 40
#define QUOTED_WORDS 8          /* behind a quote's opener less is needed */
#define LONG_RUN_WORDS 150      /* beyond it, repetition is not a table's */
#define LONG_RUN_ANCHORS 4
#define GAP_ITEMS 2             /* unmatched lines in the copy between two members */
#define GAP_SOURCE 5            /* paragraphs of the source that the copy leaves out */
#define STRUCTURE_TIMES 3       /* so often, and in short runs: a questionnaire or a table */
#define HOLE_WORDS 8
#define SPLICE_GROUPS 2

void nf_runs_release(struct nf_runs *runs)
{
    for (size_t i = 0; i < NF_RUNS_OPEN; i++)
        nf_free(runs->run[i].member);
    nf_free(runs->splices.item);
    *runs = (struct nf_runs){0};
}

static struct nf_member *last_member(struct nf_run *run)
{
    return &run->member[run->count - 1];
}

static void add_member(struct nf_run *run, struct nf_member member)
{
    run->member = nf_grow(run->member, &run->capacity, run->count + 1, sizeof *run->member);
    run->member[run->count++] = member;
}

static bool equal(struct nf_digest a, struct nf_digest b)
{
    return a.low == b.low && a.high == b.high;
}

/* The next place in the run's source that equals the item, in this document. */
static bool extends_here(const struct nf_items *items, struct nf_run *run, size_t i, struct nf_member *member)
{
    uint64_t last = last_member(run)->last, first_copy = run->member[0].item;
    if (!items->item[i].here.found || items->item[i].here.near)
        return false;
    for (uint64_t s = last + 1; s <= last + 1 + GAP_SOURCE && s < first_copy; s++) {
        if (!equal(items->item[s].digest, items->item[i].digest))
            continue;
        *member = (struct nf_member){i, s, s, false};
        return true;
    }
    return false;
}

static bool follows(struct nf_run *run, const struct nf_match *match)
{
    const struct nf_member *last = last_member(run);
    bool same_paragraph = match->near && last->near && match->first == last->last;
    return match->found && (match->first > last->last || same_paragraph)
           && match->first <= last->last + 1 + GAP_SOURCE;
}

/*
 * A short line behind an article is a reply more often than its last words: it goes along within the
 * post, or where no posts are known if it says enough. At an article's head it begins the run itself.
 */
static bool may_trail(const struct nf_items *items, struct nf_run *run, const struct nf_item *item)
{
    const struct nf_item *last = &items->item[last_member(run)->item];
    if (item->words >= ANCHOR_WORDS)
        return true;
    if (item->post != last->post)
        return false;
    return item->post > 0 || item->words >= HOLE_WORDS || last->words < ANCHOR_WORDS;
}

static bool extends(const struct nf_items *items, struct nf_near *near, struct nf_run *run, size_t i,
                    struct nf_member *member)
{
    const struct nf_item *item = &items->item[i];
    if (!may_trail(items, run, item))
        return false;
    const struct nf_match *match = run->earlier ? &item->earlier : &item->here;
    if (!run->earlier && extends_here(items, run, i, member))
        return true;
    struct nf_match found = *match;
    if (!follows(run, match)) {
        if (!near || !nf_near_continues(near, i, run->earlier, last_member(run)->last, run->member[0].item, &found))
            return false;
    }
    *member = (struct nf_member){i, found.first, found.last, found.near};
    return true;
}

/* What a run is judged by. */
struct tally {
    uint64_t words, anchors, longest;
    size_t contiguous, replaced;        /* of the links between long members */
    size_t span_words;                  /* of the copy, from the first member to the last */
    uint32_t times;                     /* of its first anchor */
};

/* Text between two long members that is in neither run nor source the other's: one is not the copy of the other there. */
static bool is_replaced(const struct nf_run *run, size_t from, size_t to)
{
    size_t between = to - from - 1;     /* shorter members */
    const struct nf_member *a = &run->member[from], *b = &run->member[to];
    return b->item - a->item - 1 > between && b->first > a->last && b->first - a->last - 1 > between;
}

static struct tally tally_of(const struct nf_items *items, const struct nf_run *run)
{
    struct tally tally = {0};
    size_t last_anchor = SIZE_MAX;
    for (size_t m = 0; m < run->count; m++) {
        const struct nf_item *item = &items->item[run->member[m].item];
        tally.words += item->words;
        tally.longest = item->words > tally.longest ? item->words : tally.longest;
        if (item->words < ANCHOR_WORDS)
            continue;
        if (!tally.anchors++ && item->here.found && !item->here.near)
            tally.times = items->item[item->here.first].times;
        if (last_anchor != SIZE_MAX) {
            bool replaced = is_replaced(run, last_anchor, m);
            tally.replaced += replaced;
            tally.contiguous += !replaced;
        }
        last_anchor = m;
    }
    for (size_t i = run->member[0].item; i <= run->member[run->count - 1].item; i++)
        tally.span_words += items->item[i].words;
    return tally;
}

/* Members that take turns with other text on both sides are questions, rows or headings. */
static bool is_structure(const struct tally *tally)
{
    bool most = tally->words >= LONG_RUN_WORDS && tally->words * 10 >= tally->span_words * 6;
    if (tally->replaced > tally->contiguous && !most)
        return true;
    bool is_long = tally->words >= LONG_RUN_WORDS || tally->anchors >= LONG_RUN_ANCHORS;
    return !is_long && tally->times >= STRUCTURE_TIMES;
}

static bool is_copy(const struct nf_items *items, const struct nf_run *run)
{
    struct tally tally = tally_of(items, run);
    bool all_near = true, quoted = false;
    for (size_t m = 0; m < run->count; m++) {
        all_near &= run->member[m].near;
        quoted |= items->item[run->member[m].item].quoted;
    }
    if (quoted && tally.words >= QUOTED_WORDS)
        return true;
    if (tally.words < RUN_WORDS || (tally.anchors < 2 && (tally.longest < ALONE_WORDS || all_near)))
        return false;
    return !is_structure(&tally);
}

static void remove_item(struct nf_item *item, const struct nf_run *run, const struct nf_member *member)
{
    if (item->removed)
        return;
    item->removed = true;
    item->near = member->near;
    item->from_earlier = run->earlier;
    item->source = member->first;
}

/* Lines between two members whose text stands elsewhere already: they belong to the copy. */
static void remove_holes(struct nf_items *items, const struct nf_run *run, const struct nf_member *from,
                         const struct nf_member *to)
{
    for (size_t i = from->item + 1; i < to->item; i++) {
        struct nf_item *item = &items->item[i];
        if (item->removed || item->words < HOLE_WORDS || !(item->here.found || item->earlier.found))
            continue;
        bool earlier = !item->here.found;
        const struct nf_match *match = earlier ? &item->earlier : &item->here;
        struct nf_run other = {.earlier = earlier};
        (void)run;
        remove_item(item, &other, &(struct nf_member){i, match->first, match->last, match->near});
    }
}

static void add_splice(struct nf_splices *splices, size_t item, size_t after)
{
    splices->item = nf_grow(splices->item, &splices->capacity, splices->count + 1, sizeof *splices->item);
    splices->item[splices->count++] = (struct nf_splice){item, after};
}

static size_t new_words(const struct nf_items *items, const struct nf_member *from, const struct nf_member *to)
{
    size_t words = 0;
    for (size_t i = from->item + 1; i < to->item; i++)
        words += items->item[i].removed ? 0 : items->item[i].words;
    return words;
}

/* Whether text stands between two members in the copy only. */
static bool is_insertion(const struct nf_items *items, const struct nf_member *from, const struct nf_member *to)
{
    return to->first == from->last + 1 && !from->near && !to->near && new_words(items, from, to) > 0;
}

/*
 * A fuller rendering of the same article has a deck or a paragraph more, in few places; an answer that
 * goes through an article line by line has text everywhere and stays where it was said. In another post
 * only what stands above the second long paragraph is taken for a deck.
 */
static void splice(struct nf_runs *runs, const struct nf_items *items, const struct nf_run *run)
{
    size_t groups = 0, words = 0, total = 0, anchors = 0;
    if (run->earlier)
        return;
    for (size_t m = 0; m + 1 < run->count; m++) {
        total += items->item[run->member[m].item].words;
        if (is_insertion(items, &run->member[m], &run->member[m + 1])) {
            groups++;
            words += new_words(items, &run->member[m], &run->member[m + 1]);
        }
    }
    if (!groups || groups > SPLICE_GROUPS || words * 4 > total)
        return;
    for (size_t m = 0; m + 1 < run->count; m++) {
        const struct nf_member *from = &run->member[m], *to = from + 1;
        const struct nf_item *source = &items->item[from->last];
        anchors += items->item[from->item].words >= ANCHOR_WORDS;
        bool deck = anchors < 2 || items->item[from->item].post == source->post;
        if (!deck || source->removed || !is_insertion(items, from, to))
            continue;
        for (size_t i = from->item + 1; i < to->item; i++)
            if (!items->item[i].removed)
                add_splice(&runs->splices, i, (size_t)from->last);
    }
}

/* Short lines of the post before, a member's name most often, are no part of the article. */
static void drop_leading(const struct nf_items *items, struct nf_run *run)
{
    size_t anchor = 0, keep = 0;
    while (anchor < run->count && items->item[run->member[anchor].item].words < ANCHOR_WORDS)
        anchor++;
    if (anchor == run->count)
        return;
    uint32_t post = items->item[run->member[anchor].item].post;
    while (keep < anchor && items->item[run->member[keep].item].post != post)
        keep++;
    run->count -= keep;
    memmove(run->member, run->member + keep, run->count * sizeof *run->member);
}

/* Behind the last long member only what follows without a gap still belongs to the article. */
static void drop_trailing(const struct nf_items *items, struct nf_run *run)
{
    size_t keep = run->count;
    while (keep > 0 && items->item[run->member[keep - 1].item].words < ANCHOR_WORDS)
        keep--;
    if (!keep)
        return;
    while (keep < run->count && run->member[keep].item == run->member[keep - 1].item + 1
           && run->member[keep].first == run->member[keep - 1].last + 1)
        keep++;
    run->count = keep;
}

static bool close_run(struct nf_runs *runs, struct nf_items *items, struct nf_run *run)
{
    drop_leading(items, run);
    drop_trailing(items, run);
    bool copy = run->count > 0 && is_copy(items, run);
    for (size_t m = 0; copy && m < run->count; m++)
        remove_item(&items->item[run->member[m].item], run, &run->member[m]);
    for (size_t m = 0; copy && m + 1 < run->count; m++)
        remove_holes(items, run, &run->member[m], &run->member[m + 1]);
    if (copy)
        splice(runs, items, run);
    run->open = false;
    run->count = 0;
    return copy;
}

/* A free place, or that of the run that has waited longest. */
static struct nf_run *place_for_run(struct nf_runs *runs, struct nf_items *items, bool *removed)
{
    struct nf_run *oldest = &runs->run[0];
    for (size_t r = 0; r < NF_RUNS_OPEN; r++) {
        if (!runs->run[r].open)
            return &runs->run[r];
        if (last_member(&runs->run[r])->item < last_member(oldest)->item)
            oldest = &runs->run[r];
    }
    *removed |= close_run(runs, items, oldest);
    return oldest;
}

static void start_run(struct nf_runs *runs, struct nf_items *items, size_t i, bool earlier, bool *removed)
{
    const struct nf_match *match = earlier ? &items->item[i].earlier : &items->item[i].here;
    if (!match->found)
        return;
    struct nf_run *run = place_for_run(runs, items, removed);
    run->open = true;
    run->earlier = earlier;
    add_member(run, (struct nf_member){i, match->first, match->last, match->near});
}

/* A run that a stray short line began must not keep an article's first paragraph from beginning its own. */
static bool is_settled(const struct nf_items *items, const struct nf_run *run)
{
    const struct nf_member *last = &run->member[run->count - 1];
    if (items->item[last->item].words < ANCHOR_WORDS)
        return true;
    for (size_t m = 0; m + 1 < run->count; m++)
        if (items->item[run->member[m].item].words >= ANCHOR_WORDS)
            return true;
    return last->item == last[-1].item + 1 && last->first == last[-1].last + 1;
}

static bool step(struct nf_runs *runs, struct nf_items *items, struct nf_near *near, size_t i)
{
    bool removed = false, extended[2] = {false, false};
    if (near)
        nf_near_search(near, items, i);
    for (size_t r = 0; r < NF_RUNS_OPEN; r++) {
        struct nf_run *run = &runs->run[r];
        struct nf_member member;
        if (!run->open)
            continue;
        if (i - last_member(run)->item > GAP_ITEMS + 1) {
            removed |= close_run(runs, items, run);
        } else if (extends(items, near, run, i, &member)) {
            add_member(run, member);
            extended[run->earlier] |= is_settled(items, run);
        }
    }
    for (int earlier = 0; earlier < 2; earlier++)
        if (!extended[earlier])
            start_run(runs, items, i, earlier, &removed);
    return removed;
}

bool nf_runs_find(struct nf_runs *runs, struct nf_items *items, struct nf_near *near)
{
    bool removed = false;
    for (size_t i = 0; i < items->count; i++)
        removed |= step(runs, items, near, i);
    for (size_t r = 0; r < NF_RUNS_OPEN; r++)
        if (runs->run[r].open)
            removed |= close_run(runs, items, &runs->run[r]);
    return removed;
}
