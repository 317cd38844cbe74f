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

/* Bit n of each of eight bytes, as eight bits. */
static inline uint64_t bits(uint64_t word, unsigned n)
{
    return (word >> n & ONES) * UINT64_C(0x0102040810204080) >> 56;
}

static inline void classify(const struct block *block, struct nf_masks *is)
{
    *is = (struct nf_masks){0};
    for (unsigned i = 0; i < 64; i += 8) {
        const uint8_t *p = block->bytes + i;
        uint8_t class[8];
        for (unsigned k = 0; k < 8; k++)
            class[k] = nf_classes[p[k]];
        uint64_t word = eight(class);
        is->wide |= bits(eight(p), 7) << i;
        is->letter |= bits(word, 0) << i;
        is->digit |= bits(word, NF_ASCII_DIGIT_BIT) << i;
        is->point |= bits(word, NF_ASCII_POINT_BIT) << i;
        is->minus |= bits(word, NF_ASCII_MINUS_BIT) << i;
        is->blank |= bits(word, NF_ASCII_BLANK_BIT) << i;
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
    for (unsigned i = 0; i < 64; i++)
        if (block->bytes[i] >= 0x80)
            classify_wide_byte(block->bytes[i], i, is);
}

static inline size_t compact(const struct block *block, uint64_t keep, uint64_t letters, char *out)
{
    char *p = out;
    for (const uint8_t *from = block->bytes; keep; keep >>= 1, letters >>= 1, from++) {
        unsigned lower = *from + ((unsigned)(*from - 65u < 26u) << 5);
        *p = (char)(letters & 1 ? lower : ' ');
        p += keep & 1;
    }
    return (size_t)(p - out);
}

#include "text/normalise_blocks.h"

enum nf_outcome nf_walk_any(struct nf_walk *walk)
{
    return walk_blocks(walk);
}
