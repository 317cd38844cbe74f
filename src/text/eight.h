/*
 * eight.h: eight bytes of text at a time, in any word of 64 bits.
 * Used by the rule lines.
 */
#ifndef NEWSFOLD_TEXT_EIGHT_H
#define NEWSFOLD_TEXT_EIGHT_H

#include <stdint.h>
#include <string.h>

#define NF_EIGHT(byte) (UINT64_C(0x0101010101010101) * (byte))

/* The first byte is the lowest, on any machine. */
static inline uint64_t nf_eight_load(const char *p)
{
    uint64_t word;
    memcpy(&word, p, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

static inline void nf_eight_store(char *p, uint64_t word)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    memcpy(p, &word, 8);
}

/* The masks below have the top bit of each byte that is meant, and assume that all eight are ASCII. */

static inline uint64_t nf_eight_equal(uint64_t word, unsigned char byte)
{
    return (NF_EIGHT(0x80) - (word ^ NF_EIGHT(byte))) & NF_EIGHT(0x80);
}

/* in  byte: 1 to 128 */
static inline uint64_t nf_eight_at_least(uint64_t word, unsigned char byte)
{
    return (word + NF_EIGHT(0x80u - byte)) & NF_EIGHT(0x80);
}

/* The bytes before the first that is meant; some is. */
static inline unsigned nf_eight_before(uint64_t mask)
{
    return (unsigned)__builtin_ctzll(mask) / 8;
}

#endif
