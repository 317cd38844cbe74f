/*
 * repair.c: entities and mojibake decoded, for comparison.
 * Used by the normaliser.
 */
#include "text/repair.h"

#include "text/utf8.h"

#define LAYERS 3

static const struct {
    const char *name;
    uint32_t code_point;
} entities[] = {
#define ENTITY(name, code_point) {name, code_point},
#include "text/entities.def"
#undef ENTITY
};

static uint32_t named(struct nf_span name)
{
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (nf_span_is(name, entities[i].name))
            return entities[i].code_point;
    return 0;
}

static int digit_value(char c, unsigned base)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (base == 16 && (c | 0x20) >= 'a' && (c | 0x20) <= 'f')
        return (c | 0x20) - 'a' + 10;
    return -1;
}

static uint32_t numbered(struct nf_span digits)
{
    unsigned base = digits.len && (digits.data[0] | 0x20) == 'x' ? 16 : 10;
    uint32_t value = 0;
    for (size_t i = base == 16; i < digits.len; i++) {
        int digit = digit_value(digits.data[i], base);
        if (digit < 0 || value > 0x10FFFF)
            return 0;
        value = value * base + (uint32_t)digit;
    }
    return value;
}

/* windows-1252, bytes 0x80 to 0x9F; 0 where the code page has nothing. */
static const uint16_t cp1252[32] = {
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
};

/* out  the character, and in *len the bytes of the whole reference; 0 if there is none */
static uint32_t entity_at(struct nf_span text, size_t at, size_t *len)
{
    size_t from = at + 1, end = from;
    while (end < text.len && end - from < 10 && text.data[end] != ';')
        end++;
    if (end >= text.len || text.data[end] != ';' || end == from)
        return 0;
    struct nf_span name = nf_span(text.data + from, end - from);
    *len = end + 1 - at;
    uint32_t c = name.data[0] == '#' ? numbered(nf_span(name.data + 1, name.len - 1)) : named(name);
    return c >= 0x80 && c < 0xA0 && cp1252[c - 0x80] ? cp1252[c - 0x80] : c;
}

bool nf_is_entity(struct nf_span text, size_t at)
{
    size_t len;
    return entity_at(text, at, &len) != 0;
}

/* The byte that a program reading windows-1252 had before it, or -1. */
static int byte_of(uint32_t c)
{
    if (c < 0x80)                                       /* NUL is no hole of the code page */
        return -1;
    if (c >= 0xA0 && c <= 0xFF)
        return (int)c;
    for (int i = 0; i < 32; i++)
        if (cp1252[i] == c)
            return 0x80 + i;
    return c >= 0x80 && c < 0xA0 ? (int)c : -1;         /* the five holes come through as C1 controls */
}

/* out  the character that the next two to four stand for, and their length in bytes; 0 if they do not */
static uint32_t mojibake_at(struct nf_span text, size_t at, size_t *len)
{
    size_t next = at;
    int lead = byte_of(nf_utf8_next(text, &next));
    if (lead < 0xC2 || lead > 0xF4)
        return 0;
    unsigned need = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    uint32_t c = (uint32_t)lead & (0x3Fu >> need);
    for (unsigned i = 0; i < need; i++) {
        int byte = next < text.len ? byte_of(nf_utf8_next(text, &next)) : -1;
        if (byte < 0x80 || byte > 0xBF)
            return 0;
        c = c << 6 | ((uint32_t)byte & 0x3F);
    }
    *len = next - at;
    return c >= (need == 1 ? 0x80u : need == 2 ? 0x800u : 0x10000u) && c <= 0x10FFFF ? c : 0;
}

bool nf_is_mojibake(struct nf_span text, size_t at)
{
    size_t len;
    return mojibake_at(text, at, &len) != 0;
}

bool nf_is_damaged(struct nf_span text)
{
    for (size_t at = 0; at < text.len; at++) {
        unsigned char byte = (unsigned char)text.data[at];
        bool starts = byte >= 0xC2;
        if ((byte == '&' && nf_is_entity(text, at)) || (starts && nf_is_mojibake(text, at)))
            return true;
        if (byte == 0xEF && at + 2 < text.len && memcmp(text.data + at, "\xEF\xBF\xBD", 3) == 0)
            return true;
    }
    return false;
}

/* One layer; gives back whether anything changed. */
static bool decode_layer(struct nf_span text, struct nf_buf *out)
{
    bool changed = false;
    for (size_t at = 0; at < text.len;) {
        unsigned char byte = (unsigned char)text.data[at];
        size_t len = 1;
        uint32_t c = byte == '&' ? entity_at(text, at, &len) : byte >= 0x80 ? mojibake_at(text, at, &len) : 0;
        if (c) {
            nf_utf8_put(out, c);
            changed = true;
        } else {
            size_t next = at;
            nf_utf8_next(text, &next);
            len = next - at;
            nf_buf_add(out, text.data + at, len);
        }
        at += len;
    }
    return changed;
}

void nf_repair(struct nf_span text, struct nf_buf *out)
{
    struct nf_buf layer = {0};
    out->len = 0;
    nf_buf_add(out, text.data, text.len);
    for (int i = 0; i < LAYERS; i++) {
        layer.len = 0;
        if (!decode_layer(nf_buf_span(out), &layer))
            break;
        struct nf_buf swap = *out;
        *out = layer;
        layer = swap;
    }
    nf_buf_release(&layer);
}
