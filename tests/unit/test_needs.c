/*
 * test_needs.c: how long the lines are that a pattern matches, and what they hold.
 */
#include "rules/needs.h"

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
    {"a)", 0, ANY}, {"[a", 0, ANY}, {"[", 0, ANY}, {"[a\\", 0, ANY}, {"\\p", 1, 1}, {"(?", 0, ANY}, {"a{2", 0, ANY}, {"\\N{U+41}", 0, ANY}, {"\\o{101}", 0, ANY}, {"(?|a|bc)", 0, ANY}, {"\\", 0, ANY},
};

static void test_extents(void)
{
    char deep[4001];
    struct nf_needs needs;
    for (size_t i = 0; i < sizeof extents / sizeof *extents; i++) {
        nf_needs_of(nf_span(extents[i].pattern, strlen(extents[i].pattern)), false, &needs);
        test_begin("extent: %s", extents[i].pattern);
        CHECK(needs.extent.least == extents[i].least && needs.extent.most == extents[i].most, "%u to %u",
              (unsigned)needs.extent.least, (unsigned)needs.extent.most);
    }
    test_begin("extent: groups too deep to follow are unknown");
    memset(deep, '(', 2000);
    memset(deep + 2000, ')', 2000);
    nf_needs_of(nf_span(deep, 4000), false, &needs);
    CHECK(needs.extent.most == ANY, "unknown");
}

/* What is needed, in the order of the pattern, between bars. */
static const struct {
    const char *pattern, *needed;
} texts[] = {
    {"share", "share"}, {".*Share This.*", "share this"}, {"(?:share|tweet) it", "share|tweet"}, {"x?yzu", "yzu"},
    {"(?:abc|d)e?", ""}, {"(?:abc|def)?g", ""}, {"(?:abc|def)+g", "abc|def"}, {"(?:abc|def){0,3}g", ""},
    {"a{2}bcd", "bcd"},
    {"(?!no)yes", "yes"}, {"cook\\bies", "cookies"}, {".{1,9}\\(photo\\)", "(photo)"}, {"e-?mail", "mail"}, {"ab+cde", "cde"},
    {"caf\xC3\xA9", "caf\xC3\xA9"}, {"\xD1\x84\xD0\xBE\xD1\x82\xD0\xBE", ""}, {"\xE5\x9B\xBE", "\xE5\x9B\xBE"},
    {"(?:the|zq) or xkcd", " or xkcd"}, {"[a-z]{3}", ""}, {"(a)\\1bc", ""}, {"abcdefghijklmnopqr", "abcdefghijklmnop"},
    {"abc|", ""}, {"ab", ""}, {"(?:foo(?:bar|baz))x|qux", "bar|baz|qux"}, {"[Ff]oto|FOTO", "foto"}, {"[Ff-]oto", "oto"},
    {"[Ft]oto", "oto"}, {"(?:share|Share) it", "share"}, {"zebra.*|.{3}", ""},
};

static void test_texts(void)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct nf_needs needs;
        struct nf_buf found = {0};
        test_begin("needed: %s", texts[i].pattern);
        nf_needs_of(nf_span(texts[i].pattern, strlen(texts[i].pattern)), false, &needs);
        for (size_t k = 0; k < needs.needed.count; k++) {
            if (k)
                nf_buf_add_char(&found, '|');
            nf_buf_add(&found, needs.needed.text[k], needs.needed.len[k]);
        }
        CHECK_TEXT(nf_buf_span(&found), texts[i].needed);
        nf_buf_release(&found);
    }
}

/* How far from the end the text that is needed can begin. */
static const struct {
    const char *pattern;
    uint32_t reach;
} reaches[] = {
    {"photo", 5}, {".*photo", 5}, {"photo.*", ANY}, {".{9}photo ?[a-z]{2,70}\\.?", 5 + 1 + 70 + 1}, {"(?:photo|foto): .", 8},
    {"(?:photo.{3}|foto.{9})\\b!", 14}, {"(?:photo.{3}){1,9}", 8}, {"(?:photo.{3}){2}ab?", 10}, {"\xC3\xA9t\xC3\xA9s", 4},
    {"zebra.{20}(?:photo|picture).{2,3}(?!x)", 5 + 20 + 7 + 3}, {"abcdefghijklmnopqrstu", 21},
};

static void test_reach(void)
{
    for (size_t i = 0; i < sizeof reaches / sizeof *reaches; i++) {
        struct nf_needs needs;
        test_begin("reach: %s", reaches[i].pattern);
        nf_needs_of(nf_span(reaches[i].pattern, strlen(reaches[i].pattern)), false, &needs);
        CHECK(needs.needed.count && needs.needed.reach == reaches[i].reach, "%u", (unsigned)needs.needed.reach);
    }
}

/* Some characters that such a line may end in, and some that it may not; all of them where `no` is empty. */
static const struct {
    const char *pattern, *yes, *no;
} ends[] = {
    {"share", "eE", "rs.\n"}, {"a|b?c?", "aAbBcC", "d"}, {"ab?", "aAbB", "c"}, {"ab*?", "aAbB", "c"}, {"x(?:a|b\\.?)", "ab.", "x"},
    {"x(?:ab?)*", "xab", "c"}, {"[^.!?]{2,50}\\.?", ".,ab", "!?"}, {"\\d", "09", "ax"}, {"\\w+", "_a9Z", ". "}, {".", ".ax ", ""},
    {"[\\p{L}\\d%)]", "aZ9%)", "({}."}, {"\\p{Lu}", "azA", "1{"}, {"\\pL", "aL", "1."}, {"\\pN", "1N", ""}, {"[\\pN]", "1", ""},
    {"[^\\x41]", "41A", ""}, {"[^\\pN]", "NA", ""}, {"[^\\d]", "a.", ""}, {"[+-9]", "+-,.5", "a"}, {"[k-m]", "klmKM", "n"}, {"[^k-m]", "jn", "klm"},
    {"[-a]", "-aA", "b"}, {"[]a]", "]a", "["}, {"[a\\]]", "a]", "\\"}, {"[\\--/]", "-./", "0"}, {"\xC5\xBF", "sS", "ab"}, {"[\xE2\x84\xAA]", "kK", "a"},
    {"a(?=b)", "a", "b"}, {"a(?!b)\\b$", "a", "b"}, {"(?i:a)", "aA", "b"}, {"a\\s", " \t", "a"}, {"(a)\\1", "ab", ""}, {"", "", ""},
};

static void test_ends(void)
{
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct nf_needs needs;
        test_begin("ends: %s", ends[i].pattern);
        nf_needs_of(nf_span(ends[i].pattern, strlen(ends[i].pattern)), false, &needs);
        for (const char *c = ends[i].yes; *c; c++)
            CHECK(nf_ascii_set_has(&needs.ends, (unsigned char)*c), "not in %c", *c);
        for (const char *c = ends[i].no; *c; c++)
            CHECK(!nf_ascii_set_has(&needs.ends, (unsigned char)*c), "in %c", *c);
    }
}

/* Some characters that stand in every such line, in lower case, and some that stand in none; # is one beyond ASCII. */
static const struct {
    const char *pattern, *holds, *never;
} characters[] = {
    {"Share", "share", "b.#"}, {"a|b", "", "c#"}, {"xa|bx", "x", "c#"}, {"ab?c{0,2}d+", "ad", "e#"}, {"(?:ab|bc)+/", "b/", "d#"},
    {"(?:ab|bc)*/", "/", "d#"}, {"[.,]x", "x", "a#"}, {"a.b", "ab", ""}, {"[^:]+", "", ":"}, {"\\d+ x", " x7", "a.\\"}, {"a(?=b)c", "ac", "b#"},
    {"(?:\\d|[5-9])/\\d?", "7/", "a."}, {"[\\dx]?", "", "a."}, {"\\D", "", ""}, {"[^\\d]\\d?", "", ""},
    {"(?<!x)[Aa]", "a", "x#"}, {"a\\/\\w*", "a/", "."}, {"\xC3\xA9t\xC3\xA9", "#t", "e"}, {"[\xD1\x84\xD0\xA4]a", "#a", "b"}, {"[\xC3\xA9-]a", "a", "b"},
    {"\xE2\x84\xAA", "", "a"}, {"[^:]\xE5\x9B\xBE?", "", ":"}, {"\\p{Lu}", "", "."}, {"\\pN", "", ""}, {"(a)\\1", "", ""}, {"a|", "", "b#"},
    {"x(?:a(?:b|cb)|db)", "xb", "e#"},
};

static uint64_t class_of(char c)
{
    return c == '#' ? nf_class_of[0x80] : nf_class_of[(unsigned char)c];
}

static void test_characters(void)
{
    for (size_t i = 0; i < sizeof characters / sizeof *characters; i++) {
        const char *pattern = characters[i].pattern;
        struct nf_needs needs;
        uint64_t holds = 0;
        test_begin("characters: %s", pattern);
        nf_needs_of(nf_span(pattern, strlen(pattern)), false, &needs);
        for (const char *c = characters[i].holds; *c; c++)
            holds |= class_of(*c);
        CHECK(needs.holds == holds, "%llx, not %llx", (unsigned long long)needs.holds, (unsigned long long)holds);
        CHECK(!(holds & ~needs.within), "held, but not within");
        for (const char *c = characters[i].never; *c; c++)
            CHECK(!(needs.within & class_of(*c)), "perhaps %c", *c);
    }
}

/* A line has the classes of its characters; one with a character beyond ASCII may have digits. */
static void test_classes(void)
{
    test_begin("classes: of a line");
    CHECK(nf_classes_of(SPAN("Ab a")) == (1 | 2 | NF_CLASS_BLANKS), "no");
    CHECK(nf_classes_of(SPAN("7")) == NF_CLASS_DIGITS, "no");
    CHECK(nf_classes_of(SPAN("\xD9\xA7")) == (NF_CLASS_DIGITS | NF_CLASS_BEYOND), "no");
    for (unsigned c = 0; c < 0x80; c++)
        for (unsigned d = c + 1; d < 0x80; d++) {
            bool same = nf_class_of[c] == nf_class_of[d], letter = (d | 0x20) - 'a' < 26u && (c ^ d) == 0x20;
            bool digits = d - '0' < 10u && c - '0' < 10u, blanks = (c <= ' ' || c == 0x7F) && (d <= ' ' || d == 0x7F);
            CHECK(same == (letter || digits || blanks), "%u and %u", c, d);
        }
}

static void test_exact(void)
{
    struct nf_needs needs;
    test_begin("needed: letters of other scripts, where case matters");
    nf_needs_of(SPAN("[\xD0\xA4\xD1\x84]\xD0\xBE\xD1\x82\xD0\xBE"), true, &needs);
    CHECK(needs.needed.count == 1 && needs.needed.len[0] == 8 && memcmp(needs.needed.text[0], "\xD1\x84\xD0\xBE", 4) == 0, "no");
    test_begin("needed: a part where case does not matter");
    nf_needs_of(SPAN("(?i:\xD1\x84\xD0\xBE\xD1\x82\xD0\xBE)"), true, &needs);
    CHECK(!needs.needed.count, "found");
}

void test_needs(void)
{
    test_extents();
    test_texts();
    test_reach();
    test_ends();
    test_characters();
    test_classes();
    test_exact();
}
