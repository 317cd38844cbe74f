/*
 * flow.h: the order of the stages, in two halves: what any thread does with a batch, and what is done in order.
 * Used by the pipeline.
 */
#ifndef NEWSFOLD_PIPE_FLOW_H
#define NEWSFOLD_PIPE_FLOW_H

#include "pipe/batch.h"

struct nf_flow;

/* in  workers: how many threads there may be, each with memory of its own */
struct nf_flow *nf_flow_new(const struct nf_options *options, unsigned workers, const struct nf_sink *sink);
void nf_flow_free(struct nf_flow *flow);

/* An input begins. lives: until its end is finished, or the flow is freed. in  name: copied */
struct nf_open_input *nf_flow_open(struct nf_flow *flow, const char *name, void *user);

/* To be called before a batch with a page is handed over, by the thread that hands it over: loads the parser, once. */
void nf_flow_expect_pages(struct nf_flow *flow);

/* The first half, as struct nf_work has it: bytes to paragraphs with digests. */
void nf_flow_work(void *flow, unsigned worker, struct nf_batch *batch);

/* The second half: repeats are found, output is written; inputs that ended are freed. fails: as the sink does */
NF_MUST_CHECK enum nf_status nf_flow_finish(void *flow, struct nf_batch *batch);

/* Hand on the output that was written and held back. */
NF_MUST_CHECK enum nf_status nf_flow_flush(struct nf_flow *flow);

/* As nf_pipeline_load and nf_pipeline_save. */
NF_MUST_CHECK enum nf_status nf_flow_load(struct nf_flow *flow, uint64_t len, nf_move *get, void *context,
                                          struct nf_error *error);
NF_MUST_CHECK enum nf_status nf_flow_save(const struct nf_flow *flow, nf_move *put, void *context);

/* What is written about the whole run. */
NF_MUST_CHECK enum nf_status nf_flow_conclude(struct nf_flow *flow);

struct nf_counts nf_flow_counts(const struct nf_flow *flow);

#endif
