/*
 * strip_looks.c: one pass over the characters of a line.
 * Used by the strip files.
 */
#include "stage/strip_looks.h"

#include "base/alloc.h"
#include "text/chars.h"
#include "text/eight.h"
#include "text/utf8.h"

/* Shorter words stand in any text. */
#define TERM_CHARS 4

/* What a character is, for the shape of a line. */
enum sort { SORT_BLANK, SORT_LOWER, SORT_UPPER, SORT_DIGIT, SORT_MARK, SORT_UNSPACED };

#define B SORT_BLANK
#define M SORT_MARK
#define D SORT_DIGIT
#define U SORT_UPPER
#define L SORT_LOWER

static const uint8_t ascii_sorts[128] = {
    B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B,
    B, M, M, M, M, M, M, M, M, M, M, M, M, M, M, M, D, D, D, D, D, D, D, D, D, D, M, M, M, M, M, M,
    M, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, M, M, M, M, M,
    M, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, M, M, M, M, M};

/* Latin-1 and Russian, without the tables of Unicode. */
static bool is_common_lower(uint32_t c)
{
    return (c >= 0xDF && c <= 0xFF) || (c >= 0x430 && c <= 0x44F);
}

static bool is_common_upper(uint32_t c)
{
    return (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x410 && c <= 0x42F);
}

/* in  c: no ASCII */
static enum sort sort_beyond(uint32_t c)
{
    unsigned per_word;
    if (is_common_lower(c))
        return SORT_LOWER;
    if (is_common_upper(c))
        return SORT_UPPER;
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

static enum sort sort_of(uint32_t c)
{
    return c < 0x80 ? (enum sort)ascii_sorts[c] : sort_beyond(c);
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
    struct nf_span text;
    struct nf_line_looks *looks;
    struct nf_terms *terms;
    enum sort before;
    uint32_t last, last_but_one;
    uint32_t word_chars;        /* of the word so far */
    uint64_t word, part;        /* digest of its bytes in lower case, and of these the last ones, fewer than eight */
    unsigned part_len;
    uint32_t number;            /* length of the number so far */
    uint32_t number_starts;     /* its first two digits */
};

static inline uint64_t mix(uint64_t digest, uint64_t more)
{
    digest = (digest ^ more) * UINT64_C(0x9E3779B97F4A7C15);
    return digest ^ digest >> 32;
}

static inline void add_term(struct nf_terms *terms, uint32_t term)
{
    terms->item = nf_grow(terms->item, &terms->capacity, terms->count + 1, sizeof *terms->item);
    terms->item[terms->count++] = term;
}

/* Eight bytes of a word at a time. in  byte: of its lower case */
static void add_byte(struct scan *scan, unsigned char byte)
{
    scan->part |= (uint64_t)byte << 8 * scan->part_len++;
    if (scan->part_len < 8)
        return;
    scan->word = mix(scan->word, scan->part);
    scan->part = scan->part_len = 0;
}

/* in  c: lower case; beyond ASCII it is told by its bits, seven in a byte */
static void add_letter(struct scan *scan, uint32_t c)
{
    if (c < 0x80) {
        add_byte(scan, (unsigned char)c);
        return;
    }
    for (unsigned shift = 0; shift < 21; shift += 7)
        add_byte(scan, (unsigned char)(0x80 | (c >> shift & 0x7F)));
}

static void note_word(struct scan *scan, uint64_t word, uint32_t chars)
{
    if (chars >= TERM_CHARS)
        add_term(scan->terms, (uint32_t)word);
    scan->looks->same = mix(scan->looks->same, word);
}

static void end_word(struct scan *scan)
{
    if (!scan->word_chars)
        return;
    note_word(scan, scan->part_len ? mix(scan->word, scan->part) : scan->word, scan->word_chars);
    scan->word = scan->part = 0;
    scan->word_chars = scan->part_len = 0;
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
            add_term(scan->terms, (uint32_t)mix(mix(0, scan->last), c));
        scan->looks->same = mix(scan->looks->same, c);
        return;
    }
    add_letter(scan, sort == SORT_UPPER ? nf_lower(c) : c);
    scan->word_chars++;
}

static void note_mark(struct scan *scan, uint32_t c)
{
    struct nf_line_looks *looks = scan->looks;
    looks->divided |= c == '|' || c == 0xBB || c == 0x203A || c == 0x2192 || c == 0xB7 || c == 0x2022;
    looks->address |= c == '@' || (c == '/' && scan->last == '/');
    looks->stops += (c == 0x3002 || c == 0xFF01 || c == 0xFF1F);
    looks->same = mix(looks->same, c);
}

static uint8_t start_of(uint32_t c, enum sort sort)
{
    if (is_quote(c))
        return NF_STARTS_QUOTE;
    return sort == SORT_LOWER ? NF_STARTS_LOWER : sort == SORT_UPPER ? NF_STARTS_UPPER
           : sort == SORT_DIGIT ? NF_STARTS_DIGIT : NF_STARTS_OTHER;
}

/* in  kind: of a character, or a mark itself */
static inline void note_shape(struct nf_line_looks *looks, uint32_t kind)
{
    looks->shape = mix(looks->shape, kind + 1);
}

static void note_blank(struct scan *scan)
{
    if (scan->before == SORT_BLANK)
        return;
    scan->looks->stops += is_stop(scan->last);
    end_number(scan);
    end_word(scan);
    note_shape(scan->looks, SORT_BLANK);
    scan->looks->same = mix(scan->looks->same, ' ');
    scan->looks->chars++;
    scan->before = SORT_BLANK;
    scan->last_but_one = scan->last;
    scan->last = ' ';
}

static void note(struct scan *scan, uint32_t c, enum sort sort)
{
    struct nf_line_looks *looks = scan->looks;
    if (sort != SORT_DIGIT)
        end_number(scan);
    if (sort == SORT_MARK || sort == SORT_UNSPACED)
        end_word(scan);
    if (sort == SORT_DIGIT)
        note_digit(scan, c);
    if (sort == SORT_MARK)
        note_mark(scan, c);
    else
        note_letter(scan, c, sort);
    if (sort != scan->before || sort == SORT_MARK)
        note_shape(looks, sort == SORT_MARK ? c : (uint32_t)sort);
    looks->chars++;
    scan->before = sort;
    scan->last_but_one = scan->last;
    scan->last = c;
}

/* Eight bytes, with NUL behind the end of the text. */
static inline uint64_t bytes_at(struct nf_span text, size_t at)
{
    char rest[8] = {0};
    if (at + 8 <= text.len)
        return nf_eight_load(text.data + at);
    if (at == text.len)
        return 0;
    if (text.len >= 8)
        return nf_eight_load(text.data + text.len - 8) >> 8 * (at + 8 - text.len);
    memcpy(rest, text.data + at, text.len - at);
    return nf_eight_load(rest);
}

/* How many of the bytes, from the first on, are letters of ASCII. */
static inline unsigned letters_in(uint64_t bytes)
{
    uint64_t lower = (bytes | NF_EIGHT(0x20)) & NF_EIGHT(0x7F);
    uint64_t others = ~(nf_eight_at_least(lower, 'a') & ~nf_eight_at_least(lower, 'z' + 1) & ~bytes) & NF_EIGHT(0x80);
    return others ? nf_eight_before(others) : 8;
}

static inline uint64_t first_of(uint64_t bytes, unsigned count)
{
    return count < 8 ? bytes & ((UINT64_C(1) << 8 * count) - 1) : bytes;
}

/* Where the case of letters changes begins a part of the shape. in  upper: 0x20 in each of the bytes that is a capital */
static inline void note_cases(struct scan *scan, uint64_t upper, unsigned count)
{
    for (unsigned i = 0; i < count; i++, upper >>= 8) {
        enum sort sort = upper & 0x20 ? SORT_UPPER : SORT_LOWER;
        if (sort != scan->before)
            note_shape(scan->looks, sort);
        scan->before = sort;
        if (!upper && i)                    /* all that is left is lower case */
            return;
    }
}

static bool is_ascii_letter(unsigned char c)
{
    return c < 0x80 && (ascii_sorts[c] == SORT_LOWER || ascii_sorts[c] == SORT_UPPER);
}

/* The length of a word of letters of ASCII alone; 0 if none begins there. */
static inline size_t plain_word_len(const struct scan *scan, size_t at)
{
    size_t end = at;
    unsigned count;
    if (scan->word_chars || !is_ascii_letter((unsigned char)scan->text.data[at]))
        return 0;
    do
        end += count = letters_in(bytes_at(scan->text, end));
    while (count == 8);
    unsigned char behind = end < scan->text.len ? (unsigned char)scan->text.data[end] : ' ';
    return behind < 0x80 && ascii_sorts[behind] != SORT_DIGIT ? end - at : 0;
}

/* As `note` for each of its letters, eight at a time. */
static void note_plain_word(struct scan *scan, size_t from, size_t len)
{
    struct nf_line_looks *looks = scan->looks;
    const char *text = scan->text.data + from;
    bool starts = scan->before != SORT_UNSPACED;
    uint64_t word = 0;
    looks->words += starts;
    looks->capitals += starts && !(*text & 0x20);
    looks->chars += (uint32_t)len;
    looks->lower += (uint32_t)len;
    for (size_t at = 0; at < len; at += 8) {
        unsigned count = len - at < 8 ? (unsigned)(len - at) : 8;
        uint64_t bytes = first_of(bytes_at(scan->text, from + at), count), cases = first_of(NF_EIGHT(0x20), count);
        word = mix(word, bytes | cases);
        looks->lower -= (uint32_t)((~bytes & cases) / 0x20 * NF_EIGHT(1) >> 56);
        note_cases(scan, ~bytes & cases, count);
    }
    note_word(scan, word, (uint32_t)len);
    scan->last_but_one = len > 1 ? (unsigned char)text[len - 2] : scan->last;
    scan->last = (unsigned char)text[len - 1];
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
    struct scan scan = {.text = text, .looks = &looks, .terms = terms, .before = SORT_BLANK};
    size_t at = text_start(text), second = at;
    if (text.len) {
        uint32_t c = nf_utf8_next(text, &second);
        looks.start = start_of(c, sort_of(c));
    }
    while (at < text.len) {
        size_t len = plain_word_len(&scan, at);
        if (len) {
            note_plain_word(&scan, at, len);
            at += len;
            continue;
        }
        uint32_t c = nf_utf8_next(text, &at);
        enum sort sort = sort_of(c);
        if (sort == SORT_BLANK)
            note_blank(&scan);
        else
            note(&scan, c, sort);
    }
    end_word(&scan);
    end_number(&scan);
    looks.last = scan.before == SORT_BLANK ? scan.last_but_one : scan.last;
    return looks;
}
