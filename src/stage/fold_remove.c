/*
 * fold_remove.c: what an accepted run takes with it, and what of it moves into the source.
 * Used by fold_runs.c.
 */
#include "stage/fold_runs.h"

#include "base/alloc.h"

#define HOLE_WORDS 8            /* a line between two members that stands in the source too */
#define SPLICE_GROUPS 2

static void remove_item(struct nf_item *item, const struct nf_match *match)
{
    if (item->removed)
        return;
    item->removed = true;
    item->near = match->near;
    item->from_earlier = match->earlier;
    item->source = match->first;
}

/* Lines between two members whose text stands elsewhere already, as pull quotes do: they belong to the copy. */
static void remove_holes(struct nf_items *items, struct nf_near *near, const struct nf_run *run, size_t m)
{
    const struct nf_member *from = &run->member[m], *to = from + 1;
    for (size_t i = from->item + 1; i < to->item; i++) {
        struct nf_item *item = &items->item[i];
        struct nf_match match;
        if (item->removed || item->words < HOLE_WORDS)
            continue;
        if (nf_item_match(items, i, false, &match) || nf_item_match(items, i, true, &match)
            || (near && nf_near_stands_in(near, i, run->earlier, run->member[0].first, to->last, &match)))
            remove_item(item, &match);
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
        anchors += items->item[from->item].words >= NF_ANCHOR_WORDS;
        bool deck = anchors < 2 || items->item[from->item].post == source->post;
        if (!deck || source->removed || !is_insertion(items, from, to))
            continue;
        for (size_t i = from->item + 1; i < to->item; i++)
            if (!items->item[i].removed)
                add_splice(&runs->splices, i, (size_t)from->last);
    }
}

/* The cut copy goes; what it was cut from stands in its place, unless it ends the run and more follows it there. */
static void remove_cut(struct nf_runs *runs, struct nf_items *items, const struct nf_run *run, size_t m)
{
    const struct nf_member *member = &run->member[m];
    struct nf_item *source = &items->item[member->first];
    if (source->removed || items->item[member->item].removed)
        return;
    remove_item(source, &(struct nf_match){.first = member->item, .near = true});
    if (m + 1 < run->count)
        add_splice(&runs->splices, member->item, (size_t)member->first);
}

void nf_run_remove(struct nf_runs *runs, struct nf_items *items, struct nf_near *near, const struct nf_run *run)
{
    for (size_t m = 0; m < run->count; m++) {
        const struct nf_member *member = &run->member[m];
        struct nf_match match = {member->first, member->last, member->end, run->earlier, member->near};
        if (member->fuller)
            remove_cut(runs, items, run, m);
        else
            remove_item(&items->item[member->item], &match);
    }
    for (size_t m = 0; m + 1 < run->count; m++)
        remove_holes(items, near, run, m);
    splice(runs, items, run);
}
