/*
 * json_string.c: escapes, undone.
 * Used by the JSONL reader and writer.
 */
#include "text/json_string.h"

#include "text/utf8.h"

#define ONES UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)

/* Whether any of eight bytes is a quote, a backslash or a control character. May err on the side of yes. */
static bool has_special(uint64_t word)
{
    uint64_t quote = word ^ ONES * '"', backslash = word ^ ONES * '\\';
    uint64_t found = ((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | ((word - ONES * ' ') & ~word);
    return found & HIGHS;
}

static size_t skip_plain(struct nf_span text, size_t at)
{
    uint64_t word;
    for (; at + 8 <= text.len; at += 8) {
        memcpy(&word, text.data + at, 8);
        if (has_special(word))
            break;
    }
    while (at < text.len && (unsigned char)text.data[at] >= ' ' && text.data[at] != '"' && text.data[at] != '\\')
        at++;
    return at;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | ' ');
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The four digits behind \u, or -1. */
static int32_t unit_at(struct nf_span text, size_t at)
{
    int32_t unit = 0;
    if (text.len < 4 || at > text.len - 4)
        return -1;
    for (size_t i = 0; i < 4; i++) {
        int value = hex_value(text.data[at + i]);
        if (value < 0)
            return -1;
        unit = unit << 4 | value;
    }
    return unit;
}

/* The bytes of the escape at `at`, or 0 if it is none. */
static size_t escape_len(struct nf_span text, size_t at)
{
    if (at + 1 == text.len)
        return 0;
    if (text.data[at + 1] == 'u')
        return unit_at(text, at + 2) < 0 ? 0 : 6;
    return memchr("\"\\/bfnrt", text.data[at + 1], 8) ? 2 : 0;
}

size_t nf_json_string_end(struct nf_span text, size_t *wrong)
{
    size_t at = 0;
    while ((at = skip_plain(text, at)) < text.len) {
        if (text.data[at] == '"')
            return at;
        size_t len = text.data[at] == '\\' ? escape_len(text, at) : 0;
        if (!len)
            break;
        at += len;
    }
    *wrong = at;
    return SIZE_MAX;
}

static uint32_t plain_escape(char c)
{
    switch (c) {
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return (unsigned char)c;
    }
}

static bool is_surrogate(int32_t unit, int32_t first)
{
    return unit >= first && unit < first + 0x400;
}

/* The character of the escape at *at, which moves past it. A surrogate alone stays one. */
static uint32_t escape_at(struct nf_span string, size_t *at)
{
    char c = string.data[*at + 1];
    if (c != 'u') {
        *at += 2;
        return plain_escape(c);
    }
    int32_t unit = unit_at(string, *at + 2);
    *at += 6;
    if (!is_surrogate(unit, 0xD800) || string.len - *at < 6 || string.data[*at] != '\\' || string.data[*at + 1] != 'u')
        return (uint32_t)unit;
    int32_t low = unit_at(string, *at + 2);
    if (!is_surrogate(low, 0xDC00))
        return (uint32_t)unit;
    *at += 6;
    return 0x10000 + ((uint32_t)(unit - 0xD800) << 10) + (uint32_t)(low - 0xDC00);
}

/* Bytes up to the next escape. */
static size_t run_len(struct nf_span string, size_t at)
{
    const char *escape = memchr(string.data + at, '\\', string.len - at);
    return escape ? (size_t)(escape - string.data) - at : string.len - at;
}

uint64_t nf_json_string_decode(struct nf_span string, struct nf_buf *out)
{
    uint64_t replaced = 0;
    for (size_t at = 0; at < string.len;) {
        size_t len = run_len(string, at);
        struct nf_decoder decoder = {.encoding = NF_UTF8};
        if (len) {
            nf_decode(&decoder, string.data + at, len, out);
            nf_decode_end(&decoder, out);
        }
        replaced += decoder.replaced;
        at += len;
        if (at == string.len)
            break;
        uint32_t c = escape_at(string, &at);
        replaced += c >= 0xD800 && c < 0xE000;
        nf_utf8_put(out, c);
    }
    return replaced;
}

static size_t width_of(uint32_t c)
{
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

void nf_json_place_seek(struct nf_json_place *place, size_t decoded)
{
    struct nf_span string = place->string;
    while (place->decoded < decoded && place->at < string.len) {
        unsigned char c = (unsigned char)string.data[place->at];
        if (c == '\\') {
            place->decoded += width_of(escape_at(string, &place->at));
        } else if (c < 0x80) {
            place->decoded++;
            place->at++;
        } else {
            size_t part = nf_utf8_part((const unsigned char *)string.data + place->at, string.len - place->at);
            bool whole = nf_utf8_sequence((const unsigned char *)string.data + place->at, string.len - place->at) > 0;
            place->decoded += whole ? part : 3;
            place->at += part;
        }
    }
}
