/*
 * pipeline.c: inputs into batches of documents, and batches through the stages.
 * Used by the command line, the tests and the fuzzers.
 *
 * intake.c has the readers; flow.c the order of the stages; workers.c the threads.
 */
#include <newsfold/pipeline.h>

#include "base/alloc.h"
#include "pipe/flow.h"
#include "pipe/intake.h"
#include "pipe/workers.h"

/*
 * A batch is handed over when it holds so much: with its paragraphs and the output it stays in a core's own cache.
 * Threads wait for one another less often when it is larger; one alone does better with a document at a time.
 */
#define BATCH_LEN ((size_t)128 << 10)
#define BATCH_LEN_ALONE ((size_t)16 << 10)
#define BATCH_ENTRIES 1024

struct nf_pipeline {
    struct nf_options options;
    struct nf_intake intake;
    struct nf_flow *flow;
    struct nf_workers *workers;
    size_t batch_len;
};

static void keep_to(uint64_t *value, uint64_t most)
{
    *value = *value < most ? *value : most;
}

static void set_defaults(struct nf_options *options)
{
    if (!options->text_field)
        options->text_field = "text";
    if (!options->id_field)
        options->id_field = "id";
    if (!options->url_field)
        options->url_field = "url";
    if (!options->max_record)
        options->max_record = NF_MAX_RECORD_DEFAULT;
    if (!options->max_expansion)
        options->max_expansion = NF_MAX_EXPANSION_DEFAULT;
    keep_to(&options->max_document, NF_MAX_DOCUMENT_MOST);
    keep_to(&options->max_record, NF_MAX_RECORD_MOST);
}

enum nf_status nf_pipeline_new(const struct nf_options *options, const struct nf_sink *sink,
                               struct nf_pipeline **pipeline, struct nf_error *error)
{
    struct nf_pipeline *made = nf_alloc_zero(1, sizeof *made);
    unsigned jobs = options->jobs > NF_JOBS_MAX ? NF_JOBS_MAX : options->jobs ? options->jobs : 1;
    made->options = *options;
    made->batch_len = jobs > 1 ? BATCH_LEN : BATCH_LEN_ALONE;
    set_defaults(&made->options);
    enum nf_status status = nf_intake_init(&made->intake, &made->options, error);
    if (status != NF_OK) {
        nf_free(made);
        return status;
    }
    made->flow = nf_flow_new(&made->options, jobs, sink);
    made->workers = nf_workers_new(jobs, &(struct nf_work){made->flow, nf_flow_work, nf_flow_finish});
    made->intake.flow = made->flow;
    made->intake.workers = made->workers;
    *pipeline = made;
    return NF_OK;
}

void nf_pipeline_free(struct nf_pipeline *pipeline)
{
    if (!pipeline)
        return;
    nf_workers_free(pipeline->workers);
    nf_flow_free(pipeline->flow);
    nf_intake_release(&pipeline->intake);
    nf_free(pipeline);
}

static enum nf_status submit(struct nf_pipeline *pipeline)
{
    struct nf_batch *batch = nf_workers_open(pipeline->workers);
    if (!batch->count)
        return NF_OK;
    nf_intake_seal(&pipeline->intake, batch);
    return nf_workers_submit(pipeline->workers);
}

static enum nf_status submit_full(struct nf_pipeline *pipeline)
{
    const struct nf_batch *batch = nf_workers_open(pipeline->workers);
    bool full = nf_intake_len(&pipeline->intake) >= pipeline->batch_len || batch->count >= BATCH_ENTRIES;
    return full ? submit(pipeline) : NF_OK;
}

void nf_pipeline_begin(struct nf_pipeline *pipeline, const char *name, void *user)
{
    nf_intake_begin(&pipeline->intake, name, user);
}

char *nf_pipeline_room(struct nf_pipeline *pipeline, size_t len)
{
    return nf_intake_room(&pipeline->intake, len);
}

enum nf_status nf_pipeline_feed(struct nf_pipeline *pipeline, const char *bytes, size_t len)
{
    enum nf_status status = NF_OK;
    struct nf_span in = nf_span(bytes, len);
    pipeline->intake.input->counts.bytes_in += len;
    while (status == NF_OK && nf_intake_take(&pipeline->intake, &in))
        status = submit_full(pipeline);
    return status;
}

enum nf_status nf_pipeline_end(struct nf_pipeline *pipeline, bool complete)
{
    nf_intake_end(&pipeline->intake, complete);
    return submit_full(pipeline);
}

enum nf_status nf_pipeline_flush(struct nf_pipeline *pipeline)
{
    enum nf_status status = submit(pipeline);
    if (status == NF_OK)
        status = nf_workers_drain(pipeline->workers);
    return status == NF_OK ? nf_flow_flush(pipeline->flow) : status;
}

enum nf_status nf_pipeline_load(struct nf_pipeline *pipeline, uint64_t len, nf_move *get, void *context,
                                struct nf_error *error)
{
    return nf_flow_load(pipeline->flow, len, get, context, error);
}

enum nf_status nf_pipeline_save(const struct nf_pipeline *pipeline, nf_move *put, void *context)
{
    return nf_flow_save(pipeline->flow, put, context);
}

enum nf_status nf_pipeline_conclude(struct nf_pipeline *pipeline)
{
    return nf_flow_conclude(pipeline->flow);
}

struct nf_counts nf_pipeline_counts(const struct nf_pipeline *pipeline)
{
    return nf_flow_counts(pipeline->flow);
}
