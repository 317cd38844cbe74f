/*
 * plain_line.c: lines as rules see them.
 * Used by the strip stage and by the tests of rules.
 */
#include "text/plain_line.h"

#include "text/chars.h"
#include "text/ascii.h"
#include "text/eight.h"
#include "text/signs.h"
#include "text/utf8.h"

void nf_plain_line_release(struct nf_plain_line *line)
{
    nf_buf_release(&line->bytes);
    nf_buf_release(&line->lower);
    nf_buf_release(&line->scratch);
}

struct range {
    uint32_t first, last;
};

static bool is_within(const struct range *range, size_t count, uint32_t c)
{
    for (size_t i = 0; i < count && c >= range[i].first; i++)
        if (c <= range[i].last)
            return true;
    return false;
}

/*
 * Letters and signs that compatibility composition leaves alone among their like, or that `plain` and
 * `is_blank` know: most of the text that is written. In ascending order.
 */
static bool is_settled(uint32_t c)
{
    static const struct range western[] = {
        {0x00, 0xA0}, {0xA9, 0xA9}, {0xAB, 0xAB}, {0xAD, 0xAD}, {0xBB, 0xBB}, {0xC0, 0x131},
        {0x134, 0x13E}, {0x141, 0x148}, {0x14A, 0x17E}, {0x391, 0x3A1}, {0x3A3, 0x3CE}, {0x400, 0x482},
        {0x48A, 0x52F}, {0x5D0, 0x5EA}, {0x606, 0x60F}, {0x61B, 0x63F}, {0x641, 0x64A}, {0x660, 0x66F}, {0x671, 0x674},
        {0x679, 0x6D5}, {0x6EE, 0x6FF}, {0x200B, 0x2016}, {0x2018, 0x2023},
        {0x2026, 0x2026}, {0x2030, 0x2032}, {0x2039, 0x203A}, {0x20AC, 0x20AC}, {0x2122, 0x2122}, {0x2190, 0x21FF},
        {0x2300, 0x2328}, {0x232B, 0x23FF}, {0x2500, 0x27BF}, {0x2B00, 0x2BFF}};
    static const struct range eastern[] = {
        {0x3000, 0x3003}, {0x3008, 0x3011}, {0x3041, 0x3096}, {0x30A1, 0x30FA}, {0x30FC, 0x30FE}, {0x4E00, 0x9FFF},
        {0xAC00, 0xD7A3}, {0xFE00, 0xFE0F}, {0xFF01, 0xFF5E}, {0x1F300, 0x1FAFF}};
    return c < 0x3000 ? is_within(western, sizeof western / sizeof *western, c)
                      : is_within(eastern, sizeof eastern / sizeof *eastern, c);
}

/* Characters that are written in several ways; 0 for those that are not there at all. */
static uint32_t plain(uint32_t c)
{
    switch (c) {
    case 0x2018: case 0x2019: case 0x201A: case 0x201B: case 0x00B4: return '\'';
    case 0x201C: case 0x201D: case 0x201E: case 0x201F: return '"';
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2212: return '-';
    case 0x0622: case 0x0623: case 0x0625: return 0x0627;
    case 0x0649: return 0x064A;
    case 0x0130: case 0x0131: return 'i';
    case 0x00AD: case 0x0640: case 0x2060: case 0xFEFF: return 0;
    default: break;
    }
    if (c >= 0xFF01 && c <= 0xFF5E)                     /* full width */
        return c - 0xFEE0;
    bool invisible = (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)
                     || (c >= 0x064B && c <= 0x0652) || (c >= 0xFE00 && c <= 0xFE0F);
    return invisible ? 0 : c;
}

static bool is_blank(uint32_t c)
{
    return c <= ' ' || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028
           || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

static char *put(char *out, uint32_t c)
{
    if (c < 0x80) {
        *out++ = (char)c;
    } else if (c < 0x800) {
        *out++ = (char)(0xC0 | c >> 6);
        *out++ = (char)(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        *out++ = (char)(0xE0 | c >> 12);
        *out++ = (char)(0x80 | (c >> 6 & 0x3F));
        *out++ = (char)(0x80 | (c & 0x3F));
    } else {
        *out++ = (char)(0xF0 | c >> 18);
        *out++ = (char)(0x80 | (c >> 12 & 0x3F));
        *out++ = (char)(0x80 | (c >> 6 & 0x3F));
        *out++ = (char)(0x80 | (c & 0x3F));
    }
    return out;
}

static char *put_plain(struct nf_plain_line *line, char *out, uint32_t c, bool *after_blank)
{
    if (is_blank(c)) {
        if (!*after_blank)
            *out++ = ' ';
        *after_blank = true;
        return out;
    }
    line->cased |= c >= 0x100 && !nf_has_one_case(c);
    if (c == 0x2026 || c == 0x2122) {
        size_t len = c == 0x2026 ? 3 : 2;
        memcpy(out, c == 0x2026 ? "..." : "TM", len);
        *after_blank = false;
        return out + len;
    }
    c = plain(c);
    *after_blank &= !c;
    return c ? put(out, c) : out;
}

/* Whether one sign of ASCII stands for the character of three bytes. */
static inline bool is_quick(const char *p, char *sign)
{
    *sign = nf_is_general(p) ? nf_sign_of((unsigned char)p[2]) : 0;
    return *sign;
}

/* The bytes from `at` on, a block at least; NUL bytes stand behind the text's end. in  rest: room for a block */
static inline const char *block_at(struct nf_span text, size_t at, char *rest)
{
    if (at + NF_ASCII_BLOCK <= text.len)
        return text.data + at;
    memset(rest, 0, NF_ASCII_BLOCK);
    return memcpy(rest, text.data + at, text.len - at);
}

/*
 * The bytes of a letter that is settled and plain as it is, of those that most texts in other scripts are made of:
 * Cyrillic, which has two cases, Arabic, kana, Han and Hangul. 0 for others, and at the text's very end.
 */
static inline size_t letter_len(const unsigned char *p, size_t room, bool *cased)
{
    if (room < 4 || p[0] < 0xC3)
        return 0;
    switch (p[0]) {
    case 0xC3: return 2;
    case 0xD0: case 0xD1: *cased = true; return 2;
    case 0xD8: return p[1] >= 0xA4 && p[1] <= 0xBA && p[1] != 0xA5 ? 2 : 0;
    case 0xD9: return (p[1] >= 0x81 && p[1] <= 0x88) || p[1] == 0x8A ? 2 : 0;
    case 0xE3: return (p[1] == 0x81 && p[2] >= 0x81) || (p[1] == 0x82 && (p[2] <= 0x96 || p[2] >= 0xA1))
                      || (p[1] == 0x83 && p[2] <= 0xBA) ? 3 : 0;
    case 0xE4: return p[1] >= 0xB8 ? 3 : 0;
    case 0xE5: case 0xE6: case 0xE7: case 0xE8: case 0xE9: case 0xEB: case 0xEC: return 3;
    case 0xEA: return p[1] >= 0xB0 ? 3 : 0;
    case 0xED: return p[1] <= 0x9D ? 3 : 0;
    default: return 0;
    }
}

/* Such letters, and single blanks between them. out  out: those of the text from `at` on; gives their bytes */
static inline size_t copy_letters(struct nf_span text, size_t at, char *out, bool *cased)
{
    const unsigned char *from = (const unsigned char *)text.data + at;
    size_t room = text.len - at, done = 0;
    for (size_t len; (len = letter_len(from + done, room - done, cased)) > 0;) {
        memcpy(out + done, from + done, 4);
        done += len;
        bool more = done < room && from[done] == ' ' && letter_len(from + done + 1, room - done - 1, cased) > 0;
        out[done] = ' ';
        done += more;
    }
    return done;
}

/* Plain characters, single blanks, none at the ends. False: a character needs its neighbours. */
static bool squeeze(struct nf_plain_line *line, struct nf_span text, bool composed)
{
    struct nf_buf *buf = &line->bytes;
    buf->len = 0;
    line->cased = false;
    bool after_blank = true;
    char *from = nf_buf_reserve(buf, text.len + NF_ASCII_BLOCK), *out = from;   /* no plain character is longer */
    for (size_t at = 0; at < text.len;) {
        char rest[NF_ASCII_BLOCK];
        const char *block = block_at(text, at, rest);
        struct nf_ascii ascii = nf_ascii_read(block);
        unsigned len = nf_ascii_plain_len(ascii, after_blank);
        memcpy(out, block, NF_ASCII_BLOCK);
        out += len;
        at += len;
        after_blank = len ? nf_ascii_is_blank(ascii, len - 1) : after_blank;
        if (len == NF_ASCII_BLOCK || at == text.len)
            continue;
        if (at + 3 <= text.len && is_quick(text.data + at, out)) {
            at += 3;
            out++;
            after_blank = false;
            continue;
        }
        size_t letters = copy_letters(text, at, out, &line->cased);
        at += letters;
        out += letters;
        if (letters) {
            after_blank = false;
            continue;
        }
        uint32_t c = nf_utf8_next(text, &at);
        if (!composed && c >= 0x80 && !is_blank(c) && !is_settled(c))
            return false;
        out = put_plain(line, out, c, &after_blank);
    }
    buf->len = (size_t)(out - from) - (out > from && out[-1] == ' ');
    return true;
}

/* The length of a list mark at the start, its blank included; 0 if there is none. */
static size_t mark_len(struct nf_span text)
{
    static const char *const marks[] = {"-", "*", "\xE2\x80\xA2", "\xC2\xB7", "\xE2\x96\xAA", "\xE2\x97\xA6", "o"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t len = strlen(marks[i]);
        if (text.len > len + 1 && memcmp(text.data, marks[i], len) == 0 && text.data[len] == ' ')
            return len + 1;
    }
    return 0;
}

static size_t quote_len(struct nf_span text)
{
    size_t at = 0;
    while (at < text.len && (text.data[at] == '>' || text.data[at] == '|' || text.data[at] == ' '))
        at++;
    return at < text.len ? at : 0;
}

static void drop(struct nf_buf *buf, size_t len)
{
    if (len)
        nf_buf_drop(buf, len);
}

static void drop_marks(struct nf_plain_line *line)
{
    drop(&line->bytes, quote_len(nf_buf_span(&line->bytes)));
    size_t len = mark_len(nf_buf_span(&line->bytes));
    line->marked = len > 0;
    drop(&line->bytes, len);
}

static bool is_sentence_end(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0x0964
           || c == 0x061F || c == 0x06D4;
}

static bool is_closer(uint32_t c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0xBB || c == 0x300D || c == 0x300F || c == 0xFF09;
}

/* The last character that closes nothing ends a sentence. */
static bool ends_sentence(struct nf_span text)
{
    while (text.len) {
        size_t at = text.len - 1;
        while (at > 0 && ((unsigned char)text.data[at] & 0xC0) == 0x80)
            at--;
        size_t from = at;
        uint32_t c = nf_utf8_next(text, &at);
        if (!is_closer(c))
            return is_sentence_end(c);
        text.len = from;
    }
    return false;
}

/* What is being counted. */
struct counting {
    uint32_t words, chars;
    unsigned weight;            /* of characters that stand without blanks, in tenths of a word */
    bool in_word;
};

static void count_one(struct counting *counting, uint32_t c)
{
    unsigned per_word;
    counting->chars++;
    if (c >= 0xE00 && nf_is_unspaced(c, &per_word)) {
        counting->weight += 10 / per_word;
        counting->in_word = false;
    } else if (c == ' ') {
        counting->in_word = false;
    } else {
        counting->words += !counting->in_word;
        counting->in_word = true;
    }
}

/* The first bytes of a block that are ASCII. in  most: bytes of the line that are left */
static unsigned count_ascii(struct counting *counting, struct nf_ascii ascii, size_t most)
{
    unsigned len = nf_ascii_len(ascii);
    if (len > most)
        len = (unsigned)most;
    if (!len)
        return 0;
    counting->words += nf_ascii_words(ascii, len, counting->in_word);
    counting->chars += len;
    counting->in_word = !nf_ascii_is_blank(ascii, len - 1);
    return len;
}

static void count(struct nf_plain_line *line)
{
    struct nf_span text = nf_buf_span(&line->bytes);
    struct counting counting = {0};
    for (size_t at = 0; at < text.len;) {
        char rest[NF_ASCII_BLOCK];
        unsigned len = count_ascii(&counting, nf_ascii_read(block_at(text, at, rest)), text.len - at);
        at += len;
        if (len < NF_ASCII_BLOCK && at < text.len)
            do
                count_one(&counting, nf_utf8_next(text, &at));
            while (at < text.len && (unsigned char)text.data[at] >= 0x80);
    }
    line->words = counting.words + (counting.weight + 9) / 10;
    line->chars = counting.chars;
}

bool nf_has_one_case(uint32_t c)
{
    return (c >= 0x2010 && c <= 0x206F) || c == 0x20AC || (c >= 0x2190 && c <= 0x23FF) || (c >= 0x2500 && c <= 0x27BF)
           || (c >= 0x3000 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0x600 && c <= 0x6FF)
           || (c >= 0x900 && c <= 0x97F) || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x1F300 && c <= 0x1FAFF);
}

/* nf_lower without its tables, for most letters. */
static uint32_t lower(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    if (c >= 0xC0 && c <= 0xFF)
        return c <= 0xDE && c != 0xD7 ? c + 32 : c;
    if (c >= 0x410 && c <= 0x44F)
        return c <= 0x42F ? c + 32 : c;
    return nf_has_one_case(c) ? c : nf_lower(c);
}

/* No lower case letter has more than three bytes for one. */
struct nf_span nf_plain_line_lower(struct nf_plain_line *line)
{
    if (line->lower_made)
        return nf_buf_span(&line->lower);
    struct nf_span text = nf_buf_span(&line->bytes);
    line->lower.len = 0;
    char *from = nf_buf_reserve(&line->lower, text.len * 3 + 10), *out = from;
    for (size_t at = 0; at < text.len;) {
        unsigned len = 0;
        if (at + 8 <= text.len) {
            uint64_t word = nf_eight_load(text.data + at), other = word & NF_EIGHT(0x80), ascii = word & NF_EIGHT(0x7F);
            uint64_t upper = nf_eight_at_least(ascii, 'A') & ~nf_eight_at_least(ascii, 'Z' + 1);
            len = other ? nf_eight_before(other) : 8;
            nf_eight_store(out, word | upper >> 2);
            out += len;
            at += len;
        }
        if (len < 8)
            out = put(out, lower(nf_utf8_next(text, &at)));
    }
    memset(out, 0, NF_PLAIN_LINE_PADDING);
    line->lower.len = (size_t)(out - from);
    line->lower_made = true;
    return nf_buf_span(&line->lower);
}

struct nf_span nf_plain_line_head(const struct nf_plain_line *line, char *out)
{
    struct nf_span text = nf_buf_span(&line->bytes);
    char *from = out;
    size_t at = 0;
    for (unsigned i = 0; i < NF_HEAD_CHARS && at < text.len; i++)
        out = put(out, lower(nf_utf8_next(text, &at)));
    return nf_span(from, (size_t)(out - from));
}

static void make_plain(struct nf_plain_line *line, struct nf_span text)
{
    line->lower_made = false;
    if (squeeze(line, text, false))
        return;
    line->scratch.len = 0;
    nf_compose(text, &line->scratch);
    squeeze(line, nf_buf_span(&line->scratch), true);
}

void nf_plain_line_set_piece(struct nf_plain_line *line, struct nf_span text)
{
    make_plain(line, text);
    line->ends_sentence = ends_sentence(nf_buf_span(&line->bytes));
}

void nf_plain_line_set(struct nf_plain_line *line, struct nf_span text)
{
    make_plain(line, text);
    drop_marks(line);
    count(line);
    line->ends_sentence = ends_sentence(nf_buf_span(&line->bytes));
}
