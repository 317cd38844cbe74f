/*
 * words_neon.c: the words of keys with NEON.
 * Used by words.c.
 */
#include "text/neon.h"

#if NF_CPU_IS_ARM
#include <stddef.h>

#define NF_LEVEL

static inline unsigned count_bits(uint64_t bits)
{
    return (unsigned)__builtin_popcountll(bits);
}

/* Of no bits, the place is not defined. */
static inline uint32_t first_bit(uint64_t bits)
{
    return (uint32_t)__builtin_ctzll(bits | UINT64_C(1) << 63);
}

static inline uint64_t blanks_of(const char *p)
{
    const uint8_t *from = (const uint8_t *)p;
    const uint8x16_t blank = vdupq_n_u8(' ');
    return nf_neon_bits(vceqq_u8(vld1q_u8(from), blank), vceqq_u8(vld1q_u8(from + 16), blank),
                        vceqq_u8(vld1q_u8(from + 32), blank), vceqq_u8(vld1q_u8(from + 48), blank));
}

static inline uint64_t digits_of(const char *p)
{
    const uint8_t *from = (const uint8_t *)p;
    const uint8x16_t zero = vdupq_n_u8('0'), ten = vdupq_n_u8(10);
    return nf_neon_bits(vcltq_u8(vsubq_u8(vld1q_u8(from), zero), ten), vcltq_u8(vsubq_u8(vld1q_u8(from + 16), zero), ten),
                        vcltq_u8(vsubq_u8(vld1q_u8(from + 32), zero), ten), vcltq_u8(vsubq_u8(vld1q_u8(from + 48), zero), ten));
}

static inline uint64_t breaks_of(const char *p)
{
    const int8_t *from = (const int8_t *)p;
    const int8x16_t blank = vdupq_n_s8(' ');
    return nf_neon_bits(vcleq_s8(vld1q_s8(from), blank), vcleq_s8(vld1q_s8(from + 16), blank), vcleq_s8(vld1q_s8(from + 32), blank),
                        vcleq_s8(vld1q_s8(from + 48), blank));
}

#include "text/words_blocks.h"

size_t nf_spaced_words_neon(struct nf_span keys, uint16_t *trace)
{
    return spaced_words(keys, trace);
}

uint64_t nf_numbers_neon(struct nf_span key)
{
    return numbers_in(key);
}
#endif
