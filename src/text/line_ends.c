/*
 * line_ends.c: where lines end, by masks of a bit for each of 64 bytes.
 * Used by the readers, the splitter, and for the lines of pages.
 */
#include "text/line_ends.h"

#include "text/neon.h"

#if NF_CPU_IS_X86
#include <emmintrin.h>

/* Every x86-64 has these. */
static inline __m128i load(const char *p)
{
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

static inline uint64_t bits(__m128i bytes)
{
    return (uint64_t)(uint32_t)_mm_movemask_epi8(bytes);
}

static inline uint64_t equal(const char *p, char byte)
{
    __m128i wanted = _mm_set1_epi8(byte);
    return bits(_mm_cmpeq_epi8(load(p), wanted)) | bits(_mm_cmpeq_epi8(load(p + 16), wanted)) << 16
           | bits(_mm_cmpeq_epi8(load(p + 32), wanted)) << 32 | bits(_mm_cmpeq_epi8(load(p + 48), wanted)) << 48;
}

static inline __m128i is_end(const char *p)
{
    __m128i bytes = load(p);
    return _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')));
}

static inline uint64_t ends_at(const char *p)
{
    return bits(is_end(p)) | bits(is_end(p + 16)) << 16 | bits(is_end(p + 32)) << 32 | bits(is_end(p + 48)) << 48;
}
#elif NF_CPU_IS_ARM
static inline uint64_t equal(const char *p, char byte)
{
    const uint8_t *from = (const uint8_t *)p;
    uint8x16_t wanted = vdupq_n_u8((uint8_t)byte);
    return nf_neon_bits(vceqq_u8(vld1q_u8(from), wanted), vceqq_u8(vld1q_u8(from + 16), wanted),
                        vceqq_u8(vld1q_u8(from + 32), wanted), vceqq_u8(vld1q_u8(from + 48), wanted));
}
#else
static inline uint64_t equal(const char *p, char byte)
{
    uint64_t mask = 0;
    for (int i = 0; i < 64; i++)
        mask |= (uint64_t)(p[i] == byte) << i;
    return mask;
}
#endif

#if !NF_CPU_IS_X86
static inline uint64_t ends_at(const char *p)
{
    return equal(p, '\n') | equal(p, '\r');
}
#endif

#define NF_LEVEL
#include "text/line_ends_blocks.h"

size_t nf_line_ends(enum nf_cpu cpu, struct nf_span text, uint16_t at[NF_ENDS_ROOM])
{
#if NF_CPU_IS_X86
    if (cpu == NF_CPU_V4)
        return nf_line_ends_v4(text, at);
    if (cpu == NF_CPU_V3)
        return nf_line_ends_v3(text, at);
#else
    (void)cpu;
#endif
    return find_ends(text, at);
}

uint64_t nf_feed_bits(const char *p)
{
    return equal(p, '\n');
}
