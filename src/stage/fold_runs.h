/*
 * fold_runs.h: runs of matches that advance together in one source, and which of them are copies.
 * Used by the fold files.
 */
#ifndef NEWSFOLD_STAGE_FOLD_RUNS_H
#define NEWSFOLD_STAGE_FOLD_RUNS_H

#include "stage/fold_item.h"
#include "stage/fold_near.h"

#define NF_ANCHOR_WORDS 12      /* fewer say little on their own */

/* A run; the open ones stand in nf_runs until a gap closes them. */
struct nf_run {
    bool open, earlier;         /* earlier: the source is in earlier documents */
    struct nf_member *member;
    size_t count, capacity;
};

/* Where paragraphs that only a later copy has go: behind an item of the earlier one. */
struct nf_splice {
    size_t item, after;
};

struct nf_splices {
    struct nf_splice *item;
    size_t count, capacity;
};

#define NF_RUNS_OPEN 8

struct nf_runs {
    struct nf_run run[NF_RUNS_OPEN];
    size_t open;                /* how many of them are */
    struct nf_splices splices;
};

void nf_runs_release(struct nf_runs *runs);

/*
 * Find the runs of a document and accept the copies among them.
 *
 * in      items: matches set; near: NULL in exact mode
 * out     items: removed, near, source; splices added
 */
void nf_runs_find(struct nf_runs *runs, struct nf_items *items, struct nf_near *near);

/* fold_judge.c: short lines at a run's ends that belong to other posts go; then whether it is a copy. */
void nf_run_trim(const struct nf_items *items, struct nf_run *run);
bool nf_run_is_copy(const struct nf_items *items, const struct nf_run *run);

/* fold_remove.c: what an accepted run takes with it, and what of it moves into the source. */
void nf_run_remove(struct nf_runs *runs, struct nf_items *items, struct nf_near *near, const struct nf_run *run);

#endif
