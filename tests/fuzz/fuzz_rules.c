/*
 * fuzz_rules.c: any bytes as a rule file, then, behind the first NUL, as a text that the rules are put to.
 * Run by `make fuzz` with libFuzzer and by `make check` over the corpus with driver.c.
 *
 * A file is taken or refused with a line and a reason. A rule that matches a line is found through the index.
 */
#include <stdlib.h>

#include <newsfold/pipeline.h>

#include "rules/matcher.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void expect(bool good)
{
    if (!good)
        abort();
}

static enum nf_status forget_output(void *context, const char *bytes, size_t len)
{
    (void)context;
    (void)bytes;
    (void)len;
    return NF_OK;
}

static void run(struct nf_rules *rules, struct nf_span text)
{
    struct nf_options options = {.max_document = NF_MAX_DOCUMENT_DEFAULT, .output = NF_OUTPUT_EXPLAIN, .rules = rules};
    struct nf_pipeline *pipeline;
    expect(nf_pipeline_new(&options, &(struct nf_sink){.context = NULL, .write = forget_output}, &pipeline, NULL) == NF_OK);
    nf_pipeline_begin(pipeline, "fuzz", NULL);
    expect(nf_pipeline_feed(pipeline, text.data, text.len) == NF_OK);
    expect(nf_pipeline_end(pipeline, true) == NF_OK);
    expect(nf_pipeline_flush(pipeline) == NF_OK);
    nf_pipeline_free(pipeline);
}

static void check_index(const struct nf_rules *rules, struct nf_span text)
{
    struct nf_plain_line line = {0};
    uint16_t hits[NF_HITS_MAX];
    struct nf_matcher matcher;
    nf_matcher_init(&matcher, rules);
    nf_plain_line_set(&line, text);
    size_t count = nf_matcher_hits(&matcher, &line, hits);
    for (size_t rule = 0; rule < rules->count && count < NF_HITS_MAX; rule++) {
        bool found = false;
        for (size_t i = 0; i < count; i++)
            found |= hits[i] == rule;
        expect(found == nf_matcher_holds(&matcher, rule, &line));
    }
    nf_plain_line_release(&line);
    nf_matcher_release(&matcher);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    const uint8_t *end = len ? memchr(data, '\0', len) : NULL;
    size_t rules_len = end ? (size_t)(end - data) : len;
    struct nf_rules *rules = nf_rules_new();
    struct nf_error error = {0};
    struct nf_span text = nf_span((const char *)data, rules_len);
    if (nf_rules_add(rules, text, "fuzz", &error) != NF_OK) {
        expect(error.status == NF_ESYNTAX && error.line > 0 && error.text[0]);
    } else if (end) {
        struct nf_decoder decoder = {0};
        struct nf_buf line = {0};
        text = nf_span((const char *)end + 1, len - rules_len - 1);
        run(rules, text);
        nf_decode(&decoder, text.data, text.len < 200 ? text.len : 200, &line);
        nf_decode_end(&decoder, &line);
        check_index(rules, nf_buf_span(&line));
        nf_buf_release(&line);
    }
    nf_rules_free(rules);
    return 0;
}
