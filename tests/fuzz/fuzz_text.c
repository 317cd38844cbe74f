/*
 * fuzz_text.c: any bytes as text, with options and block sizes from the first three bytes.
 * Run by `make fuzz` with libFuzzer and by `make check` over the corpus with driver.c.
 *
 * Whatever comes in: the counts add up, the blocks it comes in do not matter, and the digests and words of its
 * paragraphs are the same by every way that the processor has.
 */
#include <stdlib.h>
#include <string.h>

#include <newsfold/pipeline.h>
#include <newsfold/rules.h>

#include "base/buf.h"
#include "base/paragraphs.h"
#include "stage/digest_keys.h"
#include "stage/split.h"
#include "text/utf8.h"
#include "text/utf8_valid.h"

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
    return (struct nf_options){
        .exact = bits & 1,
        .scope = bits & 2 ? NF_SCOPE_DOCUMENT : NF_SCOPE_RUN,
        .paragraphs = (enum nf_paragraphs)((bits >> 2 & 3) % 3),
        .output = (enum nf_output)(bits >> 4 & 3),
        .separator = bits & 64 ? "^#|^--" : NULL,
        .max_document = bits & 128 ? NF_MAX_DOCUMENT_LEAST : NF_MAX_DOCUMENT_DEFAULT,
        .rules = rules,
    };
}

/* The blocks grow: one byte more each, up to `most`, and again. Every other one is put where the pipeline would have it. */
static struct nf_counts run(const struct nf_options *options, struct nf_span text, size_t most, struct nf_buf *out)
{
    struct nf_pipeline *pipeline;
    size_t block = 1;
    expect(nf_pipeline_new(options, &(struct nf_sink){.context = out, .write = keep_output}, &pipeline, NULL) == NF_OK);
    nf_pipeline_begin(pipeline, "fuzz", NULL);
    for (size_t at = 0; at < text.len;) {
        size_t len = text.len - at < block ? text.len - at : block;
        char *room = block % 2 ? nf_pipeline_room(pipeline, len) : NULL;
        if (room)
            memcpy(room, text.data + at, len);
        expect(nf_pipeline_feed(pipeline, room ? room : text.data + at, len) == NF_OK);
        at += len;
        block = block < most ? block + 1 : 1;
    }
    expect(nf_pipeline_end(pipeline, true) == NF_OK);
    expect(nf_pipeline_flush(pipeline) == NF_OK);
    struct nf_counts counts = nf_pipeline_counts(pipeline);
    nf_pipeline_free(pipeline);
    return counts;
}

static void check_counts(const struct nf_counts *counts, size_t len, const struct nf_buf *out)
{
    uint64_t sum = counts->kept + counts->repeat_exact + counts->repeat_near;
    for (int i = 0; i < NF_CATEGORY_COUNT; i++)
        sum += counts->boilerplate[i];
    expect(sum == counts->paragraphs);
    expect(counts->bytes_in == len && counts->bytes_out == out->len);
    expect(counts->moved <= counts->kept);
}

/* What the digest stage makes of a text, by one way. */
struct made {
    struct nf_document document;
    struct nf_words words;
};

static void make(struct made *made, struct nf_span text, enum nf_cpu cpu)
{
    struct nf_normaliser normaliser = {.cpu = cpu};
    struct nf_key key = {0};
    made->document.bytes = text;
    made->words.cpu = cpu;
    nf_split(&made->document, NF_PARAGRAPHS_LINE);
    nf_digest_keys(&made->document, &normaliser, &key, &made->words);
    nf_key_release(&key);
    nf_normaliser_release(&normaliser);
}

static void release(struct made *made)
{
    nf_document_release(&made->document);
    nf_words_release(&made->words);
}

static void expect_same(const struct made *one, const struct made *other)
{
    expect(one->document.count == other->document.count && one->words.count == other->words.count
           && one->words.paragraphs == other->words.paragraphs);
    for (size_t i = 0; i < one->document.count; i++) {
        const struct nf_paragraph *a = &one->document.paragraphs[i], *b = &other->document.paragraphs[i];
        expect(a->words == b->words);
        expect(!a->words || (a->digest.low == b->digest.low && a->digest.high == b->digest.high));
    }
    for (size_t i = 0; i <= one->words.paragraphs; i++)
        expect(one->words.from[i] == other->words.from[i]);
    if (one->words.count)
        expect(!memcmp(one->words.trace, other->words.trace, one->words.count * sizeof *one->words.trace));
}

/* The bytes as they came, and as text. */
static void check_ways(struct nf_span bytes)
{
    struct nf_decoder decoder = {0};
    struct nf_buf text = {0};
    bool valid = nf_utf8_is_valid(NF_CPU_REFERENCE, bytes.data, bytes.len);
    nf_decode(&decoder, bytes.data, bytes.len, &text);
    nf_decode_end(&decoder, &text);
    struct made want = {0};
    make(&want, nf_buf_span(&text), NF_CPU_REFERENCE);
    for (int cpu = NF_CPU_ANY; cpu <= (int)nf_cpu_best(); cpu++) {
        struct made got = {0};
        make(&got, nf_buf_span(&text), (enum nf_cpu)cpu);
        expect_same(&want, &got);
        expect(nf_utf8_is_valid((enum nf_cpu)cpu, bytes.data, bytes.len) == valid);
        release(&got);
    }
    release(&want);
    nf_buf_release(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static struct nf_rules *rules;
    struct nf_buf one = {0}, other = {0};
    if (len < 3)
        return 0;
    if (!rules) {
        rules = nf_rules_new();
        nf_rules_add_builtin(rules);
    }
    struct nf_options options = options_of(data[0], rules);
    options.kept_categories = data[2] & 1 ? UINT32_MAX : 0;
    struct nf_span text = nf_span((const char *)data + 3, len - 3);
    struct nf_counts counts = run(&options, text, SIZE_MAX, &one);
    check_counts(&counts, text.len, &one);
    check_ways(text);
    counts = run(&options, text, (size_t)data[1] + 1, &other);
    check_counts(&counts, text.len, &other);
    expect(nf_span_equal(nf_buf_span(&one), nf_buf_span(&other)));
    nf_buf_release(&one);
    nf_buf_release(&other);
    return 0;
}
