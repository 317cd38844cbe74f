/*
 * strip_looks.c: one pass over a line, whole words of ASCII by masks, the rest by characters.
 * Used by the strip files.
 */
#include "stage/strip_looks.h"

#include "base/alloc.h"
#include "text/chars.h"
#include "text/eight.h"
#include "text/sorts.h"
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

/* A digest of bytes, none of them NUL, however they come. */
struct stream {
    uint64_t digest, part;      /* of all whole words of eight bytes; the bytes behind them */
    unsigned part_len;
};

/* What is known between two characters. */
struct scan {
    struct nf_span text;
    struct nf_line_looks *looks;
    struct nf_terms *terms;
    enum sort before;
    uint32_t last, last_but_one;
    uint32_t word_chars;        /* of the word so far */
    struct stream word, same, shape;    /* the word in lower case; all of the line; the sorts of its characters */
    uint32_t number;            /* length of the number so far */
    uint32_t number_starts;     /* its first two digits */
};

static inline uint64_t mix(uint64_t digest, uint64_t more)
{
    digest = (digest ^ more) * UINT64_C(0x9E3779B97F4A7C15);
    return digest ^ digest >> 32;
}

/* in  bytes: the first lowest, zero behind the last; len: 1 to 8 */
static inline void add_bytes(struct stream *stream, uint64_t bytes, unsigned len)
{
    unsigned before = stream->part_len;
    stream->part |= bytes << 8 * before;
    stream->part_len += len;
    if (stream->part_len < 8)
        return;
    stream->digest = mix(stream->digest, stream->part);
    stream->part = before ? bytes >> 8 * (8 - before) : 0;
    stream->part_len -= 8;
}

static inline uint64_t digest_of(const struct stream *stream)
{
    return stream->part_len ? mix(stream->digest, stream->part) : stream->digest;
}

static inline uint64_t first_of(uint64_t bytes, unsigned count)
{
    return count < 8 ? bytes & ((UINT64_C(1) << 8 * count) - 1) : bytes;
}

/* in  p: eight bytes are readable behind the last */
static inline void add_text(struct stream *stream, const char *p, unsigned len)
{
    for (unsigned at = 0; at < len; at += 8) {
        unsigned count = len - at < 8 ? len - at : 8;
        add_bytes(stream, first_of(nf_eight_load(p + at), count), count);
    }
}

/* One character; beyond ASCII it is told by its bits, seven in a byte. */
static void add_char(struct stream *stream, uint32_t c)
{
    if (c < 0x80)
        add_bytes(stream, c, 1);
    else
        add_bytes(stream, 0x808080 | (c & 0x7F) | (uint64_t)(c >> 7 & 0x7F) << 8 | (uint64_t)(c >> 14 & 0x7F) << 16, 3);
}

static inline void add_term(struct nf_terms *terms, uint32_t term)
{
    terms->item = nf_grow(terms->item, &terms->capacity, terms->count + 1, sizeof *terms->item);
    terms->item[terms->count++] = term;
}

static void end_word(struct scan *scan)
{
    if (scan->word_chars >= TERM_CHARS)
        add_term(scan->terms, (uint32_t)digest_of(&scan->word));
    scan->word = (struct stream){0};
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
            add_term(scan->terms, (uint32_t)mix(mix(0, scan->last), c));
        add_char(&scan->same, c);
        return;
    }
    c = sort == SORT_UPPER ? nf_lower(c) : c;
    add_char(&scan->word, c);
    add_char(&scan->same, c);
    scan->word_chars++;
}

static void note_mark(struct scan *scan, uint32_t c)
{
    struct nf_line_looks *looks = scan->looks;
    looks->divided |= c == '|' || c == 0xBB || c == 0x203A || c == 0x2192 || c == 0xB7 || c == 0x2022;
    looks->address |= c == '@' || (c == '/' && scan->last == '/');
    looks->stops += (c == 0x3002 || c == 0xFF01 || c == 0xFF1F);
    add_char(&scan->same, c);
}

static uint8_t start_of(uint32_t c, enum sort sort)
{
    if (is_quote(c))
        return NF_STARTS_QUOTE;
    return sort == SORT_LOWER ? NF_STARTS_LOWER : sort == SORT_UPPER ? NF_STARTS_UPPER
           : sort == SORT_DIGIT ? NF_STARTS_DIGIT : NF_STARTS_OTHER;
}

static void note_shape(struct scan *scan, uint32_t c, enum sort sort)
{
    static const char shapes[] = {[SORT_BLANK] = ' ', [SORT_LOWER] = 'a', [SORT_UPPER] = 'A', [SORT_DIGIT] = '0', [SORT_UNSPACED] = '\1'};
    add_char(&scan->shape, sort == SORT_MARK ? c : (uint32_t)shapes[sort]);
}

static void note_blank(struct scan *scan)
{
    if (scan->before == SORT_BLANK)
        return;
    scan->looks->stops += is_stop(scan->last);
    end_number(scan);
    end_word(scan);
    note_shape(scan, ' ', SORT_BLANK);
    add_char(&scan->same, ' ');
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
        note_shape(scan, c, sort);
    looks->chars++;
    scan->before = sort;
    scan->last_but_one = scan->last;
    scan->last = c;
}

/* Some bytes of ASCII, words and what is between them, none of them twice a blank. */
struct block {
    const char *text;
    unsigned len;
    struct nf_sorts sorts;
    char copy[NF_SORTS_MOST], lower[NF_SORTS_MOST + 8];
};

/* What follows is made for several levels of processors. */
#define WITHIN_LEVEL static inline __attribute__((always_inline))

static inline uint64_t low_bits(unsigned count)
{
    return count < 64 ? (UINT64_C(1) << count) - 1 : UINT64_MAX;
}

static inline uint64_t word_bits(const struct block *block)
{
    return block->sorts.upper | block->sorts.lower | block->sorts.digits;
}

/* Whether no word goes on at a place of the text. */
static bool ends_words(struct nf_span text, size_t at)
{
    if (at == text.len)
        return true;
    enum sort sort = sort_of(nf_utf8_next(text, &at));
    return sort == SORT_BLANK || sort == SORT_MARK || sort == SORT_UNSPACED;
}

/* The bytes from a place on, what they are, and their lower case. Gives how many there are. */
WITHIN_LEVEL unsigned load_block(struct nf_span text, size_t at, enum nf_cpu cpu, struct block *block)
{
    unsigned count = text.len - at < NF_SORTS_MOST ? (unsigned)(text.len - at) : NF_SORTS_MOST;
    block->text = text.data + at;
    memset(block->lower + NF_SORTS_MOST, 0, 8);
#if NF_CPU_IS_X86
    if (cpu == NF_CPU_V4) {
        nf_sorts_read_v4(block->text, count, &block->sorts, block->lower);
        return count;
    }
#else
    (void)cpu;
#endif
    if (count < NF_SORTS_MOST) {
        memset(block->copy, 0, NF_SORTS_MOST);
        block->text = memcpy(block->copy, block->text, count);
    }
    block->sorts = (struct nf_sorts){0};
    for (unsigned i = 0; i < count; i += NF_ASCII_BLOCK) {
        nf_sorts_add(block->text + i, i, &block->sorts);
        nf_ascii_lower(block->text + i, block->lower + i);
    }
    return count;
}

/* What there is from a place on where no word goes on. False: nothing */
WITHIN_LEVEL bool read_block(const struct scan *scan, size_t at, enum nf_cpu cpu, struct block *block)
{
    unsigned most = load_block(scan->text, at, cpu, block);
    uint64_t blanks = block->sorts.blanks, ends = block->sorts.others | (blanks & (blanks << 1 | (scan->before == SORT_BLANK)))
                                                  | ~low_bits(most);
    block->len = ends ? (unsigned)__builtin_ctzll(ends) : NF_SORTS_MOST;
    if (block->len && !ends_words(scan->text, at + block->len)) {
        uint64_t between = ~word_bits(block) & low_bits(block->len);
        block->len = between ? 64 - (unsigned)__builtin_clzll(between) : 0;
    }
    uint64_t within = low_bits(block->len);
    struct nf_sorts *sorts = &block->sorts;
    sorts->upper &= within, sorts->lower &= within, sorts->digits &= within, sorts->blanks &= within;
    sorts->stops &= within, sorts->colons &= within, sorts->bars &= within, sorts->ats &= within, sorts->slashes &= within;
    return block->len > 0;
}

/* As note_letter, note_digit, note_mark and note_blank count. */
WITHIN_LEVEL void count_block(struct scan *scan, const struct block *block)
{
    const struct nf_sorts *sorts = &block->sorts;
    struct nf_line_looks *looks = scan->looks;
    uint64_t starts = (sorts->upper | sorts->lower) & ~(word_bits(block) << 1);
    bool last = scan->last >= '0' && scan->last <= '9', last_but_one = scan->last_but_one >= '0' && scan->last_but_one <= '9';
    looks->chars += block->len;
    looks->lower += (uint32_t)__builtin_popcountll(sorts->lower);
    looks->digits += (uint32_t)__builtin_popcountll(sorts->digits);
    looks->words += (uint32_t)__builtin_popcountll(starts);
    looks->capitals += (uint32_t)__builtin_popcountll(starts & sorts->upper);
    looks->stops += (uint32_t)__builtin_popcountll(sorts->blanks & (sorts->stops << 1 | is_stop(scan->last)));
    looks->divided |= sorts->bars > 0;
    looks->address |= sorts->ats || (sorts->slashes & (sorts->slashes << 1 | (scan->last == '/')));
    looks->clock |= (sorts->digits & (sorts->colons << 1 | (scan->last == ':'))
                     & (sorts->digits << 2 | (uint64_t)last << 1 | last_but_one)) > 0;
    uint64_t d = sorts->digits, years = d & ~(d << 1) & d >> 1 & d >> 2 & d >> 3 & ~(d >> 4);
    for (; years; years &= years - 1) {
        const char *p = block->text + __builtin_ctzll(years);
        looks->year |= (p[0] == '1' && p[1] == '9') || (p[0] == '2' && p[1] == '0');
    }
}

WITHIN_LEVEL void add_block_terms(struct scan *scan, const struct block *block)
{
    uint64_t words = word_bits(block), starts = words & ~(words << 1) & words >> 1 & words >> 2 & words >> 3;
    struct nf_terms *terms = scan->terms;
    terms->item = nf_grow(terms->item, &terms->capacity, terms->count + NF_SORTS_MOST / TERM_CHARS, sizeof *terms->item);
    for (; starts; starts &= starts - 1) {
        unsigned from = (unsigned)__builtin_ctzll(starts);
        uint64_t behind = ~(words >> from), word = 0;
        unsigned len = behind ? (unsigned)__builtin_ctzll(behind) : NF_SORTS_MOST;
        for (unsigned at = 0; at < len; at += 8)
            word = mix(word, first_of(nf_eight_load(block->lower + from + at), len - at < 8 ? len - at : 8));
        terms->item[terms->count++] = (uint32_t)word;
    }
}

WITHIN_LEVEL void add_block_shape(struct scan *scan, const struct block *block, enum nf_cpu cpu)
{
    const struct nf_sorts *sorts = &block->sorts;
    char shape[NF_SORTS_MOST + 8];
    unsigned count = 0;
    uint64_t changes = low_bits(block->len) & ~(sorts->upper & sorts->upper << 1) & ~(sorts->lower & sorts->lower << 1)
                       & ~(sorts->digits & sorts->digits << 1);
#if NF_CPU_IS_X86
    if (cpu == NF_CPU_V4) {
        count = nf_sorts_shape_v4(block->text, block->len, sorts, changes, shape);
        changes = 0;
    }
#else
    (void)cpu;
#endif
    for (; changes; changes &= changes - 1)
        shape[count++] = nf_sorts_shape_of((unsigned char)block->text[__builtin_ctzll(changes)]);
    memset(shape + count, 0, 8);
    add_text(&scan->shape, shape, count);
}

/* As `note` for each of its characters. Gives how many there are; 0: the next one is to be noted alone. */
WITHIN_LEVEL size_t note_block(struct scan *scan, size_t at, enum nf_cpu cpu)
{
    struct block block;
    if (!read_block(scan, at, cpu, &block))
        return 0;
    count_block(scan, &block);
    add_block_terms(scan, &block);
    add_text(&scan->same, block.lower, block.len);
    add_block_shape(scan, &block, cpu);
    scan->last_but_one = block.len > 1 ? (unsigned char)block.text[block.len - 2] : scan->last;
    scan->last = (unsigned char)block.text[block.len - 1];
    scan->before = (enum sort)ascii_sorts[scan->last];
    return block.len;
}

static size_t note_block_any(struct scan *scan, size_t at)
{
    return note_block(scan, at, NF_CPU_ANY);
}

#if NF_CPU_IS_X86
__attribute__((target("ssse3,sse4.2,popcnt"))) static size_t note_block_v2(struct scan *scan, size_t at)
{
    return note_block(scan, at, NF_CPU_V2);
}

__attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt"))) static size_t note_block_v3(struct scan *scan, size_t at)
{
    return note_block(scan, at, NF_CPU_V3);
}

__attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt"))) static size_t note_block_v4(struct scan *scan, size_t at)
{
    return note_block(scan, at, NF_CPU_V4);
}
#else
#define note_block_v2 note_block_any
#define note_block_v3 note_block_any
#define note_block_v4 note_block_any
#endif

/* 0 for the reference: each character is noted alone. */
static size_t note_block_by(struct scan *scan, size_t at, enum nf_cpu cpu)
{
    switch (cpu) {
    case NF_CPU_REFERENCE: return 0;
    case NF_CPU_V2: return note_block_v2(scan, at);
    case NF_CPU_V3: return note_block_v3(scan, at);
    case NF_CPU_V4: return note_block_v4(scan, at);
    default: return note_block_any(scan, at);
    }
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

struct nf_line_looks nf_looks_of(struct nf_span text, enum nf_cpu cpu, struct nf_terms *terms)
{
    struct nf_line_looks looks = {.first_term = terms->count};
    struct scan scan = {.text = text, .looks = &looks, .terms = terms, .before = SORT_BLANK};
    size_t at = text_start(text), second = at;
    if (text.len) {
        uint32_t c = nf_utf8_next(text, &second);
        looks.start = start_of(c, sort_of(c));
    }
    while (at < text.len) {
        bool between = scan.before == SORT_BLANK || scan.before == SORT_MARK;
        size_t len = between && (unsigned char)text.data[at] < 0x80 ? note_block_by(&scan, at, cpu) : 0;
        at += len;
        if (len)
            continue;
        uint32_t c = nf_utf8_next(text, &at);
        enum sort sort = sort_of(c);
        if (sort == SORT_BLANK)
            note_blank(&scan);
        else
            note(&scan, c, sort);
    }
    end_word(&scan);
    end_number(&scan);
    looks.same = digest_of(&scan.same);
    looks.shape = digest_of(&scan.shape);
    looks.last = scan.before == SORT_BLANK ? scan.last_but_one : scan.last;
    return looks;
}
