/*
 * plain_line.c: lines as rules see them.
 * Used by the strip stage and by the tests of rules.
 */
#include "text/plain_line.h"

#include "text/chars.h"
#include "text/utf8.h"

void nf_plain_line_release(struct nf_plain_line *line)
{
    nf_buf_release(&line->bytes);
    nf_buf_release(&line->lower);
    nf_buf_release(&line->scratch);
}

/* Letters and signs that compatibility composition leaves alone, or that `plain` and `is_blank` know: most of Western text. */
static bool is_settled(uint32_t c)
{
    return c < 0x80 || (c >= 0xC0 && c <= 0xFF) || c == 0xA0 || c == 0xA9 || c == 0xAB || c == 0xBB
           || (c >= 0x2010 && c <= 0x2016) || (c >= 0x2018 && c <= 0x2023) || (c >= 0x2039 && c <= 0x203A);
}

static bool needs_compose(struct nf_span text)
{
    for (size_t at = 0; at < text.len;)
        if (!is_settled(nf_utf8_next(text, &at)))
            return true;
    return false;
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
    bool invisible = (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)
                     || (c >= 0x064B && c <= 0x0652) || (c >= 0xFE00 && c <= 0xFE0F);
    return invisible ? 0 : c;
}

static bool is_blank(uint32_t c)
{
    return c <= ' ' || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028
           || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

/* Plain characters, single blanks, none at the ends. */
static void squeeze(struct nf_span text, struct nf_buf *out)
{
    bool gap = false;
    for (size_t at = 0; at < text.len;) {
        uint32_t c = nf_utf8_next(text, &at);
        if (is_blank(c)) {
            gap = out->len > 0;
            continue;
        }
        c = plain(c);
        if (!c)
            continue;
        if (gap)
            nf_buf_add_char(out, ' ');
        gap = false;
        nf_utf8_put(out, c);
    }
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

static void drop_marks(struct nf_plain_line *line)
{
    nf_buf_drop(&line->bytes, quote_len(nf_buf_span(&line->bytes)));
    size_t len = mark_len(nf_buf_span(&line->bytes));
    line->marked = len > 0;
    nf_buf_drop(&line->bytes, len);
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

static void count(struct nf_plain_line *line)
{
    struct nf_span text = nf_buf_span(&line->bytes);
    unsigned weight = 0;
    bool in_word = false, sentence = false;
    line->words = line->chars = 0;
    for (size_t at = 0; at < text.len;) {
        unsigned per_word;
        uint32_t c = nf_utf8_next(text, &at);
        line->chars++;
        if (nf_is_unspaced(c, &per_word)) {
            weight += 10 / per_word;
            in_word = false;
        } else if (c == ' ') {
            in_word = false;
        } else {
            line->words += !in_word;
            in_word = true;
        }
        sentence = is_sentence_end(c) || (sentence && is_closer(c));
    }
    line->words += (weight + 9) / 10;
    line->ends_sentence = sentence;
}

static void make_lower(struct nf_plain_line *line)
{
    struct nf_span text = nf_buf_span(&line->bytes);
    line->lower.len = 0;
    nf_buf_reserve(&line->lower, text.len);
    for (size_t at = 0; at < text.len;) {
        unsigned char byte = (unsigned char)text.data[at];
        if (byte >= 0x80) {
            nf_utf8_put(&line->lower, nf_lower(nf_utf8_next(text, &at)));
        } else {
            nf_buf_add_char(&line->lower, (char)(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte));
            at++;
        }
    }
}

void nf_plain_line_set(struct nf_plain_line *line, struct nf_span text)
{
    line->bytes.len = 0;
    if (!needs_compose(text)) {
        squeeze(text, &line->bytes);
    } else {
        line->scratch.len = 0;
        nf_compose(text, &line->scratch);
        squeeze(nf_buf_span(&line->scratch), &line->bytes);
    }
    drop_marks(line);
    count(line);
    make_lower(line);
}
