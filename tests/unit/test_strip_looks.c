/*
 * test_strip_looks.c: a line's looks, read by words, are what its characters one by one tell.
 */
#include "stage/strip_looks.h"

#include "base/alloc.h"
#include "test.h"
#include "text/chars.h"
#include "text/utf8.h"

#define LINES 600
#define TERMS_MOST 64

/* b: blank, a: lower case, A: capital, 0: digit, ,: mark, x: of a script without blanks. */
static char sort_of(uint32_t c)
{
    unsigned per_word;
    if (c <= ' ' || c == 0xA0 || c == 0x3000 || c == 0x2003 || c == 0x2009)
        return 'b';
    if (c < 0x80)
        return c - 'a' < 26 ? 'a' : c - 'A' < 26 ? 'A' : c - '0' < 10 ? '0' : ',';
    if (c < 0xC0 || (c >= 0x2000 && c <= 0x2BFF) || (c >= 0x3001 && c <= 0x303F) || (c >= 0xFE00 && c <= 0xFF0F)
        || (c >= 0xFF1A && c <= 0xFF20) || c == 0x060C || c == 0x061B || c == 0x061F || c == 0x06D4 || c == 0x0964)
        return ',';
    if (nf_is_unspaced(c, &per_word))
        return 'x';
    return nf_is_upper(c) ? 'A' : 'a';
}

/* What is asked of a line, each as text. */
struct plain {
    struct nf_buf same, shape, term[TERMS_MOST];
    size_t terms;
    struct nf_line_looks looks;
};

static bool is_stop(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0x061F || c == 0x0964;
}

static void add_term(struct plain *plain, struct nf_span text)
{
    struct nf_buf *term = &plain->term[plain->terms++];
    term->len = 0;
    nf_buf_add(term, text.data, text.len);
}

/* Terms: words of four characters, and pairs of characters without blanks between. */
static void read_terms(struct plain *plain, const uint32_t *c, size_t count)
{
    struct nf_buf word = {0};
    size_t chars = 0;
    for (size_t i = 0; i <= count; i++) {
        char sort = i < count ? sort_of(c[i]) : 'b';
        if (sort == 'a' || sort == 'A' || sort == '0') {
            nf_utf8_put(&word, sort == 'A' ? nf_lower(c[i]) : c[i]);
            chars++;
            continue;
        }
        if (chars >= 4)
            add_term(plain, nf_buf_span(&word));
        chars = word.len = 0;
        if (sort == 'x' && i > 0 && sort_of(c[i - 1]) == 'x') {
            nf_utf8_put(&word, c[i - 1]);
            nf_utf8_put(&word, c[i]);
            add_term(plain, nf_buf_span(&word));
            word.len = 0;
        }
    }
    nf_buf_release(&word);
}

static void read_char(struct plain *plain, const uint32_t *c, size_t i)
{
    struct nf_line_looks *looks = &plain->looks;
    char sort = sort_of(c[i]), before = i ? sort_of(c[i - 1]) : 'b';
    if (sort == 'b' && before == 'b')
        return;
    looks->chars++;
    looks->digits += sort == '0';
    looks->lower += sort == 'a';
    looks->stops += (sort == 'b' && is_stop(c[i - 1])) || c[i] == 0x3002 || c[i] == 0xFF01 || c[i] == 0xFF1F;
    if ((before == 'b' || before == ',') && (sort == 'a' || sort == 'A' || sort == 'x')) {
        looks->words++;
        looks->capitals += sort == 'A';
    }
    nf_utf8_put(&plain->same, sort == 'b' ? ' ' : sort == 'A' ? nf_lower(c[i]) : c[i]);
    if (sort == ',' || sort != before) {
        nf_buf_add_char(&plain->shape, sort);
        nf_utf8_put(&plain->shape, sort == ',' ? c[i] : ' ');
    }
}

static void read_plain(struct plain *plain, struct nf_span text)
{
    uint32_t c[2000];
    size_t count = 0;
    plain->same.len = plain->shape.len = plain->terms = 0;
    plain->looks = (struct nf_line_looks){0};
    for (size_t at = 0; at < text.len; count++)
        c[count] = nf_utf8_next(text, &at);
    for (size_t i = 0; i < count; i++)
        read_char(plain, c, i);
    for (size_t i = 0, digits = 0; i <= count; i++) {
        bool digit = i < count && sort_of(c[i]) == '0';
        plain->looks.clock |= digit && i > 1 && c[i - 1] == ':' && sort_of(c[i - 2]) == '0';
        if (!digit && digits == 4)
            plain->looks.year |= (c[i - 4] == '1' && c[i - 3] == '9') || (c[i - 4] == '2' && c[i - 3] == '0');
        digits = digit ? digits + 1 : 0;
    }
    size_t last = count;
    if (last && sort_of(c[last - 1]) == 'b')
        while (last > 1 && sort_of(c[last - 1]) == 'b')
            last--;
    plain->looks.last = last ? c[last - 1] : 0;
    read_terms(plain, c, count);
}

static void make_line(struct nf_buf *text, uint64_t *random)
{
    static const char *const pieces[] = {
        "Word", "word", "WORD", "at", "At", "iPhone", "eightabc", "Eightabc", "ninechars", "NineChars", "counterrevolutionary",
        "Counterrevolutionary", "COUNTERREVOLUTIONARY", "3rd", "2019", "1815", "a1b2c3d4e5", "12:30", "caf\xC3\xA9", "CAF\xC3\x89",
        "\xC3\x89tat", "na\xC3\xAFvet\xC3\xA9""abcdef", "\xD0\x9C\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0", "\xE4\xB8\xAD\xE5\x9B\xBD", "\xC3\x97",
        "\xE2\x84\xAA""elvin", "kelvin", "\xC4\xB0stanbul", "istanbul", ".", "!", ",", "|", "@", "//", "\xE2\x80\x99", "\xE3\x80\x82", "\xC2\xA0", "\t"};
    size_t count = test_random(random) % 8;
    text->len = 0;
    for (size_t i = 0; i < count; i++) {
        nf_buf_add_text(text, pieces[test_random(random) % (sizeof pieces / sizeof *pieces)]);
        if (test_random(random) % 3)
            nf_buf_add_text(text, test_random(random) % 8 ? " " : "  ");
    }
    if (text->len && strchr("> -*\xC2", text->data[0]))      /* marks and blanks at the start are stepped over */
        text->data[0] = '(', text->len = 1;
}

static void check_line(struct nf_line_looks looks, const struct plain *plain, struct nf_span text)
{
    const struct nf_line_looks *want = &plain->looks;
    bool same = looks.chars == want->chars && looks.digits == want->digits && looks.lower == want->lower && looks.words == want->words
                && looks.capitals == want->capitals && looks.stops == want->stops && looks.year == want->year && looks.clock == want->clock
                && (!looks.chars || looks.last == want->last || sort_of(want->last) == 'b');
    CHECK(same, "%.*s: %u %u %u %u %u %u %x", (int)text.len, text.data, looks.chars, looks.digits, looks.lower, looks.words,
          looks.capitals, looks.stops, looks.last);
}

static bool is_equal(const struct nf_buf *a, const struct nf_buf *b)
{
    return a->len == b->len && (!a->len || memcmp(a->data, b->data, a->len) == 0);
}

static void check_terms(const struct nf_terms *terms, size_t a, size_t b, const struct plain *first, const struct plain *second)
{
    for (size_t i = 0; i < first->terms; i++)
        for (size_t k = 0; k < second->terms; k++)
            CHECK((terms->item[a + i] == terms->item[b + k]) == is_equal(&first->term[i], &second->term[k]), "%.*s, %.*s",
                  (int)first->term[i].len, first->term[i].data, (int)second->term[k].len, second->term[k].data);
}

static void release(struct plain *plain)
{
    nf_buf_release(&plain->same);
    nf_buf_release(&plain->shape);
    for (size_t i = 0; i < TERMS_MOST; i++)
        nf_buf_release(&plain->term[i]);
}

static void test_level(enum nf_cpu cpu)
{
    struct plain plain[2] = {{.terms = 0}};
    struct nf_buf text = {0};
    struct nf_terms terms = {0};
    struct nf_line_looks looks[2];
    uint64_t random = 11;
    test_begin("strip looks: as its characters tell; equal where lines, shapes or words are: level %d", (int)cpu);
    for (size_t i = 0; i < LINES * 100; i++) {
        if (i % 100 < 2)                    /* one is compared with many */
            terms.count = 0;
        make_line(&text, &random);
        struct plain *own = &plain[i % 100 > 0];
        if (i % 100 > 0)
            terms.count = plain[0].terms;
        struct nf_span copy = nf_span(nf_alloc(text.len + 1), text.len);    /* nothing readable behind it */
        memcpy((char *)(uintptr_t)copy.data, text.data ? text.data : "", text.len);
        looks[i % 100 > 0] = nf_looks_of(copy, cpu, &terms);
        read_plain(own, copy);
        check_line(looks[i % 100 > 0], own, copy);
        CHECK(terms.count - looks[i % 100 > 0].first_term == own->terms, "%.*s: %zu terms", (int)text.len, text.data, terms.count);
        if (i % 100 > 0) {
            CHECK((looks[0].same == looks[1].same) == is_equal(&plain[0].same, &plain[1].same), "same: %.*s", (int)text.len, text.data);
            CHECK((looks[0].shape == looks[1].shape) == is_equal(&plain[0].shape, &plain[1].shape), "shape: %.*s", (int)text.len, text.data);
            check_terms(&terms, 0, plain[0].terms, &plain[0], &plain[1]);
        }
        nf_free((char *)(uintptr_t)copy.data);
    }
    release(&plain[0]);
    release(&plain[1]);
    nf_buf_release(&text);
    nf_free(terms.item);
}

void test_strip_looks(void)
{
    for (int cpu = NF_CPU_REFERENCE; cpu <= (int)nf_cpu_best(); cpu++)
        test_level((enum nf_cpu)cpu);
}
