/*
 * normalise_compact.h: bytes that are kept, moved together.
 * Used by normalise_v2.c and normalise_v3.c, which say before what NF_LEVEL and count are.
 */
#ifndef NEWSFOLD_TEXT_NORMALISE_COMPACT_H
#define NEWSFOLD_TEXT_NORMALISE_COMPACT_H

#include "text/normalise_masks.h"

#ifdef NF_LEVEL
/* Of sixteen bytes those to keep, eight by eight: what is written too much is overwritten by the next ones. */
NF_LEVEL static inline char *compact_16(__m128i bytes, uint64_t keep, char *p)
{
    const __m128i second = _mm_set_epi64x(0x0808080808080808, 0);
    uint64_t low = keep & 0xFF, high = keep >> 8 & 0xFF;
    __m128i which = _mm_loadl_epi64((const __m128i *)&nf_shuffles[low]);
    which = _mm_castps_si128(_mm_loadh_pi(_mm_castsi128_ps(which), (const __m64 *)&nf_shuffles[high]));
    bytes = _mm_shuffle_epi8(bytes, _mm_or_si128(which, second));
    _mm_storel_epi64((__m128i *)p, bytes);
    p += count(low);
    _mm_storeh_pi((__m64 *)p, _mm_castsi128_ps(bytes));
    return p + count(high);
}
#endif

#endif
