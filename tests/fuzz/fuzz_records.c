/*
 * fuzz_records.c: any bytes as JSONL, WARC, or something packed, with options from the first byte.
 * Run by `make fuzz` with libFuzzer and by `make check` over the corpus with driver.c.
 *
 * Whatever comes in: the counts add up and the blocks it comes in do not matter; of JSONL each line comes out as one, JSON
 * if it was JSON, and as it was if it was none.
 */
#include <stdlib.h>

#include <newsfold/pipeline.h>
#include <newsfold/rules.h>

#include "base/buf.h"
#include "stage/read_jsonl.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

/* A broken promise: libFuzzer keeps the input that led here. */
static void expect(bool good)
{
    if (!good)
        abort();
}

static enum nf_status keep_output(void *context, const char *bytes, size_t len)
{
    nf_buf_add(context, bytes, len);
    return NF_OK;
}

static struct nf_options options_of(uint8_t bits, struct nf_rules *rules)
{
    static const enum nf_format formats[] = {NF_FORMAT_AUTO, NF_FORMAT_JSONL, NF_FORMAT_WARC, NF_FORMAT_JSONL};
    return (struct nf_options){
        .format = formats[bits & 3],
        .to = (enum nf_to)((bits >> 2 & 3) % 3),
        .on_error = (enum nf_on_error)((bits >> 4 & 3) % 3),
        .output = bits & 64 ? NF_OUTPUT_EXPLAIN_JSONL : NF_OUTPUT_CLEAN,
        .max_document = NF_MAX_DOCUMENT_DEFAULT,
        .max_record = bits & 128 ? 100 : NF_MAX_RECORD_DEFAULT,
        .rules = rules,
    };
}

/* The blocks grow: one byte more each, up to `most`, and again. */
static struct nf_counts run(const struct nf_options *options, struct nf_span input, size_t most, struct nf_buf *out)
{
    struct nf_pipeline *pipeline;
    size_t block = 1;
    expect(nf_pipeline_new(options, &(struct nf_sink){.context = out, .write = keep_output}, &pipeline, NULL) == NF_OK);
    nf_pipeline_begin(pipeline, "fuzz", NULL);
    for (size_t at = 0; at < input.len;) {
        size_t len = input.len - at < block ? input.len - at : block;
        expect(nf_pipeline_feed(pipeline, input.data + at, len) == NF_OK);
        at += len;
        block = block < most ? block + 1 : 1;
    }
    expect(nf_pipeline_end(pipeline, true) == NF_OK);
    expect(nf_pipeline_flush(pipeline) == NF_OK);
    struct nf_counts counts = nf_pipeline_counts(pipeline);
    nf_pipeline_free(pipeline);
    return counts;
}

static struct nf_span next_line(struct nf_span *text)
{
    const char *end = memchr(text->data, '\n', text->len);
    struct nf_span line = nf_span(text->data, end ? (size_t)(end - text->data) + 1 : text->len);
    *text = nf_span(text->data + line.len, text->len - line.len);
    return line;
}

static bool is_json(struct nf_span line)
{
    static const char *const names[NF_JSONL_FIELDS] = {NULL, NULL, NULL};
    struct nf_jsonl_value value[NF_JSONL_FIELDS];
    return nf_jsonl_read(line, names, value, NULL) == NF_OK;
}

static void check_lines(struct nf_span in, struct nf_span out)
{
    while (in.len || out.len) {
        struct nf_span line = next_line(&in), got = next_line(&out);
        expect(is_json(line) ? is_json(got) : nf_span_equal(line, got));
    }
}

static void check(const struct nf_options *options, struct nf_span input)
{
    struct nf_buf out = {0}, other = {0};
    struct nf_counts counts = run(options, input, 4096, &out);
    struct nf_counts again = run(options, input, 17, &other);
    uint64_t sum = counts.kept + counts.repeat_exact + counts.repeat_near;
    for (int i = 0; i < NF_CATEGORY_COUNT; i++)
        sum += counts.boilerplate[i];
    expect(sum == counts.paragraphs && counts.bytes_in == input.len && counts.bytes_out == out.len);
    expect(counts.records == again.records && counts.bad == again.bad && counts.skipped == again.skipped);
    expect(nf_span_equal(nf_buf_span(&out), nf_buf_span(&other)));
    bool lines = options->format == NF_FORMAT_JSONL && options->output == NF_OUTPUT_CLEAN && options->to != NF_TO_TEXT
                 && options->on_error == NF_ON_ERROR_PASS && !counts.packed && input.len >= 3;
    if (lines && memcmp(input.data, "\xEF\xBB\xBF", 3) != 0)
        check_lines(input, nf_buf_span(&out));
    nf_buf_release(&out);
    nf_buf_release(&other);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static struct nf_rules *rules;      /* read once: they are the same for all */
    struct nf_span text = nf_span("rule a\ncategory advert\nline Advertisement\n", 42);
    if (!len)
        return 0;
    if (!rules) {
        rules = nf_rules_new();
        expect(nf_rules_add(rules, text, "fuzz", NULL) == NF_OK);
    }
    struct nf_options options = options_of(data[0], rules);
    check(&options, nf_span((const char *)data + 1, len - 1));
    return 0;
}
