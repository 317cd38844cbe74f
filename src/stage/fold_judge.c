/*
 * fold_judge.c: whether a run is a copy of an article, or only lines that look alike.
 * Used by fold_runs.c.
 *
 * A paragraph is not removed for its own likeness: a short one is said twice by two people, and a table
 * repeats its rows. What is removed is a run, whose members follow each other in one source as well.
 */
#include "stage/fold_runs.h"

#include <string.h>

#define ALONE_WORDS 40          /* so many may be a copy without company */
#define NEAR_ALONE_WORDS 80     /* ... and alike is not equal */
#define RUN_WORDS 40
#define WHOLE_ITEMS 3           /* a document of so many paragraphs, followed by itself */
#define QUOTED_WORDS 8          /* behind a quote's opener less is needed */
#define LONG_RUN_WORDS 150      /* beyond it, repetition is not a table's */
#define LONG_RUN_ANCHORS 4
#define STRUCTURE_TIMES 3       /* so often, and in short runs: a questionnaire or a table */

/* What a run is judged by. */
struct tally {
    uint64_t words, anchors, longest;
    size_t contiguous, replaced;        /* of the links between long members */
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
        uint32_t words = run->member[m].fuller ? items->item[run->member[m].first].words : item->words;
        tally.words += words;
        tally.longest = words > tally.longest ? words : tally.longest;
        if (words < NF_ANCHOR_WORDS)
            continue;
        if (!tally.anchors++)
            tally.times = nf_item_times(items, run->member[m].item);
        if (last_anchor != SIZE_MAX) {
            bool replaced = is_replaced(run, last_anchor, m);
            tally.replaced += replaced;
            tally.contiguous += !replaced;
        }
        last_anchor = m;
    }
    return tally;
}

/* Members that take turns with other text on both sides are questions, rows or headings. */
static bool is_structure(const struct tally *tally)
{
    if (tally->replaced > tally->contiguous)
        return true;
    bool is_long = tally->words >= LONG_RUN_WORDS || tally->anchors >= LONG_RUN_ANCHORS;
    return !is_long && tally->times >= STRUCTURE_TIMES;
}

/* The document is one text twice, line for line; nothing is left to take it for anything else. */
static bool is_whole(const struct nf_items *items, const struct nf_run *run)
{
    bool whole = !run->earlier && run->count >= WHOLE_ITEMS && run->count * 2 == items->count;
    for (size_t m = 0; whole && m < run->count; m++)
        whole = run->member[m].first == m && run->member[m].item == run->count + m && !run->member[m].fuller;
    return whole;
}

bool nf_run_is_copy(const struct nf_items *items, const struct nf_run *run)
{
    struct tally tally = tally_of(items, run);
    bool all_near = true, quoted = false;
    for (size_t m = 0; m < run->count; m++) {
        all_near &= run->member[m].near;
        quoted |= items->item[run->member[m].item].quoted;
    }
    if (quoted && tally.words >= QUOTED_WORDS)
        return true;
    if (is_whole(items, run))
        return true;
    size_t alone = all_near ? NEAR_ALONE_WORDS : ALONE_WORDS;
    if (tally.words < RUN_WORDS || (tally.anchors < 2 && tally.longest < alone))
        return false;
    return !is_structure(&tally);
}

/* Short lines of the post before, a member's name most often, are no part of the article. */
static void drop_leading(const struct nf_items *items, struct nf_run *run)
{
    size_t anchor = 0, keep = 0;
    while (anchor < run->count && items->item[run->member[anchor].item].words < NF_ANCHOR_WORDS)
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
    while (keep > 0 && items->item[run->member[keep - 1].item].words < NF_ANCHOR_WORDS)
        keep--;
    if (!keep)
        return;
    while (keep < run->count && run->member[keep].item == run->member[keep - 1].item + 1
           && run->member[keep].first == run->member[keep - 1].last + 1)
        keep++;
    run->count = keep;
}

void nf_run_trim(const struct nf_items *items, struct nf_run *run)
{
    drop_leading(items, run);
    drop_trailing(items, run);
}
