/*
 * test_pipeline.c: properties of the whole flow, over documents of made-up words.
 */
#include <stdio.h>

#include <newsfold/pipeline.h>
#include <newsfold/rules.h>

#include "test.h"
#include "text/words.h"

#define DOCUMENTS 300

static struct nf_rules *rules;

/* Words of two to four syllables: some 300,000 of them, and no rule knows any. */
static void add_word(struct nf_buf *text, uint64_t *state, bool capital)
{
    static const char *const syllables[] = {"ba", "ke", "li", "mo", "nu", "ra", "te", "vi", "zo", "dun", "fer", "gal",
                                            "hon", "jas", "pel", "qui", "sor", "tam", "wen", "xil", "bor", "cla", "dre"};
    size_t at = text->len;
    for (uint64_t i = 2 + test_random(state) % 3; i > 0; i--)
        nf_buf_add_text(text, syllables[test_random(state) % (sizeof syllables / sizeof *syllables)]);
    if (capital)
        text->data[at] = (char)(text->data[at] - 32);
}

static void add_paragraph(struct nf_buf *text, uint64_t *state, size_t words)
{
    for (size_t i = 0; i < words; i++) {
        if (i)
            nf_buf_add_char(text, ' ');
        add_word(text, state, i == 0);
    }
    nf_buf_add_text(text, ".\n");
    if (test_random(state) % 3 == 0)
        nf_buf_add_char(text, '\n');
}

/* An article: three long paragraphs at least, short lines among them. gives back how many paragraphs */
static size_t add_article(struct nf_buf *text, uint64_t *state)
{
    size_t count = 3 + test_random(state) % 10;
    for (size_t i = 0; i < count; i++) {
        bool is_short = i > 0 && i + 1 < count && test_random(state) % 4 == 0;
        add_paragraph(text, state, is_short ? 2 + test_random(state) % 6 : 15 + test_random(state) % 60);
    }
    return count;
}

static enum nf_status keep_output(void *context, const char *bytes, size_t len)
{
    nf_buf_add(context, bytes, len);
    return NF_OK;
}

static struct nf_counts run(struct nf_span text, bool exact, struct nf_buf *out)
{
    struct nf_options options = {.exact = exact, .max_document = NF_MAX_DOCUMENT_DEFAULT, .rules = rules};
    struct nf_pipeline *pipeline = NULL;
    struct nf_counts counts = {0};
    out->len = 0;
    if (!CHECK(nf_pipeline_new(&options, &(struct nf_sink){.context = out, .write = keep_output}, &pipeline, NULL) == NF_OK, "new"))
        return counts;
    nf_pipeline_begin(pipeline, "test", NULL);
    CHECK(nf_pipeline_feed(pipeline, text.data, text.len) == NF_OK, "feed");
    CHECK(nf_pipeline_end(pipeline, true) == NF_OK, "end");
    CHECK(nf_pipeline_flush(pipeline) == NF_OK, "flush");
    counts = nf_pipeline_counts(pipeline);
    nf_pipeline_free(pipeline);
    uint64_t sum = counts.kept + counts.repeat_exact + counts.repeat_near;
    for (int i = 0; i < NF_CATEGORY_COUNT; i++)
        sum += counts.boilerplate[i];
    CHECK(sum == counts.paragraphs, "the counts add up");
    CHECK(counts.bytes_out == out->len && counts.bytes_in == text.len, "bytes are counted");
    return counts;
}

static void check_distinct(unsigned seed, bool exact)
{
    struct nf_buf text = {0}, out = {0};
    uint64_t state = seed;
    size_t count = add_article(&text, &state);
    struct nf_counts counts = run(nf_buf_span(&text), exact, &out);
    CHECK(counts.paragraphs == count && counts.kept == count, "seed %u: %u of %zu kept", seed, (unsigned)counts.kept,
          count);
    nf_buf_release(&text);
    nf_buf_release(&out);
}

/* in  between: what stands between the two copies */
static void check_twice(unsigned seed, bool exact, const char *between, bool is_own_document)
{
    struct nf_buf text = {0}, out = {0}, once = {0}, first = {0};
    uint64_t state = seed;
    size_t count = add_article(&once, &state), more = *between && !is_own_document;
    nf_buf_add(&text, once.data, once.len);
    nf_buf_add_text(&text, between);
    nf_buf_add(&text, once.data, once.len);
    run(nf_buf_span(&once), exact, &first);
    struct nf_counts counts = run(nf_buf_span(&text), exact, &out);
    CHECK(counts.kept == count + more && counts.repeat_exact == count && counts.repeat_near == 0,
          "seed %u: %u kept, %u repeats, want %zu and %zu", seed, (unsigned)counts.kept, (unsigned)counts.repeat_exact,
          count + more, count);
    CHECK(out.len >= first.len && memcmp(out.data, first.data, first.len) == 0, "seed %u: the first copy stays", seed);
    nf_buf_release(&text);
    nf_buf_release(&once);
    nf_buf_release(&first);
    nf_buf_release(&out);
}

/* Both sides in turn: an article, another, and each again in the other order. */
static void check_two_articles(unsigned seed, bool exact)
{
    struct nf_buf text = {0}, a = {0}, b = {0}, out = {0};
    uint64_t state = seed;
    size_t count = add_article(&a, &state) + add_article(&b, &state);
    nf_buf_add(&text, a.data, a.len);
    nf_buf_add(&text, b.data, b.len);
    nf_buf_add(&text, b.data, b.len);
    nf_buf_add(&text, a.data, a.len);
    struct nf_counts counts = run(nf_buf_span(&text), exact, &out);
    CHECK(counts.kept == count && counts.repeat_exact == count, "seed %u: %u kept, %u repeats, want %zu", seed,
          (unsigned)counts.kept, (unsigned)counts.repeat_exact, count);
    nf_buf_release(&text);
    nf_buf_release(&a);
    nf_buf_release(&b);
    nf_buf_release(&out);
}

/* Two figures whose words look the same by the 16 bits that near copies are compared by. */
static void find_alike(unsigned seed, unsigned *one, unsigned *other)
{
    char text[8];
    *one = 10000 + seed * 7919 % 80000;
    snprintf(text, sizeof text, "%u", *one);
    uint16_t trace = nf_word_trace(nf_word_hash(text));
    for (*other = 10000; *other < 1000000; ++*other) {
        snprintf(text, sizeof text, "%u", *other);
        if (*other != *one && nf_word_trace(nf_word_hash(text)) == trace)
            return;
    }
}

static void add_report(struct nf_buf *text, unsigned seed, unsigned figure)
{
    char number[8];
    uint64_t state = seed;
    add_paragraph(text, &state, 40);
    for (size_t i = 0; i < 40; i++) {
        add_word(text, &state, i == 0);
        nf_buf_add_char(text, ' ');
    }
    snprintf(number, sizeof number, "%u", figure);
    nf_buf_add_text(text, number);
    nf_buf_add_text(text, ", ");
    add_paragraph(text, &state, 40);
    add_paragraph(text, &state, 40);
}

/* in  between: whether the two are documents of their own */
static void check_figures(unsigned seed, const char *between)
{
    struct nf_buf text = {0}, out = {0};
    unsigned one, other;
    find_alike(seed, &one, &other);
    add_report(&text, seed, one);
    nf_buf_add_text(&text, between);
    add_report(&text, seed, other);
    struct nf_counts counts = run(nf_buf_span(&text), false, &out);
    CHECK(other < 1000000 && counts.kept >= 4 && counts.repeat_near == 0, "seed %u, %u and %u: %u kept, %u repeats",
          seed, one, other, (unsigned)counts.kept, (unsigned)counts.repeat_exact);
    nf_buf_release(&text);
    nf_buf_release(&out);
}

void test_pipeline(void)
{
    rules = nf_rules_new();
    nf_rules_add_builtin(rules);
    for (int exact = 0; exact < 2; exact++) {
        const char *mode = exact ? "exact" : "near";
        test_begin("pipeline, %s: of distinct paragraphs nothing goes", mode);
        for (unsigned seed = 0; seed < DOCUMENTS; seed++)
            check_distinct(seed, exact);
        test_begin("pipeline, %s: of an article twice the second copy goes", mode);
        for (unsigned seed = 0; seed < DOCUMENTS; seed++)
            check_twice(seed, exact, "", false);
        test_begin("pipeline, %s: an article, a remark, the article", mode);
        for (unsigned seed = 0; seed < DOCUMENTS; seed++)
            check_twice(seed, exact, "I saw this as well.\n", false);
        test_begin("pipeline, %s: an article in two documents", mode);
        for (unsigned seed = 0; seed < DOCUMENTS; seed++)
            check_twice(seed, exact, "\f", true);
        test_begin("pipeline, %s: two articles, and again in the other order", mode);
        for (unsigned seed = 0; seed < DOCUMENTS; seed++)
            check_two_articles(seed, exact);
    }
    test_begin("pipeline, near: a changed figure stays though its word looks the same");
    for (unsigned seed = 0; seed < 40; seed++) {
        check_figures(seed, "");
        check_figures(seed, "\f");
    }
    nf_rules_free(rules);
}
