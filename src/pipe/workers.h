/*
 * workers.h: batches worked on by several threads, finished in the order they came.
 * Used by the pipeline.
 *
 * The calling thread fills batches, finishes them, and works on them itself while it would have to wait. The others
 * only work. Batches stand in a ring, and pass through it as open, ready, taken, done, and open again.
 */
#ifndef NEWSFOLD_PIPE_WORKERS_H
#define NEWSFOLD_PIPE_WORKERS_H

#include <newsfold/status.h>

#include "pipe/batch.h"

struct nf_workers;

/* What is done with a batch by any thread, with the memory of worker `worker`; and on the calling thread, in order. */
struct nf_work {
    void *context;
    void (*work)(void *context, unsigned worker, struct nf_batch *batch);
    enum nf_status (*finish)(void *context, struct nf_batch *batch);
};

/* in  count: threads, the calling one included; more than that one are started when there is work for them */
struct nf_workers *nf_workers_new(unsigned count, const struct nf_work *work);

/* What was not finished is forgotten. */
void nf_workers_free(struct nf_workers *workers);

/* The batch that is being filled. lives: until it is submitted */
struct nf_batch *nf_workers_open(struct nf_workers *workers);

/*
 * Hand the open batch over.
 *
 * fails   whatever finish fails with, for this batch or an earlier one
 */
NF_MUST_CHECK enum nf_status nf_workers_submit(struct nf_workers *workers);

/* Finish everything that was submitted. */
NF_MUST_CHECK enum nf_status nf_workers_drain(struct nf_workers *workers);

#endif
