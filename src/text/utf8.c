/*
 * utf8.c: decoding input to valid UTF-8.
 * Used by the readers.
 */
#include "text/utf8.h"

#include "text/utf8_valid.h"

#define REPLACEMENT "\xEF\xBF\xBD"
#define PIECE_LEN ((size_t)16 << 10)

/* All bytes but the further ones of characters, 10xxxxxx; eight at a time. */
size_t nf_utf8_count(struct nf_span text)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    size_t at = 0, further = 0;
    for (uint64_t word; at + 8 <= text.len; at += 8) {
        memcpy(&word, text.data + at, 8);
        further += (size_t)((word >> 7 & ~word >> 6 & ones) * ones >> 56);
    }
    for (; at < text.len; at++)
        further += ((unsigned char)text.data[at] & 0xC0) == 0x80;
    return text.len - further;
}

void nf_utf8_put(struct nf_buf *out, uint32_t c)
{
    char *p = nf_buf_reserve(out, 4);
    if (c < 0x80) {
        p[0] = (char)c;
        out->len += 1;
    } else if (c < 0x800) {
        p[0] = (char)(0xC0 | c >> 6);
        p[1] = (char)(0x80 | (c & 0x3F));
        out->len += 2;
    } else if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) {
        nf_buf_add(out, REPLACEMENT, 3);
    } else if (c < 0x10000) {
        p[0] = (char)(0xE0 | c >> 12);
        p[1] = (char)(0x80 | (c >> 6 & 0x3F));
        p[2] = (char)(0x80 | (c & 0x3F));
        out->len += 3;
    } else {
        p[0] = (char)(0xF0 | c >> 18);
        p[1] = (char)(0x80 | (c >> 12 & 0x3F));
        p[2] = (char)(0x80 | (c >> 6 & 0x3F));
        p[3] = (char)(0x80 | (c & 0x3F));
        out->len += 4;
    }
}

/* The range of a sequence's second byte rules out overlong forms, surrogates and values past U+10FFFF. */
static bool second_byte_fits(unsigned char lead, unsigned char second)
{
    switch (lead) {
    case 0xE0: return second >= 0xA0 && second <= 0xBF;
    case 0xED: return second >= 0x80 && second <= 0x9F;
    case 0xF0: return second >= 0x90 && second <= 0xBF;
    case 0xF4: return second >= 0x80 && second <= 0x8F;
    default: return (second & 0xC0) == 0x80;
    }
}

static size_t sequence_len(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead < 0xE0)
        return 2;
    if (lead >= 0xE0 && lead < 0xF0)
        return 3;
    return lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
}

/* The bytes at p that are a character or begin one: as many as hold together, `*whole` if it is complete. */
static size_t well_formed(const unsigned char *p, size_t len, bool *whole)
{
    size_t need = sequence_len(p[0]), have = 1;
    *whole = false;
    if (!need)
        return 1;
    while (have < need && have < len
           && (have == 1 ? second_byte_fits(p[0], p[1]) : (p[have] & 0xC0) == 0x80))
        have++;
    *whole = have == need;
    return have;
}

size_t nf_utf8_sequence(const unsigned char *p, size_t len)
{
    bool whole;
    size_t have = well_formed(p, len, &whole);
    return whole ? have : 0;
}

size_t nf_utf8_part(const unsigned char *p, size_t len)
{
    bool whole;
    return well_formed(p, len, &whole);
}

/* Plain ASCII, eight bytes at a time. */
static size_t ascii_len(const unsigned char *p, size_t len)
{
    size_t at = 0;
    for (uint64_t word; at + 8 <= len; at += 8) {
        memcpy(&word, p + at, 8);
        if (word & UINT64_C(0x8080808080808080))
            break;
    }
    while (at < len && p[at] < 0x80)
        at++;
    return at;
}

static void hold(struct nf_decoder *decoder, const unsigned char *p, size_t len)
{
    memcpy(decoder->held, p, len);
    decoder->held_len = len;
}

/* Copies runs of well-formed text whole; gives back how many bytes at the end only begin a character. */
static size_t add_utf8(struct nf_decoder *decoder, const unsigned char *p, size_t len, struct nf_buf *out)
{
    size_t from = 0, at = 0;
    while (at < len) {
        at += ascii_len(p + at, len - at);
        if (at == len)
            break;
        bool whole;
        size_t have = well_formed(p + at, len - at, &whole);
        if (!whole && at + have == len && sequence_len(p[at])) {
            nf_buf_add(out, (const char *)p + from, at - from);
            return len - at;
        }
        if (!whole) {
            nf_buf_add(out, (const char *)p + from, at - from);
            nf_buf_add(out, REPLACEMENT, 3);
            decoder->replaced++;
            from = at + have;
        }
        at += have;
    }
    nf_buf_add(out, (const char *)p + from, len - from);
    return 0;
}

/* The bytes before a character that the end may cut off. */
static size_t whole_len(const unsigned char *p, size_t len)
{
    for (size_t back = 1; back <= 3 && back <= len; back++)
        if ((p[len - back] & 0xC0) != 0x80)
            return sequence_len(p[len - back]) > back ? len - back : len;
    return len;
}

/* Text is looked at in pieces: one that is well-formed is copied, one that is not is gone through with care. */
static void add_pieces(struct nf_decoder *decoder, const unsigned char *p, size_t len, struct nf_buf *out)
{
    enum nf_cpu cpu = nf_cpu_best();
    while (len) {
        size_t piece = len < PIECE_LEN ? len : PIECE_LEN, done = whole_len(p, piece);
        if (done && nf_utf8_is_valid(cpu, (const char *)p, done)) {
            nf_buf_add(out, (const char *)p, done);
        } else {
            size_t left = add_utf8(decoder, p, piece, out);
            if (piece == len && left) {
                hold(decoder, p + piece - left, left);
                left = 0;
            }
            done = piece - left;
        }
        p += done;
        len -= done;
    }
}

static void decode_utf8(struct nf_decoder *decoder, const unsigned char *p, size_t len, struct nf_buf *out)
{
    while (decoder->held_len && len) {
        unsigned char joined[4];
        size_t held = decoder->held_len;
        memcpy(joined, decoder->held, held);
        joined[held] = *p++;
        len--;
        decoder->held_len = 0;
        size_t left = add_utf8(decoder, joined, held + 1, out);
        if (left)
            hold(decoder, joined + held + 1 - left, left);
    }
    add_pieces(decoder, p, len, out);
}

static uint32_t unit16(const struct nf_decoder *decoder, const unsigned char *p)
{
    return decoder->encoding == NF_UTF16LE ? (uint32_t)(p[0] | p[1] << 8) : (uint32_t)(p[0] << 8 | p[1]);
}

/* held: up to one unit and a half, a high surrogate waiting for its low one. */
static void decode_utf16(struct nf_decoder *decoder, const unsigned char *p, size_t len, struct nf_buf *out)
{
    for (size_t i = 0; i < len; i++) {
        decoder->held[decoder->held_len++] = p[i];
        if (decoder->held_len % 2)
            continue;
        uint32_t first = unit16(decoder, decoder->held);
        bool high = first >= 0xD800 && first < 0xDC00;
        if (high && decoder->held_len == 2)
            continue;
        uint32_t second = high ? unit16(decoder, decoder->held + 2) : 0;
        if (high && second >= 0xDC00 && second < 0xE000) {
            nf_utf8_put(out, 0x10000 + ((first & 0x3FF) << 10 | (second & 0x3FF)));
            decoder->held_len = 0;
            continue;
        }
        decoder->replaced += first >= 0xD800 && first < 0xE000;
        nf_utf8_put(out, first);
        decoder->held_len = 0;
        if (high) {                             /* its partner is a unit of its own */
            unsigned char again[2] = {decoder->held[2], decoder->held[3]};
            decode_utf16(decoder, again, 2, out);
        }
    }
}

/* Decided at the third byte: until then nothing is passed on. */
static void decide(struct nf_decoder *decoder, struct nf_buf *out, bool ended)
{
    unsigned char first[4];
    size_t len = decoder->held_len, mark = 0;
    memcpy(first, decoder->held, len);
    decoder->encoding = NF_UTF8;
    if (len >= 2 && first[0] == 0xFF && first[1] == 0xFE)
        decoder->encoding = NF_UTF16LE, mark = 2;
    else if (len >= 2 && first[0] == 0xFE && first[1] == 0xFF)
        decoder->encoding = NF_UTF16BE, mark = 2;
    else if (len >= 3 && memcmp(first, "\xEF\xBB\xBF", 3) == 0)
        mark = 3;
    else if (!ended && len < 3) {
        decoder->encoding = NF_UNDECIDED;
        return;
    }
    decoder->held_len = 0;
    nf_decode(decoder, (const char *)first + mark, len - mark, out);
}

char *nf_decode_room(const struct nf_decoder *decoder, size_t len, struct nf_buf *out)
{
    size_t held = decoder->held_len;
    return decoder->encoding == NF_UTF8 ? nf_buf_reserve(out, held + len) + held : NULL;
}

/* Behind what was decoded, and the bytes that are held for them. */
static bool is_in_place(const struct nf_decoder *decoder, const char *bytes, size_t len, const struct nf_buf *out)
{
    size_t from = out->len + decoder->held_len;
    return decoder->encoding == NF_UTF8 && out->data && from + len <= out->capacity && bytes == out->data + from;
}

/* What follows a place that is ill-formed, or cut off, is decoded from a copy. */
static void decode_in_place(struct nf_decoder *decoder, size_t len, struct nf_buf *out)
{
    enum nf_cpu cpu = nf_cpu_best();
    unsigned char *p = (unsigned char *)out->data + out->len;
    size_t all = decoder->held_len + len, done = 0;
    struct nf_buf rest = {0};
    memcpy(p, decoder->held, decoder->held_len);
    decoder->held_len = 0;
    while (done < all) {
        size_t piece = all - done < PIECE_LEN ? all - done : PIECE_LEN, good = whole_len(p + done, piece);
        if (!good || !nf_utf8_is_valid(cpu, (const char *)p + done, good))
            break;
        done += good;
    }
    nf_buf_add(&rest, (const char *)p + done, all - done);
    out->len += done;
    add_pieces(decoder, (const unsigned char *)rest.data, rest.len, out);
    nf_buf_release(&rest);
}

void nf_decode(struct nf_decoder *decoder, const char *bytes, size_t len, struct nf_buf *out)
{
    const unsigned char *p = (const unsigned char *)bytes;
    if (is_in_place(decoder, bytes, len, out)) {
        decode_in_place(decoder, len, out);
        return;
    }
    while (decoder->encoding == NF_UNDECIDED && len) {
        decoder->held[decoder->held_len++] = *p++;
        len--;
        decide(decoder, out, false);
    }
    if (decoder->encoding == NF_UTF8)
        decode_utf8(decoder, p, len, out);
    else if (len)
        decode_utf16(decoder, p, len, out);
}

void nf_decode_end(struct nf_decoder *decoder, struct nf_buf *out)
{
    if (decoder->encoding == NF_UNDECIDED)
        decide(decoder, out, true);
    if (decoder->held_len) {
        nf_buf_add(out, REPLACEMENT, 3);
        decoder->replaced++;
    }
    *decoder = (struct nf_decoder){.replaced = decoder->replaced};
}
