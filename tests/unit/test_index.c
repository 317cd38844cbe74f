/*
 * test_index.c: patterns are found by what a line begins with and by what it holds.
 */
#include "rules/candidates.h"

#include <stdio.h>

#include "test.h"
#include "text/eight.h"
#include "text/plain_line.h"

#define PATTERNS 100

/* Of patterns that fit any line. */
static struct nf_candidates all_fit(size_t chars)
{
    static struct nf_gate gates[PATTERNS];
    for (size_t i = 0; i < PATTERNS; i++)
        gates[i] = (struct nf_gate){NF_CLASSES_ALL, NF_CLASSES_ALL, 0, 0, NF_EXTENT_MAX};
    return (struct nf_candidates){.gate = gates, .shown = {(uint32_t)chars, NF_CLASSES_ALL, NF_CLASS_BLANKS}};
}

static bool is_among(struct nf_candidates *candidates, uint16_t pattern)
{
    bool found = false;
    for (size_t i = 0; i < candidates->count; i++)
        found |= candidates->number[i] == pattern;
    nf_free(candidates->number);
    return found;
}

static bool finds_at(const struct nf_index *index, const char *text, size_t chars, uint16_t pattern)
{
    char line[64] = {0};
    size_t len = strlen(text);
    memcpy(line, text, len);
    struct nf_candidates found = all_fit(chars);
    nf_index_find_beginnings(index, nf_eight_load(line), len, &found);
    nf_index_find_literals(index, nf_span(line, len), &found);
    return is_among(&found, pattern);
}

static bool finds(const struct nf_index *index, const char *text, uint16_t pattern)
{
    return finds_at(index, text, strlen(text), pattern);
}

static void test_literals(void)
{
    struct nf_index_maker maker = {0};
    const struct nf_index *index = &maker.index;
    nf_index_add(&maker, SPAN("share"), 1, (struct nf_index_place){100, 100, true, false});
    nf_index_add(&maker, SPAN("@"), 2, (struct nf_index_place){100, 100, false, false});
    nf_index_add(&maker, SPAN("re"), 3, (struct nf_index_place){100, 100, false, false});
    nf_index_add(&maker, SPAN("shared"), 4, (struct nf_index_place){100, 100, true, false});
    nf_index_add(&maker, SPAN("all rights"), 5, (struct nf_index_place){100, 100, false, false});
    nf_index_add(&maker, SPAN("all rights"), 70, (struct nf_index_place){100, 100, false, false});
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
    nf_index_add(&maker, SPAN(""), 1, (struct nf_index_place){100, 100, false, false});
    nf_index_make(&maker);
    CHECK(finds(index, "", 1) && finds(index, "anything", 1), "always");
    test_begin("index: made again with more");
    nf_index_add(&maker, SPAN("later"), 2, (struct nf_index_place){300, 300, false, false});
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

static bool may(void *of, uint16_t pattern)
{
    (void)of;
    return pattern > 0;
}

/* Of a line as it is, by each way. */
static bool may_hold(const struct nf_index *index, struct nf_span text)
{
    struct nf_long_line line;
    bool first = false;
    for (int cpu = NF_CPU_ANY; cpu <= (int)nf_cpu_best(); cpu++) {
        CHECK(nf_long_line_read(text, text.len, (enum nf_cpu)cpu, &line), "not read");
        struct nf_raw_line raw = {text, text.len, (enum nf_cpu)cpu, line.chars, line.continuations, nf_raw_kind_of(&line)};
        bool holds = nf_index_may_hold(index, &raw, (struct nf_index_asker){may, NULL});
        CHECK(cpu == NF_CPU_ANY || holds == first, "way %d: %d", cpu, holds);
        first = holds;
    }
    return first;
}

/* Of a plain line too, and of one with a letter that lines as they are do not hold: more may be found then. */
static bool may_find(const struct nf_index *index, struct nf_span line)
{
    char other[1000] = "\xE4\xB8\xAD";
    memcpy(other + 3, line.data, line.len);
    bool plain = nf_index_may_find(index, line, line.len, (struct nf_index_asker){may, NULL}), raw = may_hold(index, line);
    bool mixed = nf_index_may_find(index, nf_span(other, line.len + 3), line.len + 1, (struct nf_index_asker){may, NULL});
    CHECK(plain == raw && (mixed || !raw), "plain %d, with a letter more %d, as it is %d", plain, mixed, raw);
    return raw;
}

static void test_reach(void)
{
    struct nf_index_maker maker = {0};
    const struct nf_index *index = &maker.index;
    char line[1000];
    nf_index_add(&maker, SPAN("photo"), 1, (struct nf_index_place){440, 80, false, false});
    nf_index_add(&maker, SPAN("don't go on"), 2, (struct nf_index_place){900, 500, false, false});
    nf_index_make(&maker);
    test_begin("index: a text near the end of long lines is looked for there");
    for (size_t after = 0; after < 200; after++) {
        struct nf_span text = long_line(line, 250, after % 2 ? "PHOTO" : "photo", after);
        bool near = after + 5 <= 80;
        CHECK(may_find(index, text) == near, "before %zu letters", after);
        struct nf_candidates found = all_fit(text.len);
        nf_index_find_literals(index, long_line(line, 250, "photo", after), &found);
        CHECK(is_among(&found, 1) == near, "before %zu letters, in lower case", after);
        text = long_line(line, 250, "photo caf\xC3\xA9 \xE2\x80\x99\xE2\x80\xA6", after);
        CHECK(may_hold(index, text) == (after + 15 <= 80), "before %zu letters and some of more bytes", after);
    }
    test_begin("index: a text of long lines with a quote that is written in other ways");
    for (size_t before = 0; before < 300; before++) {
        CHECK(may_hold(index, long_line(line, before, "Don\xE2\x80\x99t go on", 480)), "behind %zu letters", before);
        CHECK(may_find(index, long_line(line, before, "don't go on", 480)), "plain, behind %zu letters", before);
        CHECK(!may_find(index, long_line(line, before, "don\"t go on", 480)), "another, behind %zu letters", before);
    }
    nf_index_maker_release(&maker);
}

struct written {
    const char *literal, *line;
    bool holds;
};

/* Texts that lines write in several ways, at all places of a line. */
static void test_written(void)
{
    static const struct written row[] = {
        {"-ap", "-AP", true}, {"-ap", "\xE2\x80\x93""AP", true}, {"-ap", "\xE2\x80\x95""ap", true}, {"-ap", "\xE2\x80\x96""ap", false},
        {"-ap", "xap", false}, {"'ap", "\xE2\x80\x99""ap", true}, {"'ap", "\xE2\x80\x9D""ap", false}, {".ap", "\xE2\x80\xA6""ap", true},
        {"a - b", "a \xE2\x80\x94 B", true}, {"credit...", "Credit\xE2\x80\xA6", true}, {"credit...", "Credit...", true},
        {"credit...", "Credit..:", false}, {"\"who", "\xE2\x80\x9CWho", true}, {"who\"", "Who\xE2\x80\x9D", true}, {"who\"", "who'", false},
        {"\xC2\xA9", "\xC2\xA9", true}, {"\xC2\xA9", "\xC2\xAB", false}, {"m\xC3\xA1s", "M\xC3\x81S", true}, {"m\xC3\xA1s", "m\xC3\xA0s", false},
        {"re", "RE", true}, {"re", "r e", false}, {"'n'", "\xE2\x80\x99n\xE2\x80\x99", true}, {"- ", "\xE2\x80\x93 x", true}, {"@", "@", true},
        {"\xD1\x84\xD0\xBE\xD1\x82\xD0\xBE", "\xD0\xA4\xD0\x9E\xD0\xA2\xD0\x9E", true}, {"\xD1\x84\xD0\xBE\xD1\x82\xD0\xBE", "\xD1\x84\xD0\xBE\xD1\x82\xD0\xBE", true},
        {"\xD1\x84\xD0\xBE\xD1\x82\xD0\xBE", "\xD1\x84\xD0\xBE\xD1\x82\xD0\xB0", false}, {"\xD1\x91\xD0\xB6", "\xD0\x81\xD0\x96", true},
        {"\xD1\x80", "\xD0\xA0", true}, {"\xD1\x80", "\xD0\xA2", false}};
    char line[400];
    test_begin("index: texts of lines as they are, written in several ways, at all places");
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct nf_index_maker maker = {0};
        nf_index_add(&maker, nf_span(row[i].literal, strlen(row[i].literal)), 1, (struct nf_index_place){500, 500, false, false});
        nf_index_make(&maker);
        for (size_t before = 0; before < 140; before++)
            for (size_t after = 70; after < 90; after++) {
                bool got = may_hold(&maker.index, long_line(line, before, row[i].line, before % 2 ? after : after + 100));
                CHECK(got == row[i].holds, "'%s' in '%s': %d, behind %zu", row[i].literal, row[i].line, got, before);
            }
        nf_index_maker_release(&maker);
    }
}

/* Each sign that stands for one of ASCII, before, behind and within what is looked for. */
static void test_signs(void)
{
    static const char *const literal[] = {"-ap", "'ap", "\"ap", "go-ap", "go'ap", "go\"ap", "ap-", "ap'", "ap\""};
    static const char signs[] = "------??" "''''" "\"\"\"\"";
    test_begin("index: every dash and quote of lines as they are");
    for (size_t i = 0; i < sizeof literal / sizeof *literal; i++) {
        struct nf_index_maker maker = {0};
        nf_index_add(&maker, nf_span(literal[i], strlen(literal[i])), 1, (struct nf_index_place){500, 500, false, false});
        nf_index_make(&maker);
        const char *at = literal[i] + strcspn(literal[i], "-'\"");
        for (unsigned third = 0x90; third < 0xA0; third++) {
            char text[16], line[300];
            if (third == 0x97)
                continue;
            snprintf(text, sizeof text, "%.*s\xE2\x80%c%s", (int)(at - literal[i]), literal[i], (int)third, at + 1);
            bool got = may_hold(&maker.index, long_line(line, 70, text, 80)), unknown = maker.index.raw.state[0] == NF_RAW_UNKNOWN;
            CHECK(got == (unknown || signs[third - 0x90] == *at), "'%s' in '%s': %d", literal[i], text, got);
        }
        nf_index_maker_release(&maker);
    }
}

/* Texts far from the end and near it, at every place of a line. */
static void test_near_and_far(void)
{
    struct nf_index_maker maker = {0};
    char line[700];
    nf_index_add(&maker, SPAN("anywhere"), 1, (struct nf_index_place){600, 600, false, false});
    nf_index_add(&maker, SPAN("quite near"), 2, (struct nf_index_place){600, 250, false, false});
    nf_index_add(&maker, SPAN("near it"), 3, (struct nf_index_place){600, 184, false, false});
    nf_index_make(&maker);
    test_begin("index: texts of lines as they are at all places, within their reach");
    for (size_t len = 230; len <= 590; len += 90)
        for (size_t after = 0; after + 10 <= len; after++) {
            CHECK(may_hold(&maker.index, long_line(line, len - after - 8, "anyWhere", after)), "anywhere, before %zu of %zu", after, len);
            CHECK(may_hold(&maker.index, long_line(line, len - after - 10, "Quite near", after)) == (after + 10 <= 250),
                  "quite near, before %zu of %zu", after, len);
            CHECK(may_hold(&maker.index, long_line(line, len - after - 7, "near It", after)) == (after + 7 <= 184),
                  "near, before %zu of %zu", after, len);
        }
    nf_index_maker_release(&maker);
}

static bool may_begin(const struct nf_index *index, struct nf_span text)
{
    struct nf_long_line line;
    char head[NF_HEAD_CHARS * 4];
    CHECK(nf_long_line_read(text, text.len, nf_cpu_best(), &line), "not read");
    struct nf_raw_line raw = {text, text.len, nf_cpu_best(), line.chars, line.continuations, nf_raw_kind_of(&line)};
    return nf_index_may_begin(index, &raw, nf_long_line_head(text, &line, head), (struct nf_index_asker){may, NULL});
}

/* Letters, a text, and an end behind a letter. */
static void put_line(char *line, size_t before, const char *text, const char *end)
{
    memset(line, 'a', before);
    snprintf(line + before, 200, "%sx%s", text, end);
}

/* Texts of patterns that prose does not match are looked for in other lines only. */
static void test_prose(void)
{
    static const char *const prose[] = {".", "!", "?\"", "\xE2\x80\xA6"}, *const others[] = {"", ":", "[1].", "a/b.", " (so it is).", " a|b.", ".)"};
    struct nf_index_maker maker = {0};
    char line[700];
    nf_index_add(&maker, SPAN("anywhere"), 1, (struct nf_index_place){600, 600, false, true});
    nf_index_add(&maker, SPAN("every kind"), 2, (struct nf_index_place){600, 600, false, false});
    nf_index_add(&maker, SPAN("every kind"), 3, (struct nf_index_place){900, 600, false, true});
    nf_index_add(&maker, SPAN("aa"), 4, (struct nf_index_place){600, 600, true, true});
    nf_index_add(&maker, SPAN("ever"), 5, (struct nf_index_place){600, 600, true, false});
    nf_index_make(&maker);
    test_begin("index: prose is asked for fewer texts than other lines");
    for (size_t before = 62; before < 500; before += 100) {
        for (size_t i = 0; i < sizeof prose / sizeof *prose; i++) {
            put_line(line, before, "not anyWhere ", prose[i]);
            CHECK(!may_hold(&maker.index, nf_span(line, strlen(line))), "prose, %zu", before);
            CHECK(!may_begin(&maker.index, nf_span(line, strlen(line))), "prose begins, %zu", before);
            put_line(line, before, "not Every kind ", prose[i]);
            CHECK(may_hold(&maker.index, nf_span(line, strlen(line))), "of every kind, %zu", before);
            memcpy(line, "Ever ", 5);
            CHECK(may_begin(&maker.index, nf_span(line, strlen(line))), "every kind begins, %zu", before);
        }
        for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
            put_line(line, before, "not anyWhere ", others[i]);
            CHECK(may_hold(&maker.index, nf_span(line, strlen(line))), "'%s' is not prose, %zu", others[i], before);
            CHECK(may_begin(&maker.index, nf_span(line, strlen(line))), "'%s' is not prose, at the start, %zu", others[i], before);
        }
    }
    CHECK(nf_index_may_be_prose(NF_CLASSES_ALL, NF_CLASS_BLANKS), "all ends");
    CHECK(!nf_index_may_be_prose(NF_CLASS_BEYOND | nf_class_of['n'], 0), "letters only");
    CHECK(!nf_index_may_be_prose(NF_CLASSES_ALL, nf_class_of['/']), "a sign that prose has not");
    nf_index_maker_release(&maker);
}

void test_index(void)
{
    test_prose();
    test_signs();
    test_near_and_far();
    test_written();
    test_reach();
    test_literals();
    test_growth();
}
