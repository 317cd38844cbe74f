/*
 * normalise_any.c: paragraphs to keys in plain C, eight bytes at a time.
 * Used by the normaliser where there are no vector instructions that it knows.
 */
#include <string.h>

#include "text/normalise_masks.h"
#include "text/normalise_walk.h"

#define NF_LEVEL

enum { LOADS_VALID_ONLY = 0 };

#define ONES UINT64_C(0x0101010101010101)

struct block {
    const uint8_t *bytes;
};

static inline size_t count(uint64_t bits)
{
    bits -= bits >> 1 & ONES * 0x55;
    bits = (bits & ONES * 0x33) + (bits >> 2 & ONES * 0x33);
    bits = (bits + (bits >> 4)) & ONES * 0x0F;
    return (size_t)(bits * ONES >> 56);
}

static inline struct block load(const char *p, uint64_t valid)
{
    (void)valid;
    return (struct block){(const uint8_t *)p};
}

/* Eight bytes in the order of a little-endian machine. */
static inline uint64_t eight(const uint8_t *p)
{
    uint64_t word;
    memcpy(&word, p, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

static inline void put_eight(char *p, uint64_t word)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    memcpy(p, &word, 8);
}

/* Bit n of each of eight bytes, as eight bits. */
static inline uint64_t bits(uint64_t word, unsigned n)
{
    return (word >> n & ONES) * UINT64_C(0x0102040810204080) >> 56;
}

/* Bits of the classes that few bytes have. */
#define RARE (ONES * (1 << NF_ASCII_POINT_BIT | 1 << NF_ASCII_MINUS_BIT | 1 << NF_ASCII_AMP_BIT))

static inline void classify(const struct block *block, struct nf_masks *is)
{
    *is = (struct nf_masks){0};
    for (unsigned i = 0; i < 64; i += 8) {
        const uint8_t *p = block->bytes + i;
        uint64_t word = 0;
        for (unsigned k = 0; k < 8; k++)
            word |= (uint64_t)nf_classes[p[k]] << 8 * k;
        is->wide |= bits(eight(p), 7) << i;
        is->letter |= bits(word, 0) << i;
        is->digit |= bits(word, NF_ASCII_DIGIT_BIT) << i;
        is->blank |= bits(word, NF_ASCII_BLANK_BIT) << i;
        if (!(word & RARE))
            continue;
        is->point |= bits(word, NF_ASCII_POINT_BIT) << i;
        is->minus |= bits(word, NF_ASCII_MINUS_BIT) << i;
        is->amp |= bits(word, NF_ASCII_AMP_BIT) << i;
    }
}

static inline uint64_t bit_if(bool is, unsigned at)
{
    return (uint64_t)is << at;
}

static inline void classify_wide_byte(uint8_t byte, unsigned at, struct nf_wide *is)
{
    unsigned class = byte < 0xC0 ? nf_wide_classes[byte & 0x3F] : 0;
    is->lead |= bit_if(byte >= 0xC0, at);
    is->c2 |= bit_if(byte == 0xC2, at);
    is->c3 |= bit_if(byte == 0xC3, at);
    is->e2 |= bit_if(byte == 0xE2, at);
    is->is_80 |= bit_if(byte == 0x80, at);
    is->c2_letter |= bit_if(class & NF_C2_LETTER, at);
    is->c2_break |= bit_if(class & NF_C2_BREAK, at);
    is->c2_skip |= bit_if(class & NF_C2_SKIP, at);
    is->c3_break |= bit_if(class & NF_C3_BREAK, at);
    is->c3_upper |= bit_if(class & NF_C3_UPPER, at);
    is->c3_sharp |= bit_if(class & NF_C3_SHARP, at);
    is->e2_break |= bit_if(class & NF_E2_BREAK, at);
    is->e2_skip |= bit_if(class & NF_E2_SKIP, at);
    is->e2_dash |= bit_if(byte == 0x93, at);
}

static inline void classify_wide(const struct block *block, struct nf_wide *is)
{
    *is = (struct nf_wide){0};
    for (unsigned i = 0; i < 64; i += 8)
        for (uint64_t left = bits(eight(block->bytes + i), 7); left; left &= left - 1) {
            unsigned at = i + (unsigned)__builtin_ctzll(left);
            classify_wide_byte(block->bytes[at], at, is);
        }
}

/* FF for each bit of eight that is set. */
static inline uint64_t bytes_of(uint64_t bits)
{
    uint64_t spread = (bits & 0xFF) * ONES & UINT64_C(0x8040201008040201);
    return (((spread + ONES * 0x7F) | spread) >> 7 & ONES) * 0xFF;
}

/* Letters in lower case, blanks for the others. */
static inline uint64_t folded(uint64_t word, uint64_t letters)
{
    uint64_t low = word & ONES * 0x7F;
    uint64_t upper = (low + ONES * (0x80 - 'A')) & ~(low + ONES * (0x7F - 'Z')) & ~word & ONES * 0x80;
    uint64_t kept = bytes_of(letters);
    return ((word | upper >> 2) & kept) | (ONES * ' ' & ~kept);
}

/* Eight bytes are written at once, those that go on over the ones that do not. */
static inline size_t compact(const struct block *block, uint64_t keep, uint64_t letters, char *out)
{
    char *p = out;
    for (const uint8_t *from = block->bytes; keep; keep >>= 8, letters >>= 8, from += 8) {
        uint64_t word = folded(eight(from), letters), shuffle = nf_shuffles[keep & 0xFF], packed = word;
        if ((keep & 0xFF) != 0xFF) {
            packed = 0;
            for (unsigned k = 0; k < 64; k += 8)
                packed |= (word >> 8 * (shuffle >> k & 7) & 0xFF) << k;
        }
        put_eight(p, packed);
        p += count(keep & 0xFF);
    }
    return (size_t)(p - out);
}

#include "text/normalise_blocks.h"

enum nf_outcome nf_walk_any(struct nf_walk *walk)
{
    return walk_blocks(walk);
}
