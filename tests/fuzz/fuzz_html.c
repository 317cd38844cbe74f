/*
 * fuzz_html.c: arbitrary bytes as a page, through the whole pipeline.
 * clang -fsanitize=fuzzer,address,undefined; without a fuzzer, any driver that calls LLVMFuzzerTestOneInput.
 */
#include <newsfold/pipeline.h>
#include <newsfold/rules.h>

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum nf_status discard(void *context, const char *bytes, size_t len)
{
    (void)context, (void)bytes, (void)len;
    return NF_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct nf_rules *rules = nf_rules_new();
    struct nf_options options = {.format = NF_FORMAT_HTML, .max_document = NF_MAX_DOCUMENT_DEFAULT, .rules = rules};
    struct nf_pipeline *pipeline;
    if (nf_pipeline_new(&options, &(struct nf_sink){.context = NULL, .write = discard}, &pipeline, NULL) != NF_OK)
        abort();
    nf_pipeline_begin(pipeline, "page", NULL);
    enum nf_status fed = nf_pipeline_feed(pipeline, (const char *)data, size);
    enum nf_status ended = nf_pipeline_end(pipeline, true);
    enum nf_status flushed = nf_pipeline_flush(pipeline);
    struct nf_counts counts = nf_pipeline_counts(pipeline);
    uint64_t boilerplate = 0;
    for (int i = 0; i < NF_CATEGORY_COUNT; i++)
        boilerplate += counts.boilerplate[i];
    if (fed != NF_OK || ended != NF_OK || flushed != NF_OK
        || counts.paragraphs != counts.kept + counts.repeat_exact + counts.repeat_near + boilerplate)
        abort();
    nf_pipeline_free(pipeline);
    nf_rules_free(rules);
    return 0;
}
