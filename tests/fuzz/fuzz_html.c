/*
 * fuzz_html.c: arbitrary bytes as a page, through the whole pipeline, twice.
 * clang -fsanitize=fuzzer,address,undefined; without a fuzzer, any driver that calls LLVMFuzzerTestOneInput.
 */
#include <newsfold/pipeline.h>
#include <newsfold/rules.h>

#include <stdlib.h>

#include "base/buf.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum nf_status keep(void *context, const char *bytes, size_t len)
{
    nf_buf_add(context, bytes, len);
    return NF_OK;
}

static void check_utf8(struct nf_span text)
{
    for (size_t at = 0; at < text.len;) {
        size_t len = nf_utf8_sequence((const unsigned char *)text.data + at, text.len - at);
        if (!len)
            abort();
        at += len;
    }
}

/* What comes out, in blocks of `block` bytes; counts add up. */
static void run(const struct nf_options *options, const uint8_t *data, size_t size, size_t block, struct nf_buf *out)
{
    struct nf_pipeline *pipeline;
    if (nf_pipeline_new(options, &(struct nf_sink){.context = out, .write = keep}, &pipeline, NULL) != NF_OK)
        abort();
    nf_pipeline_begin(pipeline, "page", NULL);
    for (size_t at = 0; at < size; at += block)
        if (nf_pipeline_feed(pipeline, (const char *)data + at, size - at < block ? size - at : block) != NF_OK)
            abort();
    if (nf_pipeline_end(pipeline, true) != NF_OK || nf_pipeline_flush(pipeline) != NF_OK)
        abort();
    struct nf_counts counts = nf_pipeline_counts(pipeline);
    uint64_t boilerplate = 0;
    for (int i = 0; i < NF_CATEGORY_COUNT; i++)
        boilerplate += counts.boilerplate[i];
    if (counts.paragraphs != counts.kept + counts.repeat_exact + counts.repeat_near + boilerplate)
        abort();
    nf_pipeline_free(pipeline);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct nf_rules *rules;
    struct nf_buf once = {0}, again = {0};
    if (!rules) {
        rules = nf_rules_new();
        nf_rules_add_builtin(rules);
    }
    struct nf_options options = {.format = NF_FORMAT_HTML, .max_document = NF_MAX_DOCUMENT_DEFAULT, .rules = rules};
    options.output = size % 4 == 3 ? NF_OUTPUT_EXPLAIN_JSONL : size % 4 == 2 ? NF_OUTPUT_EXPLAIN : NF_OUTPUT_CLEAN;
    run(&options, data, size, size ? size : 1, &once);
    run(&options, data, size, 7, &again);
    if (!nf_span_equal(nf_buf_span(&once), nf_buf_span(&again)))
        abort();
    check_utf8(nf_buf_span(&once));
    nf_buf_release(&once);
    nf_buf_release(&again);
    return 0;
}
