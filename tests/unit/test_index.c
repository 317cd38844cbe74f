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

/* A long line of `before` letters, a text, and letters behind it. */
static struct nf_span long_line(char *line, size_t before, const char *text, size_t after)
{
    size_t len = strlen(text);
    memset(line, 'a', before);
    memcpy(line + before, text, len);
    memset(line + before + len, 'b', after);
    memset(line + before + len + after, 0, 8);
    return nf_span(line, before + len + after);
}

static bool may_find(const struct nf_index *index, struct nf_span line, size_t chars)
{
    struct nf_index_long asked = {line, chars, line, chars};
    bool may = nf_index_may_find(index, line, chars), may_long = nf_index_may_find_long(index, &asked);
    CHECK(may == may_long, "plain %d, as it is %d", may, may_long);
    return may_long;
}

static void test_reach(void)
{
    struct nf_index_maker maker = {0};
    const struct nf_index *index = &maker.index;
    char line[1000];
    nf_index_add(&maker, SPAN("photo"), 1, (struct nf_index_place){440, 80, false});
    nf_index_add(&maker, SPAN("don't go on"), 2, (struct nf_index_place){900, 500, false});
    nf_index_make(&maker);
    test_begin("index: a text near the end of long lines is looked for there");
    for (size_t after = 0; after < 200; after++) {
        uint64_t set[2] = {0};
        struct nf_span text = long_line(line, 250, after % 2 ? "PHOTO" : "photo", after);
        bool near = after + 5 <= 80;
        CHECK(may_find(index, text, text.len) == near, "before %zu letters", after);
        nf_index_find_literals(index, long_line(line, 250, "photo", after), text.len, set);
        CHECK((set[0] >> 1 & 1) == near, "before %zu letters, in lower case", after);
    }
    test_begin("index: a text of long lines with a quote that is written in other ways");
    for (size_t before = 0; before < 300; before++) {
        struct nf_span text = long_line(line, before, "Don\xE2\x80\x99t go on", 480);
        struct nf_index_long asked = {text, text.len - 2, nf_span("", 0), 0};
        CHECK(nf_index_may_find_long(index, &asked), "behind %zu letters", before);
        text = long_line(line, before, "don't go on", 480);
        CHECK(may_find(index, text, text.len), "plain, behind %zu letters", before);
    }
    CHECK(!nf_index_asks_tail(index, 600) && nf_index_asks_tail(index, 400), "the end of lines that photo is not in");
    nf_index_maker_release(&maker);
    test_begin("index: two bytes of which one is written in other ways are not looked for");
    nf_index_add(&maker, SPAN("- "), 1, (struct nf_index_place){500, 500, false});
    nf_index_make(&maker);
    struct nf_span text = long_line(line, 250, "\xE2\x80\x93 ", 30);
    struct nf_index_long asked = {text, text.len - 2, text, text.len - 2};
    CHECK(nf_index_may_find_long(index, &asked), "it may be there");
    nf_index_maker_release(&maker);
}

void test_index(void)
{
    test_reach();
    test_literals();
    test_growth();
}
