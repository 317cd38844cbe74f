/*
 * test_extent.c: how long the lines are that a pattern matches.
 */
#include "rules/extent.h"

#include "test.h"

#define ANY NF_EXTENT_MAX

static const struct {
    const char *pattern;
    uint32_t least, most;
} extents[] = {
    {"", 0, 0}, {"share", 5, 5}, {"share|tweet it|", 0, 8}, {"a?b", 1, 2}, {"a*b", 1, ANY}, {"a+b", 2, ANY},
    {"a{3}", 3, 3}, {"a{2,5}b", 3, 6}, {"a{2,}", 2, ANY}, {"(?:ab|c){2,3}", 2, 6}, {"(?:ab?)+?", 1, ANY},
    {"\\d{1,2}/\\d\\d", 4, 5}, {"[a-z\\]x]{2}", 2, 2}, {"[]a]", 1, 1}, {"[^]a]b", 2, 2}, {"\\p{Lu}\\pL\\w", 3, 3},
    {"(?!no )yes\\b", 3, 3}, {"(?<=x)y(?=z)", 1, 1}, {"(?i:ab)", 2, 2}, {"(ab)", 2, 2}, {"^a$", 1, 1},
    {"\xC3\xA9\\.{0,3}", 1, 4}, {".{0,40}x", 1, 41}, {"(?:.{1,200}){1,200}", 1, 40000}, {"(?:.{900}){900}", ANY, ANY},
    {"\\+1", 2, 2}, {"\\\xC3\xA9", 1, 1}, {"a++", 1, ANY}, {"(?s-i:.)", 1, 1}, {"[\\d\\w]", 1, 1},
    /* What the reader does not know. */
    {"(a)\\1", 0, ANY}, {"\\Qa.b\\E", 0, ANY}, {"\\R", 0, ANY}, {"\\X", 0, ANY}, {"(?x: a b )", 0, ANY},
    {"(?i)ab", 0, ANY}, {"(?R)?", 0, ANY}, {"(*ACCEPT)a", 0, ANY}, {"(?<name>a)", 0, ANY}, {"(?#no)", 0, ANY},
    {"[[:digit:]]", 0, ANY}, {"a{,3}", 0, ANY}, {"a{x}", 0, ANY}, {"\\x{41}", 0, ANY}, {"\\K", 0, ANY}, {"(a", 0, ANY},
    {"a)", 0, ANY}, {"[a", 0, ANY}, {"\\N{U+41}", 0, ANY}, {"\\o{101}", 0, ANY}, {"(?|a|bc)", 0, ANY}, {"\\", 0, ANY},
};

void test_extent(void)
{
    char deep[4001];
    for (size_t i = 0; i < sizeof extents / sizeof *extents; i++) {
        struct nf_extent extent = nf_extent_of(nf_span(extents[i].pattern, strlen(extents[i].pattern)));
        test_begin("extent: %s", extents[i].pattern);
        CHECK(extent.least == extents[i].least && extent.most == extents[i].most, "%u to %u", (unsigned)extent.least,
              (unsigned)extent.most);
    }
    test_begin("extent: groups too deep to follow are unknown");
    memset(deep, '(', 2000);
    memset(deep + 2000, ')', 2000);
    CHECK(nf_extent_of(nf_span(deep, 4000)).most == ANY, "unknown");
}
