/*
 * test_index.c: patterns are found by what a line begins with and by what it holds.
 */
#include "rules/index.h"

#include "test.h"

static bool finds_at(const struct nf_index *index, const char *text, size_t chars, uint16_t pattern)
{
    char line[64] = {0};
    uint64_t set[2] = {0};
    size_t len = strlen(text);
    memcpy(line, text, len);
    nf_index_find_beginnings(index, nf_span(line, len), set);
    nf_index_find_literals(index, nf_span(line, len), chars, set);
    return set[pattern / 64] >> pattern % 64 & 1;
}

static bool finds(const struct nf_index *index, const char *text, uint16_t pattern)
{
    return finds_at(index, text, strlen(text), pattern);
}

static void test_literals(void)
{
    struct nf_index_maker maker = {0};
    const struct nf_index *index = &maker.index;
    nf_index_add(&maker, SPAN("share"), 1, (struct nf_index_place){100, 100, true});
    nf_index_add(&maker, SPAN("@"), 2, (struct nf_index_place){100, 100, false});
    nf_index_add(&maker, SPAN("re"), 3, (struct nf_index_place){100, 100, false});
    nf_index_add(&maker, SPAN("shared"), 4, (struct nf_index_place){100, 100, true});
    nf_index_add(&maker, SPAN("all rights"), 5, (struct nf_index_place){100, 100, false});
    nf_index_add(&maker, SPAN("all rights"), 70, (struct nf_index_place){100, 100, false});
    nf_index_make(&maker);
    test_begin("index: at the start, anywhere, short and long");
    CHECK(finds(index, "share", 1) && finds(index, "share this", 1), "at the start");
    CHECK(!finds(index, "we share", 1), "not elsewhere");
    CHECK(finds(index, "a@b", 2) && finds(index, "@", 2) && finds(index, "b@", 2), "one byte, anywhere");
    CHECK(finds(index, "share", 3) && finds(index, "re", 3) && !finds(index, "r e", 3), "two bytes");
    CHECK(finds(index, "shared", 4) && finds(index, "shared", 1) && !finds(index, "share", 4), "nested");
    CHECK(finds(index, "2020 all rights", 5) && !finds(index, "all right", 5), "at the end");
    CHECK(finds(index, "2020 all rights", 70), "one text, two patterns");
    CHECK(!finds(index, "", 1), "an empty line");
    nf_index_maker_release(&maker);
}

static void test_growth(void)
{
    struct nf_index_maker maker = {0};
    const struct nf_index *index = &maker.index;
    test_begin("index: patterns without literals are always found");
    nf_index_add(&maker, SPAN(""), 1, (struct nf_index_place){100, 100, false});
    nf_index_make(&maker);
    CHECK(finds(index, "", 1) && finds(index, "anything", 1), "always");
    test_begin("index: made again with more");
    nf_index_add(&maker, SPAN("later"), 2, (struct nf_index_place){300, 300, false});
    nf_index_make(&maker);
    CHECK(finds(index, "anything", 1) && finds(index, "see you later", 2), "both");
    test_begin("index: a long line is not asked for what only short lines match");
    CHECK(finds_at(index, "see you later", 300, 2), "as long as can be");
    CHECK(!finds_at(index, "see you later", 500, 2), "longer");
    nf_index_maker_release(&maker);
}

void test_index(void)
{
    test_literals();
    test_growth();
}
