/*
 * charset.c: which encoding a page is in, and decoding it.
 * Used by the page reader.
 */
#include "text/charset.h"

#include <errno.h>
#include <iconv.h>
#include <strings.h>

#include "text/utf8.h"
#include "text/utf8_valid.h"

/* Pages declare within the first 1024 bytes, or later behind long scripts; browsers wait, and so do we. */
#define DECLARATION_LEN ((size_t)16 << 10)
#define LABEL_LEN_MAX 40

/* So many UTF-8 sequences and no error: no other encoding looks like that by chance. */
#define SEQUENCES_SURE 4

#define REPLACEMENT "\xEF\xBF\xBD"

struct utf8_counts {
    uint64_t good, bad;         /* sequences of several bytes */
};

static struct utf8_counts count_utf8(struct nf_span text)
{
    struct utf8_counts counts = {0, 0};
    const unsigned char *p = (const unsigned char *)text.data, *end = p + text.len;
    while (p < end) {
        uint64_t word;
        if (end - p >= 8 && (memcpy(&word, p, 8), !(word & UINT64_C(0x8080808080808080)))) {
            p += 8;
            continue;
        }
        if (*p < 0x80) {
            p++;
            continue;
        }
        size_t len = nf_utf8_sequence(p, (size_t)(end - p));
        counts.good += len > 0;
        counts.bad += len == 0;
        p += len ? len : 1;
    }
    return counts;
}

static bool is_label_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("-_:.+", c);
}

static bool take_label(const char *p, const char *end, char label[LABEL_LEN_MAX + 1])
{
    size_t len = 0;
    while (p + len < end && len < LABEL_LEN_MAX && p[len] && is_label_char(p[len]))
        len++;
    for (size_t i = 0; i < len; i++)
        label[i] = p[i] == '_' ? '-' : p[i];
    label[len] = '\0';
    return len >= 2;
}

static bool ends_with(const char *from, const char *end, const char *name)
{
    size_t len = strlen(name);
    return (size_t)(end - from) >= len && (end[-1] | 0x20) == name[len - 1] && strncasecmp(end - len, name, len) == 0;
}

/* The word behind `charset=` or `encoding=`: in a meta element, its content, or an XML declaration. */
static bool find_label(struct nf_span page, char label[LABEL_LEN_MAX + 1])
{
    const char *end = page.data + (page.len < DECLARATION_LEN ? page.len : DECLARATION_LEN);
    for (const char *p = page.data; p < end && (p = memchr(p, '=', (size_t)(end - p)));) {
        const char *name_end = p++, *q = p;
        while (name_end > page.data && (name_end[-1] == ' ' || name_end[-1] == '\t'))
            name_end--;
        if (!ends_with(page.data, name_end, "charset") && !ends_with(page.data, name_end, "encoding"))
            continue;
        while (q < end && *q && strchr(" \t\"'", *q))
            q++;
        if (take_label(q, end, label))
            return true;
    }
    return false;
}

/* iconv's name for a label. */
static const char *encoding_of(const char *label)
{
    static const char *const rows[][2] = {
#define LABEL(name, encoding) {name, encoding},
#include "text/charset_labels.def"
#undef LABEL
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcasecmp(rows[i][0], label) == 0)
            return rows[i][1];
    return label;
}

/* The standard gives every byte a meaning: the five that Microsoft left free are C1 controls. */
uint32_t nf_charset_windows_1252(unsigned char byte)
{
    static const uint16_t high[32] = {
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,
        0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
        0x0153, 0x9D, 0x017E, 0x0178,
    };
    return high[byte & 0x1F];
}

static void decode_windows_1252(struct nf_span page, struct nf_buf *out)
{
    size_t from = 0;
    for (size_t at = 0; at < page.len; at++) {
        unsigned char c = (unsigned char)page.data[at];
        if (c < 0x80)
            continue;
        nf_buf_add(out, page.data + from, at - from);
        nf_utf8_put(out, c < 0xA0 ? nf_charset_windows_1252(c) : c);
        from = at + 1;
    }
    nf_buf_add(out, page.data + from, page.len - from);
}

static uint64_t decode_iconv(iconv_t converter, struct nf_span page, struct nf_buf *out)
{
    char *in = (char *)(uintptr_t)page.data;    /* iconv(3) does not write there */
    size_t in_left = page.len;
    uint64_t replaced = 0;
    while (in_left) {
        size_t room = in_left + in_left / 2 + 64;
        char *to = nf_buf_reserve(out, room), *start = to;
        size_t result = iconv(converter, &in, &in_left, &to, &room);
        out->len += (size_t)(to - start);
        if (result != (size_t)-1)
            continue;
        if (errno == E2BIG)
            continue;
        nf_buf_add(out, REPLACEMENT, 3);        /* a byte that begins no character, or a character cut at the end */
        replaced++;
        in++, in_left--;
    }
    return replaced;
}

static uint64_t decode_utf8(struct nf_span page, struct nf_buf *out)
{
    struct nf_decoder decoder = {0};
    nf_decode(&decoder, page.data, page.len, out);
    nf_decode_end(&decoder, out);
    return decoder.replaced;
}

static bool has_mark(struct nf_span page)
{
    return (page.len >= 2 && (memcmp(page.data, "\xFF\xFE", 2) == 0 || memcmp(page.data, "\xFE\xFF", 2) == 0))
           || (page.len >= 3 && memcmp(page.data, "\xEF\xBB\xBF", 3) == 0);
}

/* A page that says UTF-8 and errs here and there is UTF-8 with errors; one that errs everywhere is not. */
static bool is_utf8(const struct utf8_counts *counts, const char *encoding)
{
    bool declared = encoding && strcasecmp(encoding, "UTF-8") == 0;
    if (!counts->bad)
        return declared || !encoding || counts->good >= SEQUENCES_SURE;
    return declared && counts->good >= counts->bad;
}

static void swap(struct nf_buf *a, struct nf_buf *b)
{
    struct nf_buf kept = *a;
    *a = *b;
    *b = kept;
}

uint64_t nf_charset_decode(struct nf_buf *bytes, struct nf_span sent, struct nf_buf *out)
{
    struct nf_span page = nf_buf_span(bytes);
    out->len = 0;
    char label[LABEL_LEN_MAX + 1];
    if (has_mark(page))
        return decode_utf8(page, out);
    bool found = take_label(sent.data, sent.data + sent.len, label) || find_label(page, label);
    const char *encoding = found ? encoding_of(label) : NULL;
    bool other = encoding && strcasecmp(encoding, "UTF-8") != 0;
    struct utf8_counts counts = {0, 0};
    if (other || !nf_utf8_is_valid(nf_cpu_best(), page.data, page.len))
        counts = count_utf8(page);
    if (is_utf8(&counts, encoding)) {
        if (counts.bad)
            return decode_utf8(page, out);
        swap(bytes, out);
        return 0;
    }
    bool western = !other || strcasecmp(encoding, "WINDOWS-1252") == 0;
    iconv_t converter = western ? (iconv_t)-1 : iconv_open("UTF-8", encoding);
    if (converter == (iconv_t)-1) {
        decode_windows_1252(page, out);
        return 0;
    }
    uint64_t replaced = decode_iconv(converter, page, out);
    iconv_close(converter);
    return replaced;
}
