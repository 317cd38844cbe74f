/*
 * test_plain_line.c: the form of a line that rules see.
 */
#include "text/plain_line.h"

#include "test.h"
#include "text/chars.h"
#include "text/utf8.h"

static const struct {
    const char *text, *want, *lower;
    unsigned words;
    bool marked, ends;
} lines[] = {
    {"", "", "", 0, false, false},
    {"   ", "", "", 0, false, false},
    {"Share This", "Share This", "share this", 2, false, false},
    {"  two \t blanks  ", "two blanks", "two blanks", 2, false, false},
    {"- Joined", "Joined", "joined", 1, true, false},
    {"\xE2\x80\xA2 Joined", "Joined", "joined", 1, true, false},
    {"> > quoted", "quoted", "quoted", 1, false, false},
    {">> - both", "both", "both", 1, true, false},
    {"-5 degrees", "-5 degrees", "-5 degrees", 2, false, false},
    {"It\xE2\x80\x99s \xE2\x80\x9Cso\xE2\x80\x9D \xE2\x80\x93 yes.", "It's \"so\" - yes.", "it's \"so\" - yes.", 4, false, true},
    {"No\xC2\xA0" "break", "No break", "no break", 2, false, false},
    {"soft\xC2\xADly", "softly", "softly", 1, false, false},
    {"\xEF\xBB\xBFmark", "mark", "mark", 1, false, false},
    {"Ends (so.)", "Ends (so.)", "ends (so.)", 2, false, true},
    {"\"Really?\"", "\"Really?\"", "\"really?\"", 1, false, true},
    {"Question?", "Question?", "question?", 1, false, true},
    {"Read more:", "Read more:", "read more:", 2, false, false},
    {"\xC3\x84PFEL", "\xC3\x84PFEL", "\xC3\xA4pfel", 1, false, false},
    {"\xEF\xBC\xA1\xEF\xBC\xA2", "AB", "ab", 1, false, false},
    {"\xD8\xA5\xD9\x82\xD8\xB1\xD8\xA3", "\xD8\xA7\xD9\x82\xD8\xB1\xD8\xA7", "\xD8\xA7\xD9\x82\xD8\xB1\xD8\xA7", 1, false, false},
    {"\xE4\xB8\xAD\xE5\x9B\xBD\xE3\x80\x82", "\xE4\xB8\xAD\xE5\x9B\xBD\xE3\x80\x82", "\xE4\xB8\xAD\xE5\x9B\xBD\xE3\x80\x82", 2, false, true},
    {"broken\nline", "broken line", "broken line", 2, false, false},
};

/* Text that goes through composition, for an accent at its end, comes out as text that need not. */
static void check_composed(struct nf_plain_line *line, struct nf_plain_line *composed, struct nf_span text)
{
    struct nf_buf more = {0};
    nf_buf_add(&more, text.data, text.len);
    nf_buf_add_text(&more, "xe\xCC\x81");
    nf_plain_line_set(composed, nf_buf_span(&more));
    memcpy(more.data + text.len, "x\xC3\xA9", 3);
    more.len = text.len + 3;
    nf_plain_line_set(line, nf_buf_span(&more));
    CHECK(nf_span_equal(nf_buf_span(&line->bytes), nf_buf_span(&composed->bytes)), "'%.*s' is '%.*s', composed '%.*s'",
          (int)text.len, text.data, (int)line->bytes.len, line->bytes.data, (int)composed->bytes.len,
          composed->bytes.data);
    CHECK(nf_span_equal(nf_plain_line_lower(line), nf_plain_line_lower(composed)) && line->words == composed->words
              && line->chars == composed->chars && line->marked == composed->marked
              && line->ends_sentence == composed->ends_sentence, "'%.*s': what is told of it", (int)text.len, text.data);
    nf_buf_release(&more);
}

/* Every two characters that compose are written as two, beside others of the kind. */
static void test_joining(void)
{
    struct nf_plain_line line = {0}, composed = {0};
    struct nf_buf text = {0};
    uint32_t parts[NF_PARTS_MAX];
    test_begin("plain line: characters that join those before them");
    for (uint32_t c = 0x900; c < 0x1100; c++)
        for (uint32_t before = c & ~UINT32_C(0x7F); before < (c | 0x7F); before++) {
            text.len = 0;
            nf_utf8_put(&text, before);
            nf_utf8_put(&text, c);
            check_composed(&line, &composed, nf_buf_span(&text));
        }
    CHECK(nf_chars_compose(0x9CB, parts) == 1 && parts[0] == 0x9CB, "one that is composed stays");
    nf_buf_release(&text);
    nf_plain_line_release(&line);
    nf_plain_line_release(&composed);
}

static void test_composition(void)
{
    static const uint32_t firsts[] = {0x20, 0xA0, 0x300, 0x370, 0x410, 0x440, 0x580, 0x5B0, 0x600, 0x620, 0x900, 0x920, 0x980,
                                      0x9B0, 0xB00, 0xB20, 0xB80, 0xBA0, 0xC20, 0xC40, 0xCA0, 0xD20, 0xDC0, 0xE00, 0xE80, 0xF40,
                                      0x1000, 0x1100, 0x1160, 0x1E00, 0x1EA0, 0x1F00, 0x2000, 0x2070, 0x2100, 0x2460, 0x3000,
                                      0x3040, 0x30A0, 0x3130, 0x4DE0, 0xAC00, 0xD760, 0xF900, 0xFB00, 0xFB50, 0xFDD0, 0xFE00,
                                      0xFE60, 0xFF00, 0xFF60, 0x1D100, 0x1F100, 0x1F300};
    struct nf_plain_line line = {0}, composed = {0};
    struct nf_buf text = {0};
    uint64_t random = 3;
    test_begin("plain line: each character as composition leaves it");
    for (uint32_t c = 1; c < 0x20000; c++) {
        text.len = 0;
        nf_utf8_put(&text, c);
        check_composed(&line, &composed, nf_buf_span(&text));
    }
    test_begin("plain line: characters among others as composition leaves them");
    for (size_t i = 0; i < 60000; i++) {
        uint32_t own = firsts[test_random(&random) % (sizeof firsts / sizeof *firsts)];      /* most characters are of one script */
        text.len = 0;
        for (size_t k = test_random(&random) % 24; k > 0; k--) {
            uint32_t first = test_random(&random) % 8 ? own : firsts[test_random(&random) % (sizeof firsts / sizeof *firsts)];
            nf_utf8_put(&text, test_random(&random) % 4 == 0 ? (uint32_t)"ae ."[test_random(&random) % 4]
                                                             : first + (uint32_t)(test_random(&random) % 96));
        }
        check_composed(&line, &composed, nf_buf_span(&text));
    }
    nf_buf_release(&text);
    nf_plain_line_release(&line);
    nf_plain_line_release(&composed);
}

/* Letters within a text are copied, the last one is looked up: both ways must agree. */
static void test_within(void)
{
    struct nf_plain_line line = {0}, within = {0};
    struct nf_buf text = {0};
    test_begin("plain line: a character within a line as at its end");
    for (uint32_t c = 0x80; c < 0x20000; c++) {
        text.len = 0;
        nf_buf_add_char(&text, 'x');
        nf_utf8_put(&text, c);
        nf_plain_line_set(&line, nf_buf_span(&text));
        nf_buf_add_text(&text, "yyy yyy");
        nf_plain_line_set(&within, nf_buf_span(&text));
        struct nf_span got = nf_buf_span(&within.bytes), want = nf_buf_span(&line.bytes);
        size_t blank = got.len == want.len + 8;
        CHECK(got.len == want.len + 7 + blank && memcmp(got.data, want.data, want.len) == 0 && got.data[got.len - 7] == 'y'
                  && line.cased == within.cased,
              "U+%04X: '%.*s', within '%.*s'", (unsigned)c, (int)want.len, want.data, (int)got.len, got.data);
    }
    nf_buf_release(&text);
    nf_plain_line_release(&line);
    nf_plain_line_release(&within);
}

static void test_lower(void)
{
    struct nf_plain_line line = {0};
    struct nf_buf text = {0}, want = {0};
    test_begin("plain line: lower case letters");
    for (uint32_t c = 'A'; c < 0x20000; c++) {
        text.len = want.len = 0;
        nf_utf8_put(&text, c);
        nf_plain_line_set(&line, nf_buf_span(&text));
        for (size_t at = 0; at < line.bytes.len;)
            nf_utf8_put(&want, nf_lower(nf_utf8_next(nf_buf_span(&line.bytes), &at)));
        CHECK(nf_span_equal(nf_plain_line_lower(&line), nf_buf_span(&want)), "U+%04X", (unsigned)c);
    }
    for (uint32_t c = 0x100; c < 0x20000; c += c == 0x5FF ? 0x101 : 1) {        /* Arabic letters are made one in plain lines */
        uint32_t lower = nf_lower(c);
        CHECK(lower == c || !(nf_has_one_case(c) || nf_has_one_case(lower)), "U+%04X has two cases", (unsigned)c);
    }
    nf_buf_release(&text);
    nf_buf_release(&want);
    nf_plain_line_release(&line);
}

static void test_examples(void)
{
    struct nf_plain_line line = {0};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        test_begin("plain line: '%s'", lines[i].text);
        nf_plain_line_set(&line, nf_span(lines[i].text, strlen(lines[i].text)));
        CHECK_TEXT(nf_buf_span(&line.bytes), lines[i].want);
        CHECK_TEXT(nf_plain_line_lower(&line), lines[i].lower);
        CHECK(line.words == lines[i].words, "%u words, want %u", line.words, lines[i].words);
        CHECK(line.marked == lines[i].marked, "list mark");
        CHECK(line.ends_sentence == lines[i].ends, "end of a sentence");
    }
    nf_plain_line_release(&line);
}

/* A line of blanks, letters, marks and signs, here and there one beyond ASCII, with more of them behind it. */
static struct nf_span make_line(uint64_t *random, struct nf_buf *text)
{
    static const char *const parts[] = {" ", " ", "a", "Zed", "AZ@[", "az`{", "-", "*", "o", ">", "|", ".", "?", "\"", ")", "9", "word",
                                        "\t", "\xC3\x89", "\xC2\xA0", "\xE2\x80\x99", "\xD0\x96", "\xE4\xB8\xAD",
                                        "\xE2\x80\x93", "\xC2\xBB", "\xC2\xB4", "\xC2\xAD", "\xC2\xBD", "\xC3\x97", "\xC3\x9F", "\xCC\x81"};
    size_t plain = 17, all = sizeof parts / sizeof *parts, pieces = test_random(random) % 60;
    text->len = 0;
    for (size_t i = 0; i < pieces; i++)
        nf_buf_add_text(text, parts[test_random(random) % (test_random(random) % 20 ? plain : all)]);
    size_t len = text->len;
    for (size_t i = 0; i < 20; i++)
        nf_buf_add_text(text, parts[test_random(random) % all]);
    return nf_span(text->data, len);
}

static void test_readable(void)
{
    struct nf_plain_line alone = {0}, within = {0};
    struct nf_buf text = {0};
    uint64_t random = 5;
    test_begin("plain line: with bytes behind it that may be read");
    for (size_t i = 0; i < 20000; i++) {
        struct nf_span line = make_line(&random, &text);
        nf_plain_line_set(&alone, line);
        nf_plain_line_set_within(&within, line, line.len + test_random(&random) % (text.len - line.len + 1));
        CHECK(nf_span_equal(nf_buf_span(&alone.bytes), nf_buf_span(&within.bytes))
                  && nf_span_equal(nf_plain_line_lower(&alone), nf_plain_line_lower(&within)),
              "'%.*s' is '%.*s'", (int)line.len, line.data, (int)within.bytes.len, within.bytes.data);
        CHECK(alone.words == within.words && alone.chars == within.chars && alone.marked == within.marked
                  && alone.ends_sentence == within.ends_sentence && alone.cased == within.cased,
              "'%.*s': what is told of it", (int)line.len, line.data);
    }
    nf_buf_release(&text);
    nf_plain_line_release(&alone);
    nf_plain_line_release(&within);
}

void test_plain_line(void)
{
    test_readable();
    test_within();
    test_examples();
    test_composition();
    test_joining();
    test_lower();
}
