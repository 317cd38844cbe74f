/*
 * pipeline.c: inputs into batches of documents, and batches through the stages.
 * Used by the command line, the tests and the fuzzers.
 *
 * This file reads; flow.c has the order of the stages; workers.c the threads.
 */
#include <newsfold/pipeline.h>

#include "adapt/regex.h"
#include "base/alloc.h"
#include "pipe/flow.h"
#include "pipe/workers.h"
#include "stage/read_html.h"
#include "stage/read_text.h"

/* A batch is handed over when it holds so much. */
#define BATCH_LEN ((size_t)256 << 10)
#define BATCH_ENTRIES 1024

/* Input is taken in pieces of at most this, so that a large block need not be held twice. */
#define PIECE_LEN ((size_t)256 << 10)

struct nf_pipeline {
    struct nf_options options;
    struct nf_text_reader reader;
    struct nf_flow *flow;
    struct nf_workers *workers;
    struct nf_open_input *input;    /* the one being fed, or NULL */
    enum nf_looks_like looks;       /* what it is */
    struct nf_buf held;             /* a page so far, or what came before it was known what comes */
};

static void take_text(void *context, const struct nf_document *document)
{
    struct nf_pipeline *pipeline = context;
    struct nf_batch *batch = nf_workers_open(pipeline->workers);
    struct nf_entry *entry = nf_batch_add(batch, NF_ENTRY_TEXT, pipeline->input);
    struct nf_document kept = entry->document;
    entry->from = (size_t)(document->bytes.data - pipeline->reader.text.data);
    entry->document = *document;
    entry->document.paragraphs = kept.paragraphs;
    entry->document.capacity = kept.capacity;
}

static enum nf_status make_reader(struct nf_pipeline *pipeline, struct nf_error *error)
{
    const char *separator = pipeline->options.separator;
    pipeline->reader.put = take_text;
    pipeline->reader.context = pipeline;
    pipeline->reader.max_document = pipeline->options.max_document;
    if (!separator)
        return NF_OK;
    return nf_regex_new(nf_span(separator, strlen(separator)), NF_REGEX_CASE | NF_REGEX_SEARCH,
                        &pipeline->reader.separator, error);
}

enum nf_status nf_pipeline_new(const struct nf_options *options, const struct nf_sink *sink,
                               struct nf_pipeline **pipeline, struct nf_error *error)
{
    struct nf_pipeline *made = nf_alloc_zero(1, sizeof *made);
    unsigned jobs = options->jobs > NF_JOBS_MAX ? NF_JOBS_MAX : options->jobs ? options->jobs : 1;
    made->options = *options;
    enum nf_status status = make_reader(made, error);
    if (status != NF_OK) {
        nf_free(made);
        return status;
    }
    made->flow = nf_flow_new(&made->options, jobs, sink);
    made->workers = nf_workers_new(jobs, &(struct nf_work){made->flow, nf_flow_work, nf_flow_finish});
    *pipeline = made;
    return NF_OK;
}

void nf_pipeline_free(struct nf_pipeline *pipeline)
{
    if (!pipeline)
        return;
    nf_workers_free(pipeline->workers);
    nf_flow_free(pipeline->flow);
    nf_regex_free(pipeline->reader.separator);
    nf_text_reader_release(&pipeline->reader);
    nf_buf_release(&pipeline->held);
    nf_free(pipeline);
}

/* The views of its text documents can be set now that the text does not move any more. */
static void seal(struct nf_pipeline *pipeline, struct nf_batch *batch)
{
    nf_text_reader_take(&pipeline->reader, &batch->text);
    for (size_t i = 0; i < batch->count; i++) {
        struct nf_entry *entry = &batch->entry[i];
        if (entry->kind == NF_ENTRY_TEXT)
            entry->document.bytes.data = batch->text.data + entry->from;
    }
}

static enum nf_status submit(struct nf_pipeline *pipeline)
{
    struct nf_batch *batch = nf_workers_open(pipeline->workers);
    if (!batch->count)
        return NF_OK;
    seal(pipeline, batch);
    return nf_workers_submit(pipeline->workers);
}

static enum nf_status submit_full(struct nf_pipeline *pipeline)
{
    const struct nf_batch *batch = nf_workers_open(pipeline->workers);
    bool full = pipeline->reader.start + batch->page_len >= BATCH_LEN || batch->count >= BATCH_ENTRIES;
    return full ? submit(pipeline) : NF_OK;
}

static enum nf_looks_like expected(const struct nf_pipeline *pipeline, const char *name)
{
    switch (pipeline->options.format) {
    case NF_FORMAT_TEXT: return NF_LOOKS_LIKE_TEXT;
    case NF_FORMAT_HTML: return NF_LOOKS_LIKE_HTML;
    default: return nf_name_looks(name);
    }
}

void nf_pipeline_begin(struct nf_pipeline *pipeline, const char *name, void *user)
{
    struct nf_open_input *input = nf_flow_open(pipeline->flow, name, user);
    pipeline->input = input;
    pipeline->held.len = 0;
    pipeline->looks = expected(pipeline, name);
    nf_text_reader_start(&pipeline->reader, input->name);
    nf_batch_add(nf_workers_open(pipeline->workers), NF_ENTRY_BEGIN, input);
}

/* It is text. */
static void release_held(struct nf_pipeline *pipeline)
{
    nf_text_reader_feed(&pipeline->reader, nf_buf_span(&pipeline->held).data, pipeline->held.len);
    pipeline->held.len = 0;
}

/* Text is read on as it comes; a page, and what may be one, waits. */
static void take_bytes(struct nf_pipeline *pipeline, const char *bytes, size_t len)
{
    if (pipeline->looks == NF_LOOKS_LIKE_TEXT) {
        nf_text_reader_feed(&pipeline->reader, bytes, len);
        return;
    }
    nf_buf_add(&pipeline->held, bytes, len);
    if (pipeline->looks != NF_LOOKS_UNDECIDED)
        return;
    pipeline->looks = nf_bytes_look(nf_buf_span(&pipeline->held), false);
    if (pipeline->looks == NF_LOOKS_LIKE_TEXT)
        release_held(pipeline);
}

enum nf_status nf_pipeline_feed(struct nf_pipeline *pipeline, const char *bytes, size_t len)
{
    enum nf_status status = NF_OK;
    pipeline->input->counts.bytes_in += len;
    while (len && status == NF_OK) {
        size_t piece = len < PIECE_LEN ? len : PIECE_LEN;
        take_bytes(pipeline, bytes, piece);
        bytes += piece;
        len -= piece;
        status = submit_full(pipeline);
    }
    return status;
}

/* An HTML input is one document. */
static void take_page(struct nf_pipeline *pipeline)
{
    nf_flow_expect_pages(pipeline->flow);
    struct nf_batch *batch = nf_workers_open(pipeline->workers);
    struct nf_entry *entry = nf_batch_add(batch, NF_ENTRY_PAGE, pipeline->input);
    struct nf_document kept = entry->document;
    entry->document = (struct nf_document){.name = pipeline->input->name, .paragraphs = kept.paragraphs,
                                           .capacity = kept.capacity};
    nf_buf_release(&entry->bytes);
    entry->bytes = pipeline->held;
    batch->page_len += entry->bytes.len;
    pipeline->held = (struct nf_buf){0};
}

static void end_input(struct nf_pipeline *pipeline, bool complete)
{
    if (pipeline->looks == NF_LOOKS_UNDECIDED)
        pipeline->looks = nf_bytes_look(nf_buf_span(&pipeline->held), true);
    if (pipeline->looks == NF_LOOKS_LIKE_TEXT)
        release_held(pipeline);
    else if (pipeline->held.len)
        take_page(pipeline);
    nf_text_reader_finish(&pipeline->reader);
    struct nf_entry *end = nf_batch_add(nf_workers_open(pipeline->workers), NF_ENTRY_END, pipeline->input);
    end->replaced = pipeline->reader.decoder.replaced;
    pipeline->input->input.complete = complete;
    pipeline->input = NULL;
}

enum nf_status nf_pipeline_end(struct nf_pipeline *pipeline, bool complete)
{
    end_input(pipeline, complete);
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

struct nf_counts nf_pipeline_counts(const struct nf_pipeline *pipeline)
{
    return nf_flow_counts(pipeline->flow);
}
