/*
 * fold_runs.c: from single matches to copies of articles.
 * Used by fold.c only.
 */
#include "stage/fold_runs.h"

#include <string.h>

#include "base/alloc.h"

#define GAP_ITEMS 2             /* unmatched lines in the copy between two members */
#define GAP_SOURCE 5            /* paragraphs of the source that the copy leaves out */

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

/* Where the next member goes, should there be one. */
static struct nf_member *next_member(struct nf_run *run)
{
    run->member = nf_grow(run->member, &run->capacity, run->count + 1, sizeof *run->member);
    return &run->member[run->count];
}

/* The next place in the run's source that equals the item, in this document. */
static bool extends_here(const struct nf_items *items, struct nf_run *run, size_t i, struct nf_member *member)
{
    uint64_t last = last_member(run)->last, first_copy = run->member[0].item;
    if (!items->item[i].again)
        return false;
    for (uint64_t s = last + 1; s <= last + 1 + GAP_SOURCE && s < first_copy; s++) {
        if (nf_item_first(items, s) != items->item[i].first_or_times)
            continue;
        *member = (struct nf_member){.item = i, .first = s, .last = s};
        return true;
    }
    return false;
}

static bool follows(struct nf_run *run, const struct nf_match *match)
{
    const struct nf_member *last = last_member(run);
    bool same_paragraph = match->near && last->near && match->first == last->last;
    return (match->first > last->last || same_paragraph)
           && match->first <= last->last + 1 + GAP_SOURCE;
}

/* A short line in another post is a reply more often than an article's last words. */
static bool may_follow(const struct nf_items *items, struct nf_run *run, const struct nf_item *item)
{
    return item->words >= NF_ANCHOR_WORDS || item->post == items->item[last_member(run)->item].post;
}

static bool ends_with(struct nf_span text, const char *end)
{
    size_t len = strlen(end);
    return text.len >= len && memcmp(text.data + text.len - len, end, len) == 0;
}

/* Text that stops in a sentence, or with an ellipsis. */
static bool is_cut_short(const struct nf_items *items, size_t i)
{
    static const char *const ellipses[] = {"…", "...", "…]", "...]", "…)", "...)"};
    static const char *const ends[] = {".", "!", "?", "。", "！", "？", "؟", "۔", "।", "\"", "”", "“", "»", "」", "』", ")",
                                       "）", ":", ";", "’", "'"};
    struct nf_span text = items->document->paragraphs[items->item[i].paragraph].text;
    for (size_t e = 0; e < sizeof ellipses / sizeof *ellipses; e++)
        if (ends_with(text, ellipses[e]))
            return true;
    for (size_t e = 0; e < sizeof ends / sizeof *ends; e++)
        if (ends_with(text, ends[e]))
            return false;
    return true;
}

/* The source's next paragraph was cut short, and the item is the whole of it. */
static bool is_fuller(const struct nf_items *items, struct nf_near *near, struct nf_run *run, size_t i,
                      struct nf_member *member)
{
    uint64_t cut = last_member(run)->last + 1;
    if (run->earlier || nf_item_is_matched(items, i) || cut >= run->member[0].item || items->item[cut].removed
        || !nf_near_begins(near, (size_t)cut, i) || !is_cut_short(items, (size_t)cut))
        return false;
    *member = (struct nf_member){.item = i, .first = cut, .last = cut, .end = 0, .near = true, .fuller = true};
    return true;
}

/* The item is the source's next paragraph, cut short, in a word perhaps. */
static bool is_cut(struct nf_near *near, struct nf_run *run, size_t i, struct nf_member *member)
{
    uint64_t whole = last_member(run)->last + 1;
    if (run->earlier || whole >= run->member[0].item || !nf_near_begins(near, i, (size_t)whole))
        return false;
    *member = (struct nf_member){.item = i, .first = whole, .last = whole, .near = true};
    return true;
}

static bool extends(const struct nf_items *items, struct nf_near *near, struct nf_run *run, size_t i,
                    struct nf_member *member)
{
    struct nf_match match;
    if (!may_follow(items, run, &items->item[i]))
        return false;
    if (!run->earlier && extends_here(items, run, i, member))
        return true;
    bool found = nf_item_match(items, i, run->earlier, &match) && follows(run, &match);
    if (!found && (!near || nf_item_has_equal(items, i)))
        return false;
    if (!found && !nf_near_continues(near, i, run->earlier, last_member(run), run->member[0].item, &match))
        return is_cut(near, run, i, member) || is_fuller(items, near, run, i, member);
    *member = (struct nf_member){i, match.first, match.last, match.end, match.near, false};
    return true;
}

static void close_run(struct nf_runs *runs, struct nf_items *items, struct nf_near *near, struct nf_run *run)
{
    nf_run_trim(items, run);
    if (run->count > 0 && nf_run_is_copy(items, run))
        nf_run_remove(runs, items, near, run);
    run->open = false;
    run->count = 0;
    runs->open--;
}

/* A free place, or that of the run that has waited longest. */
static struct nf_run *place_for_run(struct nf_runs *runs, struct nf_items *items, struct nf_near *near)
{
    struct nf_run *oldest = &runs->run[0];
    for (size_t r = 0; r < NF_RUNS_OPEN; r++) {
        if (!runs->run[r].open)
            return &runs->run[r];
        if (last_member(&runs->run[r])->item < last_member(oldest)->item)
            oldest = &runs->run[r];
    }
    close_run(runs, items, near, oldest);
    return oldest;
}

static void start_run(struct nf_runs *runs, struct nf_items *items, struct nf_near *near, size_t i,
                      const struct nf_match *match)
{
    struct nf_run *run = place_for_run(runs, items, near);
    run->open = true;
    run->earlier = match->earlier;
    runs->open++;
    *next_member(run) = (struct nf_member){i, match->first, match->last, match->end, match->near, false};
    run->count++;
}

/* A run that a stray short line began must not keep an article's first paragraph from beginning its own. */
static bool is_settled(const struct nf_items *items, const struct nf_run *run)
{
    const struct nf_member *last = &run->member[run->count - 1];
    if (items->item[last->item].words < NF_ANCHOR_WORDS)
        return true;
    for (size_t m = 0; m + 1 < run->count; m++)
        if (items->item[run->member[m].item].words >= NF_ANCHOR_WORDS)
            return true;
    return last->item == last[-1].item + 1 && last->first == last[-1].last + 1;
}

static void extend_runs(struct nf_runs *runs, struct nf_items *items, struct nf_near *near, size_t i,
                        bool extended[2])
{
    for (size_t r = 0; r < NF_RUNS_OPEN; r++) {
        struct nf_run *run = &runs->run[r];
        if (!run->open)
            continue;
        if (i - last_member(run)->item > GAP_ITEMS + 1) {
            close_run(runs, items, near, run);
        } else if (extends(items, near, run, i, next_member(run))) {
            run->count++;
            extended[run->earlier] |= is_settled(items, run);
        }
    }
}

static void step(struct nf_runs *runs, struct nf_items *items, struct nf_near *near, size_t i)
{
    bool extended[2] = {false, false};
    struct nf_match match[2];
    bool stands[2] = {nf_item_match(items, i, false, &match[0]), nf_item_match(items, i, true, &match[1])};
    if (runs->open)
        extend_runs(runs, items, near, i, extended);
    for (int earlier = 0; earlier < 2; earlier++)
        if (stands[earlier] && !extended[earlier])
            start_run(runs, items, near, i, &match[earlier]);
}

void nf_runs_find(struct nf_runs *runs, struct nf_items *items, struct nf_near *near)
{
    for (size_t i = 0; i < items->count; i++) {
        if (near)
            nf_near_search(near, items, i);
        if (runs->open || nf_item_is_matched(items, i))
            step(runs, items, near, i);
    }
    for (size_t r = 0; r < NF_RUNS_OPEN; r++)
        if (runs->run[r].open)
            close_run(runs, items, near, &runs->run[r]);
}
