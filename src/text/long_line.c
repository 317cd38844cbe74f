/*
 * long_line.c: long lines of Latin or Cyrillic letters, looked at as they are.
 * Used by the strip stage and by the index of rules.
 */
#include "text/long_line.h"

#include <assert.h>

#include "text/eight.h"
#include "text/long_line_ways.h"
#include "text/plain_line.h"
#include "text/signs.h"

/* Signs of Latin-1 that have no other form. */
static bool is_rare_sign(unsigned char second)
{
    return (second >= 0xA1 && second <= 0xA7) || second == 0xA9 || second == 0xAB || second == 0xAE || second == 0xB0
           || second == 0xB1 || second == 0xB6 || second == 0xB7 || second == 0xBB || second == 0xBF;
}

bool nf_long_line_sign(const char *p, uint32_t *dots)
{
    unsigned char first = (unsigned char)p[0], second = (unsigned char)p[1];
    if (first < 0xE0)
        return first == 0xC3 || (first == 0xC2 && is_rare_sign(second)) || first == 0xD0 || (first == 0xD1 && second < 0xA0);
    unsigned char third = (unsigned char)p[2];
    *dots += nf_is_dots(p);
    if (nf_is_general(p))
        return (third >= 0x90 && third <= 0xA3 && third != 0x97) || third == 0xA6;
    return first == 0xE2 && second == 0x82 && third == 0xAC;       /* the euro */
}

static bool count(struct nf_span text, size_t readable, enum nf_cpu cpu, struct nf_line_counts *counts)
{
    switch (cpu) {
#if NF_CPU_IS_X86
    case NF_CPU_V4: return nf_long_line_count_v4(text, readable, counts);
    case NF_CPU_V3: return nf_long_line_count_v3(text, readable, counts);
    case NF_CPU_V2: return nf_long_line_count_v2(text, readable, counts);
#elif NF_CPU_IS_ARM
    case NF_CPU_NEON: return nf_long_line_count_neon(text, readable, counts);
#endif
    default: return nf_long_line_count_any(text, readable, counts);
    }
}

void nf_long_line_box(struct nf_span text, size_t readable, enum nf_cpu cpu, const struct nf_boxes *boxes, struct nf_boxed *boxed)
{
    _Static_assert(NF_LONG_LINE_MAX / 64 < 64, "a bit for each block");
    assert(text.len <= NF_LONG_LINE_MAX);
    switch (cpu) {
#if NF_CPU_IS_X86
    case NF_CPU_V4: boxed->blocks = nf_long_line_box_v4(text, readable, boxes, boxed->places); break;
    case NF_CPU_V3: boxed->blocks = nf_long_line_box_v3(text, readable, boxes, boxed->places); break;
    case NF_CPU_V2: boxed->blocks = nf_long_line_box_v2(text, readable, boxes, boxed->places); break;
#elif NF_CPU_IS_ARM
    case NF_CPU_NEON: boxed->blocks = nf_long_line_box_neon(text, readable, boxes, boxed->places); break;
#endif
    default: boxed->blocks = nf_long_line_box_any(text, readable, boxes, boxed->places); break;
    }
}

/* The bytes of a list mark at the start, its blank included; 0 if there is none. */
static size_t mark_len(struct nf_span text)
{
    const char *p = text.data;
    unsigned char c = (unsigned char)p[0];
    size_t len = 0;
    if (c == '-' || c == '*' || c == 'o')
        len = 1;
    else if (c == 0xC2 && (unsigned char)p[1] == 0xB7)
        len = 2;
    else if (c == 0xE2 && nf_is_general(p) && (nf_sign_of((unsigned char)p[2]) == '-' || (unsigned char)p[2] == 0xA2))
        len = 3;
    return len && text.len > len + 1 && p[len] == ' ' ? len + 1 : 0;
}

/* The character that ends so many bytes, plain; 0x80 for one that is not of ASCII. out  from: where it begins */
static unsigned char char_before(struct nf_span text, size_t end, size_t *from)
{
    unsigned char last = (unsigned char)text.data[end - 1];
    *from = end - 1;
    if (last < 0x80)
        return last;
    while (((unsigned char)text.data[*from] & 0xC0) == 0x80)
        --*from;
    const char *p = text.data + *from;
    if (end - *from != 3 || !nf_is_general(p))
        return 0x80;
    char sign = nf_is_dots(p) ? '.' : nf_sign_of((unsigned char)p[2]);
    return sign ? (unsigned char)sign : 0x80;
}

static bool is_closing_mark(struct nf_span text, size_t from, unsigned char c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || (c == 0x80 && memcmp(text.data + from, "\xC2\xBB", 2) == 0);
}

/* in  end, c: the last character begins there, and is this. The last one that closes nothing ends a sentence. */
static bool ends_sentence(struct nf_span text, size_t end, unsigned char c)
{
    while (end && is_closing_mark(text, end, c))
        c = char_before(text, end, &end);
    return c == '.' || c == '!' || c == '?';
}

bool nf_long_line_read(struct nf_span text, size_t readable, enum nf_cpu cpu, struct nf_long_line *line)
{
    struct nf_line_counts counts;
    if (!text.len || text.len > NF_LONG_LINE_MAX)
        return false;
    char first = text.data[0];
    if (first == ' ' || first == '>' || first == '|' || text.data[text.len - 1] == ' ' || !count(text, readable, cpu, &counts))
        return false;
    size_t from;
    line->mark_len = (uint8_t)mark_len(text);
    bool marked = line->mark_len;
    line->words = counts.blanks + 1 - marked;
    line->chars = (uint32_t)text.len - counts.continuations + 2 * counts.dots - 2 * marked;
    line->continuations = counts.continuations;
    line->last = char_before(text, text.len, &from);
    line->ends_sentence = ends_sentence(text, from, line->last);
    line->signs = counts.signs;
    return true;
}

/* Of U+0400 to U+045F: in lower case. */
static uint32_t lower_cyrillic(uint32_t c)
{
    return c < 0x410 ? c + 0x50 : c < 0x430 ? c + 0x20 : c;
}

/* A character of such a line in lower case. out  at: behind it */
static char *put_lower(struct nf_span text, size_t *at, char *out)
{
    const char *p = text.data + *at;
    unsigned char first = (unsigned char)p[0];
    if (first < 0x80) {
        *out++ = (char)(first >= 'A' && first <= 'Z' ? first + 32 : first);
        *at += 1;
    } else if (first < 0xE0) {
        unsigned char second = (unsigned char)p[1];
        uint32_t c = (first & 0x1Fu) << 6 | (second & 0x3Fu);
        if (first >= 0xD0)
            c = lower_cyrillic(c);
        else if (c >= 0xC0 && c < 0xDF && c != 0xD7)
            c += 0x20;
        *out++ = (char)(0xC0 | c >> 6);
        *out++ = (char)(0x80 | (c & 0x3F));
        *at += 2;
    } else {
        char sign = nf_is_general(p) ? nf_sign_of((unsigned char)p[2]) : 0;
        memcpy(out, nf_is_dots(p) ? "..." : p, 3);
        out[0] = sign ? sign : out[0];
        out += sign ? 1 : 3;
        *at += 3;
    }
    return out;
}

/* The first of eight bytes that are ASCII in lower case. out  their number; what follows them is of no account */
static unsigned put_eight(uint64_t word, char *out)
{
    uint64_t others = word & NF_EIGHT(0x80), ascii = word & NF_EIGHT(0x7F);
    uint64_t upper = nf_eight_at_least(ascii, 'A') & ~nf_eight_at_least(ascii, 'Z' + 1);
    nf_eight_store(out, word | upper >> 2);
    return others ? nf_eight_before(others) : 8;
}

struct nf_span nf_long_line_head(struct nf_span text, const struct nf_long_line *line, char *out)
{
    char *from = out;
    size_t at = line->mark_len;
    if (at + 8 <= text.len && put_eight(nf_eight_load(text.data + at), out) == 8)
        return nf_span(from, 8);
    for (unsigned i = 0; i < NF_HEAD_CHARS && at < text.len; i++)
        out = put_lower(text, &at, out);
    return nf_span(from, (size_t)(out - from));
}

void nf_long_line_lower(struct nf_span text, const struct nf_long_line *line, struct nf_buf *lower)
{
    lower->len = 0;
    char *from = nf_buf_reserve(lower, text.len + NF_PLAIN_LINE_PADDING), *out = from;
    for (size_t at = line->mark_len; at < text.len;) {
        unsigned len = at + 8 <= text.len ? put_eight(nf_eight_load(text.data + at), out) : 0;
        at += len;
        out += len;
        if (len < 8)
            out = put_lower(text, &at, out);
    }
    memset(out, 0, NF_PLAIN_LINE_PADDING);
    lower->len = (size_t)(out - from);
}
