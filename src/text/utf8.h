/*
 * utf8.h: bytes of unknown make into valid UTF-8, and reading valid UTF-8.
 * Used by the readers (decoder) and by everything that looks at characters.
 */
#ifndef NEWSFOLD_TEXT_UTF8_H
#define NEWSFOLD_TEXT_UTF8_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

enum nf_encoding { NF_UNDECIDED, NF_UTF8, NF_UTF16LE, NF_UTF16BE };

/* A decoder holds the few bytes that a block's end cut off from their character. */
struct nf_decoder {
    enum nf_encoding encoding;
    unsigned char held[4];
    size_t held_len;
    uint64_t replaced;          /* ill-formed sequences that became U+FFFD */
};

/*
 * Decode a block, in whatever sizes blocks come.
 *
 * in      bytes: in no memory of out but where nf_decode_room says; UTF-8, or UTF-16 behind a byte order mark; anything else is replaced by U+FFFD,
 *         one for each maximal ill-formed part
 * out     out: valid UTF-8 is added; byte order marks at the start are not
 * source  Unicode 15, section 3.9, "U+FFFD substitution of maximal subparts"
 */
void nf_decode(struct nf_decoder *decoder, const char *bytes, size_t len, struct nf_buf *out);

/*
 * Where `len` bytes may be put for nf_decode, which then leaves them there as far as they are well-formed.
 *
 * lives   until out is added to
 * gives back NULL where they would have to be copied all the same
 */
char *nf_decode_room(const struct nf_decoder *decoder, size_t len, struct nf_buf *out);

/* The input is over: what is held becomes U+FFFD. The decoder is as new afterwards. */
void nf_decode_end(struct nf_decoder *decoder, struct nf_buf *out);

/*
 * Read one character.
 *
 * in      text: valid UTF-8, *at < text.len
 * out     the code point; *at moves past it
 */
static inline uint32_t nf_utf8_next(struct nf_span text, size_t *at)
{
    const unsigned char *p = (const unsigned char *)text.data + *at;
    if (p[0] < 0x80) {
        *at += 1;
        return p[0];
    }
    if (p[0] < 0xE0) {
        *at += 2;
        return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
    }
    if (p[0] < 0xF0) {
        *at += 3;
        return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    }
    *at += 4;
    return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12
           | (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
}

/* The bytes of the well-formed character at p, or 0 if none is there. in  len: at least 1 */
size_t nf_utf8_sequence(const unsigned char *p, size_t len);

/* The bytes at p that become one character, or one U+FFFD. in  len: at least 1 */
size_t nf_utf8_part(const unsigned char *p, size_t len);

/* How many characters the text has. */
size_t nf_utf8_count(struct nf_span text);

/* Add a code point; surrogates and values past U+10FFFF become U+FFFD. */
void nf_utf8_put(struct nf_buf *out, uint32_t code_point);

#endif
