/*
 * pipeline.c: the order of the stages, and the counting.
 * Used by the command line, the tests and the fuzzers.
 */
#include <newsfold/pipeline.h>

#include "adapt/regex.h"
#include "base/alloc.h"
#include "base/paragraphs.h"
#include "stage/digest_keys.h"
#include "stage/fold.h"
#include "stage/page.h"
#include "stage/read_html.h"
#include "stage/read_text.h"
#include "stage/split.h"
#include "stage/strip.h"
#include "stage/write.h"

/* Output is handed on in pieces of at least this. */
#define WRITE_LEN ((size_t)256 << 10)

struct nf_pipeline {
    struct nf_options options;
    nf_write *write;
    void *context;
    struct nf_text_reader reader;
    enum nf_looks_like looks;   /* the input being read */
    struct nf_buf held;         /* a page so far, or what came before it was known what comes */
    struct nf_page page;
    struct nf_stripper stripper;
    struct nf_normaliser normaliser;
    struct nf_key key;
    struct nf_words words;
    struct nf_fold *fold;
    struct nf_titles titles;
    struct nf_writer writer;
    struct nf_counts counts;
};

static enum nf_status take_text(void *context, struct nf_document *document);

enum nf_status nf_pipeline_new(const struct nf_options *options, nf_write *write, void *context,
                               struct nf_pipeline **pipeline, struct nf_error *error)
{
    struct nf_regex *separator = NULL;
    if (options->separator) {
        struct nf_span pattern = nf_span(options->separator, strlen(options->separator));
        enum nf_status status = nf_regex_new(pattern, NF_REGEX_CASE | NF_REGEX_SEARCH, &separator, error);
        if (status != NF_OK)
            return status;
    }
    struct nf_pipeline *made = nf_alloc_zero(1, sizeof *made);
    made->options = *options;
    made->write = write;
    made->context = context;
    made->reader.put = take_text;
    made->reader.context = made;
    made->reader.max_document = options->max_document;
    made->reader.separator = separator;
    made->page.kept_categories = options->kept_categories;
    made->stripper.rules = options->rules;
    made->stripper.kept_categories = options->kept_categories;
    made->fold = nf_fold_new(options->exact, options->scope);
    if (options->output == NF_OUTPUT_EXPLAIN || options->output == NF_OUTPUT_EXPLAIN_JSONL)
        nf_fold_keep_places(made->fold);
    made->writer.rules = options->rules;
    made->writer.titles = &made->titles;
    made->writer.color = options->color;
    *pipeline = made;
    return NF_OK;
}

void nf_pipeline_free(struct nf_pipeline *pipeline)
{
    if (!pipeline)
        return;
    nf_regex_free(pipeline->reader.separator);
    nf_text_reader_release(&pipeline->reader);
    nf_buf_release(&pipeline->held);
    nf_page_release(&pipeline->page);
    nf_stripper_release(&pipeline->stripper);
    nf_normaliser_release(&pipeline->normaliser);
    nf_key_release(&pipeline->key);
    nf_words_release(&pipeline->words);
    nf_fold_free(pipeline->fold);
    nf_buf_release(&pipeline->writer.out);
    nf_free(pipeline->titles.name);
    nf_free(pipeline);
}

static void count(struct nf_counts *counts, const struct nf_document *document)
{
    counts->documents += !document->continues;
    counts->cut += document->continues;
    counts->paragraphs += document->count;
    for (size_t i = 0; i < document->count; i++) {
        const struct nf_paragraph *paragraph = &document->paragraphs[i];
        counts->kept += paragraph->verdict == NF_KEEP;
        counts->repeat_exact += paragraph->verdict == NF_REPEAT && !paragraph->near;
        counts->repeat_near += paragraph->verdict == NF_REPEAT && paragraph->near;
        counts->boilerplate[paragraph->category] += paragraph->verdict == NF_BOILERPLATE;
        counts->moved += paragraph->moved;
    }
}

/* Only --explain asks for the names of earlier documents. */
static void keep_title(struct nf_pipeline *pipeline, const struct nf_document *document)
{
    struct nf_titles *titles = &pipeline->titles;
    if (pipeline->options.output != NF_OUTPUT_EXPLAIN)
        return;
    titles->name = nf_grow(titles->name, &titles->capacity, document->number + 1, sizeof *titles->name);
    titles->name[document->number] = document->name;
    titles->count = document->number + 1;
}

static void write_document(struct nf_pipeline *pipeline, const struct nf_document *document)
{
    switch (pipeline->options.output) {
    case NF_OUTPUT_CLEAN: nf_write_clean(&pipeline->writer, document); break;
    case NF_OUTPUT_EXPLAIN: nf_write_explain(&pipeline->writer, document); break;
    case NF_OUTPUT_EXPLAIN_JSONL: nf_write_explain_jsonl(&pipeline->writer, document); break;
    case NF_OUTPUT_NONE: break;
    }
}

static enum nf_status flush(struct nf_pipeline *pipeline)
{
    struct nf_buf *out = &pipeline->writer.out;
    if (!out->len)
        return NF_OK;
    enum nf_status status = pipeline->write(pipeline->context, out->data, out->len);
    pipeline->counts.bytes_out += out->len;
    out->len = 0;
    return status;
}

/* The flow: each stage adds to the document, the writer decides. */
static enum nf_status take_paragraphs(struct nf_pipeline *pipeline, struct nf_document *document)
{
    struct nf_words *words = pipeline->options.exact ? NULL : &pipeline->words;
    keep_title(pipeline, document);
    nf_strip(&pipeline->stripper, document);
    nf_digest_keys(document, &pipeline->normaliser, &pipeline->key, words);
    nf_fold_document(pipeline->fold, document, words);
    count(&pipeline->counts, document);
    write_document(pipeline, document);
    return pipeline->writer.out.len >= WRITE_LEN ? flush(pipeline) : NF_OK;
}

static enum nf_status take_text(void *context, struct nf_document *document)
{
    struct nf_pipeline *pipeline = context;
    nf_split(document, pipeline->options.paragraphs);
    return take_paragraphs(pipeline, document);
}

/* An HTML input is one document. Its number goes on from the text reader's, which is first to need one. */
static enum nf_status take_page(struct nf_pipeline *pipeline)
{
    struct nf_page *page = &pipeline->page;
    struct nf_document *document = &pipeline->reader.document;
    document->continues = document->continues_line = document->cut_line = false;
    nf_page_read(page, &pipeline->held, document);
    pipeline->counts.pages++;
    pipeline->counts.flat += page->flat;
    pipeline->counts.replaced += page->replaced;
    enum nf_status status = take_paragraphs(pipeline, document);
    document->number++;
    nf_document_reset(document);
    return status;
}

static enum nf_looks_like expected(const struct nf_pipeline *pipeline, const char *name)
{
    switch (pipeline->options.format) {
    case NF_FORMAT_TEXT: return NF_LOOKS_LIKE_TEXT;
    case NF_FORMAT_HTML: return NF_LOOKS_LIKE_HTML;
    default: return nf_name_looks(name);
    }
}

void nf_pipeline_begin(struct nf_pipeline *pipeline, const char *name)
{
    pipeline->counts.inputs++;
    pipeline->held.len = 0;
    pipeline->looks = expected(pipeline, name);
    nf_text_reader_start(&pipeline->reader, name);
}

/* It is text. */
static enum nf_status release_held(struct nf_pipeline *pipeline)
{
    struct nf_span held = nf_buf_span(&pipeline->held);
    pipeline->held.len = 0;
    return nf_text_reader_feed(&pipeline->reader, held.data, held.len);
}

/* Text is read on as it comes; a page, and what may be one, waits. */
static enum nf_status take_bytes(struct nf_pipeline *pipeline, const char *bytes, size_t len)
{
    if (pipeline->looks == NF_LOOKS_LIKE_TEXT)
        return nf_text_reader_feed(&pipeline->reader, bytes, len);
    bool undecided = pipeline->looks == NF_LOOKS_UNDECIDED;
    nf_buf_add(&pipeline->held, bytes, len);
    if (undecided)
        pipeline->looks = nf_bytes_look(nf_buf_span(&pipeline->held), false);
    return undecided && pipeline->looks == NF_LOOKS_LIKE_TEXT ? release_held(pipeline) : NF_OK;
}

/* What is finished goes out with the block that finished it: a slow stream is not held back. */
enum nf_status nf_pipeline_feed(struct nf_pipeline *pipeline, const char *bytes, size_t len)
{
    pipeline->counts.bytes_in += len;
    enum nf_status status = take_bytes(pipeline, bytes, len);
    return status == NF_OK ? flush(pipeline) : status;
}

enum nf_status nf_pipeline_end(struct nf_pipeline *pipeline)
{
    enum nf_status status = NF_OK;
    if (pipeline->looks == NF_LOOKS_UNDECIDED)
        pipeline->looks = nf_bytes_look(nf_buf_span(&pipeline->held), true);
    if (pipeline->looks == NF_LOOKS_LIKE_TEXT)
        status = release_held(pipeline);
    else if (pipeline->held.len)
        status = take_page(pipeline);
    if (status == NF_OK)
        status = nf_text_reader_finish(&pipeline->reader);
    pipeline->counts.replaced += pipeline->reader.decoder.replaced;
    return status == NF_OK ? flush(pipeline) : status;
}

struct nf_counts nf_pipeline_counts(const struct nf_pipeline *pipeline)
{
    struct nf_counts counts = pipeline->counts;
    struct nf_fold_size size = nf_fold_size(pipeline->fold);
    counts.unique = size.paragraphs;
    counts.exact_bytes = size.exact_bytes;
    counts.near_bytes = size.near_bytes;
    return counts;
}
