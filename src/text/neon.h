/*
 * neon.h: masks of a bit for each byte with NEON, which has no instruction for them.
 * Used by the text files that have a way for aarch64, where all processors have NEON.
 */
#ifndef NEWSFOLD_TEXT_NEON_H
#define NEWSFOLD_TEXT_NEON_H

#include "base/cpu.h"

#if NF_CPU_IS_ARM
#include <arm_neon.h>

/* For each byte, its bit of eight. */
static inline uint8x16_t nf_neon_places(void)
{
    return vreinterpretq_u8_u64(vdupq_n_u64(UINT64_C(0x8040201008040201)));
}

/* The lowest bit is the first byte's of `a`. in  each byte all ones or all zeros */
static inline uint64_t nf_neon_bits(uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d)
{
    const uint8x16_t place = nf_neon_places();
    uint8x16_t first = vpaddq_u8(vandq_u8(a, place), vandq_u8(b, place));
    uint8x16_t second = vpaddq_u8(vandq_u8(c, place), vandq_u8(d, place));
    first = vpaddq_u8(first, second);
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(first, first)), 0);
}
#endif

#endif
