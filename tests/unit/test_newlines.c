/*
 * test_newlines.c: lines counted by bits are those counted one by one.
 */
#include "text/newlines.h"

#include "test.h"

#define LEN 300

static void check_counts(const char *text, size_t len)
{
    struct nf_newlines newlines = {0};
    uint64_t before[LEN + 1] = {0};
    nf_newlines_find(&newlines, nf_span(text, len));
    for (size_t i = 0; i < len; i++)
        before[i + 1] = before[i] + (text[i] == '\n');
    CHECK(newlines.len == len, "%zu bytes", len);
    for (size_t from = 0; from <= len; from++) {
        size_t wrong = 0;
        for (size_t to = from; to <= len; to++)
            wrong += nf_newlines_between(&newlines, from, to) != before[to] - before[from];
        CHECK(!wrong, "of %zu bytes, from %zu: %zu counts are wrong", len, from, wrong);
    }
    nf_newlines_release(&newlines);
}

static void check_random_texts(void)
{
    static const size_t lens[] = {0, 1, 63, 64, 65, 127, 128, 200, LEN};
    char text[LEN];
    uint64_t state = 11;
    for (size_t i = 0; i < sizeof lens / sizeof *lens; i++) {
        for (size_t at = 0; at < lens[i]; at++)
            text[at] = test_random(&state) % 3 ? (char)(test_random(&state) % 256) : '\n';
        check_counts(text, lens[i]);
    }
}

/* A shorter text after a longer one: nothing of that is left. */
static void check_again(void)
{
    struct nf_newlines newlines = {0};
    nf_newlines_find(&newlines, nf_span("\n\n\n\n\n\n\n\n", 8));
    nf_newlines_find(&newlines, nf_span("a\n", 2));
    CHECK(nf_newlines_between(&newlines, 0, 2) == 1, "one line end");
    nf_newlines_release(&newlines);
}

void test_newlines(void)
{
    test_begin("newlines: counted from any byte to any other");
    check_random_texts();
    test_begin("newlines: one text after the other");
    check_again();
}
