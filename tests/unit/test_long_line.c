/*
 * test_long_line.c: a line looked at as it is, by each way that the processor has, and its plain form.
 */
#include "text/long_line.h"

#include "base/alloc.h"
#include "test.h"
#include "text/plain_line.h"
#include "text/utf8.h"

#define LINES 20000
#define SHARED 64               /* bytes behind a line that belong to others */

struct maker {
    struct nf_buf text;
    uint64_t random;
};

static size_t below(struct maker *maker, size_t limit)
{
    return test_random(&maker->random) % limit;
}

#define ANY(maker, rows) (rows)[below((maker), sizeof(rows) / sizeof *(rows))]

/* What such lines are made of, and now and then what they are not known by. */
static void make_line(struct maker *maker)
{
    static const char *const starts[] = {"", "", "", "- ", "\xE2\x80\xA2 ", "> ", "* ", " ", "| ", "o ", "\xE2\x80\x93 ", "\xC2\xB7 ", "O ", "-"};
    static const char *const words[] = {
        "the ", "of ", "Harbour ", "said ", "\xE2\x80\x9Cnot\xE2\x80\x9D ", "caf\xC3\xA9s ", "1,200 ", "\xC3\x89tat ", "a-b ", "\xC3\x97 ",
        "ferry\xE2\x80\x99s ", "\xE2\x80\x93 ", "and, ", "so. ", "which ", "\xC2\xA3""20 ", "\xE2\x82\xAC""5 ", "AP ", "wait\xE2\x80\xA6 ", "\xE2\x80\xA2 ",
        "\xD0\x9F\xD0\xBE\xD1\x80\xD1\x82 ", "\xD1\x91\xD0\x81\xD1\x9F ", "\xD0\xA0\xD0\x98\xD0\x9C "};
    static const char *const rare[] = {"(", "[", "a|b", "/", "12:30 ", "\xC2\xA0", " ", "\xE2\x80\x8B", "\xD0\xB6 ", "e\xCC\x81 ", "\t", "\xEF\xBC\x9A", "\xC2\xBD ",
                                       "\xE2\x84\xAA", "\xC2\xAD", "\xE2\x80\x97 ", "\xC2\xB4 ", "\xE2\x80\xA7", "\xE2\x82\xAD", "\x7F",
                                       "\xD1\xA0 ", "\xD2\x91 ", "\xD1\xBF "};
    static const char *const ends[] = {".", "", ")", "?\xE2\x80\x9D", ".')", ":", " ", "\xC2\xBB", "!\xC2\xBB", "\xE2\x80\xA6", "\xE2\x80\xA6\xE2\x80\x9D",
                                       ". \xE2\x80\x93", ".\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\""};
    maker->text.len = 0;
    nf_buf_add_text(&maker->text, ANY(maker, starts));
    for (size_t len = below(maker, 260); maker->text.len < len;)
        nf_buf_add_text(&maker->text, below(maker, 200) ? ANY(maker, words) : ANY(maker, rare));
    while (maker->text.len && maker->text.data[maker->text.len - 1] == ' ' && below(maker, 20))
        maker->text.len--;
    nf_buf_add_text(&maker->text, ANY(maker, ends));
}

/* The line alone in memory, so that a sanitizer sees reads past its end, or with others' bytes behind it. */
static struct nf_span copy_of(struct nf_span text, bool alone)
{
    char *copy = nf_alloc(text.len + (alone ? 1 : SHARED));
    if (!alone)
        memset(copy, 0xE2, text.len + SHARED);
    memcpy(copy, text.data, text.len);
    return nf_span(copy, text.len);
}

static void check_head(struct nf_span text, const struct nf_long_line *line, struct nf_plain_line *plain)
{
    char one[NF_HEAD_CHARS * 4], other[NF_HEAD_CHARS * 4];
    struct nf_span head = nf_long_line_head(text, line, one), want = nf_plain_line_head(plain, other);
    size_t len = want.len < head.len ? want.len : head.len;
    bool long_enough = head.len >= want.len || head.len >= 8;
    CHECK(long_enough && memcmp(head.data, want.data, len) == 0, "head '%.*s', want '%.*s'", (int)head.len, head.data, (int)want.len, want.data);
}

static unsigned char last_of(const struct nf_plain_line *plain)
{
    unsigned char last = (unsigned char)plain->bytes.data[plain->bytes.len - 1];
    return last < 0x80 ? last : 0x80;
}

static bool holds_any(struct nf_span text, const char *signs)
{
    for (; *signs; signs++)
        if (memchr(text.data, *signs, text.len))
            return true;
    return false;
}

/* out  whether the line is known */
static bool check_way(struct nf_span text, size_t readable, enum nf_cpu cpu, struct nf_plain_line *plain, struct nf_buf *lower)
{
    struct nf_long_line line;
    if (!nf_long_line_read(text, readable, cpu, &line))
        return false;
    CHECK(line.words == plain->words && line.chars == plain->chars && (line.mark_len > 0) == plain->marked
              && line.ends_sentence == plain->ends_sentence && line.last == last_of(plain) && line.signs == holds_any(text, NF_LONG_LINE_TOLD),
          "way %d: %u words, %u characters: %.*s", (int)cpu, (unsigned)line.words, (unsigned)line.chars, (int)text.len, text.data);
    check_head(text, &line, plain);
    nf_long_line_lower(text, &line, lower);
    CHECK(nf_span_equal(nf_buf_span(lower), nf_plain_line_lower(plain)), "in lower case '%.*s', want '%.*s'", (int)lower->len, lower->data,
          (int)plain->lower.len, plain->lower.data);
    return true;
}

static void test_lines(struct maker *maker)
{
    struct nf_plain_line plain = {0};
    struct nf_buf lower = {0};
    size_t known = 0;
    test_begin("long line: counted as its plain form, by each way");
    for (size_t i = 0; i < LINES; i++) {
        make_line(maker);
        struct nf_span text = copy_of(nf_buf_span(&maker->text), i % 2);
        size_t readable = text.len + (i % 2 ? 0 : SHARED);
        nf_plain_line_set(&plain, text);
        bool first = check_way(text, readable, NF_CPU_ANY, &plain, &lower);
        for (int cpu = NF_CPU_ANY + 1; cpu <= (int)nf_cpu_best(); cpu++)
            CHECK(check_way(text, readable, (enum nf_cpu)cpu, &plain, &lower) == first, "way %d: known or not: %.*s", cpu, (int)text.len, text.data);
        known += first;
        nf_free((void *)(uintptr_t)text.data);
    }
    CHECK(known > LINES / 4, "only %zu are known so", known);
    nf_plain_line_release(&plain);
    nf_buf_release(&lower);
}

/* Some letters, and a character of two bytes or three at one place or another. */
static void check_character(struct nf_span text, struct nf_plain_line *plain, struct nf_buf *lower)
{
    nf_plain_line_set(plain, text);
    bool first = check_way(text, text.len, NF_CPU_ANY, plain, lower);
    for (int cpu = NF_CPU_ANY + 1; cpu <= (int)nf_cpu_best(); cpu++)
        CHECK(check_way(text, text.len, (enum nf_cpu)cpu, plain, lower) == first, "way %d: known or not: %.*s", cpu, (int)text.len, text.data);
}

static void test_characters(struct maker *maker)
{
    struct nf_plain_line plain = {0};
    struct nf_buf lower = {0};
    test_begin("long line: each way knows the same characters");
    for (uint32_t c = 0x80; c < 0x3000; c++)
        for (size_t before = 13 + c % 3; before < 90; before += 16) {
            maker->text.len = 0;
            for (size_t i = 0; i < before; i++)
                nf_buf_add_char(&maker->text, 'e');
            nf_utf8_put(&maker->text, c);
            nf_buf_add_text(&maker->text, before % 2 ? "e" : "end of it (or not)");
            struct nf_span text = copy_of(nf_buf_span(&maker->text), true);
            check_character(text, &plain, &lower);
            nf_free((void *)(uintptr_t)text.data);
        }
    nf_plain_line_release(&plain);
    nf_buf_release(&lower);
}

static void fill_boxes(struct maker *maker, struct nf_boxes *boxes)
{
    *boxes = (struct nf_boxes){.groups = (uint8_t)(1 + below(maker, NF_BOX_GROUPS))};
    for (size_t i = 0; i < boxes->groups * sizeof boxes->row[0]; i++)
        ((uint8_t *)boxes->row)[i] = (uint8_t)(test_random(&maker->random) & test_random(&maker->random) & test_random(&maker->random));
}

static bool is_boxed(const struct nf_boxes *boxes, struct nf_span text, size_t at)
{
    unsigned third = at + 2 < text.len ? text.data[at + 2] & 0x1F : 0, found = 0;
    for (size_t group = 0; group < NF_BOX_GROUPS; group++)
        found |= boxes->row[group][0][text.data[at] & 0x1F] & (unsigned)boxes->row[group][1][text.data[at + 1] & 0x1F]
                 & boxes->row[group][2][third];
    return found != 0;
}

static void check_boxes(struct nf_span text, size_t readable, enum nf_cpu cpu, const struct nf_boxes *boxes)
{
    struct nf_boxed boxed;
    memset(&boxed, 0xFF, sizeof boxed);
    nf_long_line_box(text, readable, cpu, boxes, &boxed);
    for (size_t at = 0; at < (text.len + 63) / 64 * 64; at++) {
        bool got = boxed.places[at / 64] >> at % 64 & 1, want = at + 1 < text.len && is_boxed(boxes, text, at);
        bool behind = at + 2 == text.len;       /* the third byte is not the line's */
        CHECK(got == want || behind, "way %d, place %zu of %zu", (int)cpu, at, text.len);
    }
    for (size_t block = 0; block < 64; block++)
        CHECK((boxed.blocks >> block & 1) == (block * 64 < text.len && boxed.places[block]), "way %d, block %zu", (int)cpu, block);
}

static void test_boxes(struct maker *maker)
{
    struct nf_boxes boxes;
    test_begin("long line: three bytes in a box are found, by each way");
    for (size_t i = 0; i < 2000; i++) {
        maker->text.len = 0;
        for (size_t len = 1 + below(maker, 200); maker->text.len < len;)
            nf_buf_add_char(&maker->text, (char)below(maker, 256));
        fill_boxes(maker, &boxes);
        struct nf_span text = copy_of(nf_buf_span(&maker->text), i % 2);
        for (int cpu = NF_CPU_ANY; cpu <= (int)nf_cpu_best(); cpu++)
            check_boxes(text, text.len + (i % 2 ? 0 : SHARED), (enum nf_cpu)cpu, &boxes);
        nf_free((void *)(uintptr_t)text.data);
    }
}

void test_long_line(void)
{
    struct maker maker = {.random = 7};
    test_lines(&maker);
    test_characters(&maker);
    test_boxes(&maker);
    nf_buf_release(&maker.text);
}
