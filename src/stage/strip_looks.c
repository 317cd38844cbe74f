/*
 * strip_looks.c: one pass over the characters of a line.
 * Used by the strip files.
 */
#include "stage/strip_looks.h"

#include "base/alloc.h"
#include "text/chars.h"
#include "text/utf8.h"

/* Shorter words stand in any text. */
#define TERM_CHARS 4

/* What a character is, for the shape of a line. */
enum sort { SORT_BLANK, SORT_LOWER, SORT_UPPER, SORT_DIGIT, SORT_MARK, SORT_UNSPACED };

static enum sort sort_of(uint32_t c)
{
    unsigned per_word;
    if (c < 0x80) {
        if (c >= 'a' && c <= 'z')
            return SORT_LOWER;
        if (c >= 'A' && c <= 'Z')
            return SORT_UPPER;
        if (c >= '0' && c <= '9')
            return SORT_DIGIT;
        return c <= ' ' ? SORT_BLANK : SORT_MARK;
    }
    if (c == 0xA0 || c == 0x3000 || c == 0x2003 || c == 0x2009)
        return SORT_BLANK;
    bool mark = c < 0xC0 || (c >= 0x2000 && c <= 0x2BFF) || (c >= 0x3001 && c <= 0x303F) || (c >= 0xFE00 && c <= 0xFF0F)
                || (c >= 0xFF1A && c <= 0xFF20) || c == 0x060C || c == 0x061B || c == 0x061F || c == 0x06D4 || c == 0x0964;
    if (mark)
        return SORT_MARK;
    if (nf_is_unspaced(c, &per_word))
        return SORT_UNSPACED;
    return nf_is_upper(c) ? SORT_UPPER : SORT_LOWER;
}

static bool is_stop(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0x061F || c == 0x0964;
}

static bool is_quote(uint32_t c)
{
    return c == '"' || (c >= 0x201C && c <= 0x201F) || c == 0xAB || c == 0xBB || (c >= 0x300C && c <= 0x300F);
}

/* What is known between two characters. */
struct scan {
    struct nf_line_looks *looks;
    struct nf_terms *terms;
    enum sort before;
    uint32_t last, last_but_one;
    uint32_t word, word_chars;  /* digest of the word so far, and its length */
    uint32_t number;            /* length of the number so far */
    uint32_t number_starts;     /* its first two digits */
};

static uint32_t mix(uint32_t digest, uint32_t c)
{
    return (digest ^ c) * UINT32_C(0x01000193) + (digest >> 15);
}

static void add_term(struct nf_terms *terms, uint32_t term)
{
    terms->item = nf_grow(terms->item, &terms->capacity, terms->count + 1, sizeof *terms->item);
    terms->item[terms->count++] = term;
}

static void end_word(struct scan *scan)
{
    if (scan->word_chars >= TERM_CHARS)
        add_term(scan->terms, scan->word);
    scan->word = 0;
    scan->word_chars = 0;
}

static void end_number(struct scan *scan)
{
    if (scan->number == 4 && (scan->number_starts == 19 || scan->number_starts == 20))
        scan->looks->year = true;
    scan->number = 0;
}

static void note_digit(struct scan *scan, uint32_t c)
{
    scan->looks->digits++;
    if (scan->number++ < 2)
        scan->number_starts = (scan->number == 1 ? 0 : scan->number_starts * 10) + (c - '0');
    if (scan->last == ':' && scan->last_but_one >= '0' && scan->last_but_one <= '9')
        scan->looks->clock = true;
}

static void note_letter(struct scan *scan, uint32_t c, enum sort sort)
{
    bool starts = scan->before == SORT_BLANK || scan->before == SORT_MARK;
    scan->looks->lower += sort == SORT_LOWER;
    if (starts && sort != SORT_DIGIT) {
        scan->looks->words++;
        scan->looks->capitals += sort == SORT_UPPER;
    }
    if (sort == SORT_UNSPACED) {            /* two characters say as much as a word */
        if (scan->before == SORT_UNSPACED)
            add_term(scan->terms, mix(mix(0, scan->last), c));
        return;
    }
    scan->word = mix(scan->word, sort == SORT_UPPER ? nf_lower(c) : c);
    scan->word_chars++;
}

static void note_mark(struct scan *scan, uint32_t c)
{
    struct nf_line_looks *looks = scan->looks;
    looks->divided |= c == '|' || c == 0xBB || c == 0x203A || c == 0x2192 || c == 0xB7 || c == 0x2022;
    looks->address |= c == '@' || (c == '/' && scan->last == '/');
    looks->stops += (c == 0x3002 || c == 0xFF01 || c == 0xFF1F);
}

static uint8_t start_of(uint32_t c, enum sort sort)
{
    if (is_quote(c))
        return NF_STARTS_QUOTE;
    return sort == SORT_LOWER ? NF_STARTS_LOWER : sort == SORT_UPPER ? NF_STARTS_UPPER
           : sort == SORT_DIGIT ? NF_STARTS_DIGIT : NF_STARTS_OTHER;
}

static void note(struct scan *scan, uint32_t c)
{
    struct nf_line_looks *looks = scan->looks;
    enum sort sort = sort_of(c);
    if (sort == SORT_BLANK) {
        if (scan->before == SORT_BLANK)
            return;
        looks->stops += is_stop(scan->last);
        c = ' ';
    }
    if (sort != SORT_DIGIT)
        end_number(scan);
    if (sort == SORT_BLANK || sort == SORT_MARK || sort == SORT_UNSPACED)
        end_word(scan);
    if (sort == SORT_DIGIT)
        note_digit(scan, c);
    if (sort == SORT_MARK)
        note_mark(scan, c);
    else if (sort != SORT_BLANK)
        note_letter(scan, c, sort);
    if (sort != scan->before || sort == SORT_MARK)
        looks->shape = (looks->shape ^ (sort == SORT_MARK ? c : (uint64_t)sort)) * UINT64_C(0x9E3779B97F4A7C15) + 1;
    looks->same = (looks->same ^ (sort == SORT_UPPER ? nf_lower(c) : c)) * UINT64_C(0x9E3779B97F4A7C15) + (looks->same >> 29);
    looks->chars++;
    scan->before = sort;
    scan->last_but_one = scan->last;
    scan->last = c;
}

/* Past list marks, quote marks and blanks. */
static size_t text_start(struct nf_span text)
{
    size_t at = 0;
    while (at < text.len && (text.data[at] == '>' || text.data[at] == ' '))
        at++;
    if (at + 1 < text.len && (text.data[at] == '-' || text.data[at] == '*') && text.data[at + 1] == ' ')
        at += 2;
    return at < text.len ? at : 0;
}

struct nf_line_looks nf_looks_of(struct nf_span text, struct nf_terms *terms)
{
    struct nf_line_looks looks = {.first_term = terms->count};
    struct scan scan = {.looks = &looks, .terms = terms, .before = SORT_BLANK};
    size_t at = text_start(text), second = at;
    if (text.len) {
        uint32_t c = nf_utf8_next(text, &second);
        looks.start = start_of(c, sort_of(c));
    }
    while (at < text.len)
        note(&scan, nf_utf8_next(text, &at));
    end_word(&scan);
    end_number(&scan);
    looks.last = scan.before == SORT_BLANK ? scan.last_but_one : scan.last;
    return looks;
}
