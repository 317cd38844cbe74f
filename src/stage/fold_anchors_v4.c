/*
 * fold_anchors_v4.c: choosing the places of anchors with AVX-512.
 * Used by fold_anchors.c.
 */
#include "base/cpu.h"

#if NF_CPU_IS_X86
#include <immintrin.h>

#define NF_LEVEL __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,avx2,bmi,bmi2,popcnt")))

#include "stage/fold_anchors_blocks.h"
#include "text/bit_places.h"

/* 32 bytes at a time: to multiply 64 makes some processors slow down all that comes after. */
NF_LEVEL static inline struct choice choose_16(const uint16_t *word, uint64_t places)
{
    __mmask16 which = (__mmask16)places;
    __m256i first = _mm256_maskz_loadu_epi16(which, word), second = _mm256_maskz_loadu_epi16(which, word + 1);
    __m256i rank = _mm256_add_epi16(_mm256_mullo_epi16(first, _mm256_set1_epi16((short)RANK_1)),
                                    _mm256_mullo_epi16(second, _mm256_set1_epi16((short)RANK_2)));
    return (struct choice){_mm256_mask_cmplt_epu16_mask(which, rank, _mm256_set1_epi16((short)RANKS_HERE)),
                           _mm256_mask_cmplt_epu16_mask(which, rank, _mm256_set1_epi16((short)RANKS_KEPT))};
}

NF_LEVEL static inline struct choice choose(const uint16_t *word, size_t count)
{
    struct choice all = {0, 0};
    uint64_t places = count < PLACES ? (UINT64_C(1) << count) - 1 : UINT64_MAX;
    for (unsigned i = 0; i < PLACES; i += 16) {
        struct choice some = choose_16(word + i, places >> i);
        all.here |= some.here << i;
        all.kept |= some.kept << i;
    }
    return all;
}

/* The places of the bits, 16 of them. Of more the rest is asked for again. */
NF_LEVEL static inline __m128i places_of(uint64_t bits)
{
    return _mm512_castsi512_si128(_mm512_maskz_compress_epi8(bits, _mm512_loadu_si512(nf_bit_places)));
}

NF_LEVEL static inline size_t put_places(uint64_t bits, uint32_t at, uint32_t *place)
{
    size_t count = (size_t)__builtin_popcountll(bits);
    __m512i from = _mm512_set1_epi32((int)at);
    _mm512_storeu_si512(place, _mm512_add_epi32(_mm512_cvtepu8_epi32(places_of(bits)), from));
    for (size_t i = 16; i < count; i += 16) {
        bits &= ~_pdep_u64(0xFFFF, bits);
        _mm512_storeu_si512(place + i, _mm512_add_epi32(_mm512_cvtepu8_epi32(places_of(bits)), from));
    }
    return count;
}

/* A place stands in the low half of eight bytes, its item in the high one. */
NF_LEVEL static inline size_t put_kept(uint64_t bits, uint32_t at, uint32_t item, struct nf_kept_anchor *kept)
{
    size_t count = (size_t)__builtin_popcountll(bits);
    __m512i from = _mm512_set1_epi64((long long)((uint64_t)item << 32 | at));
    _mm512_storeu_si512(kept, _mm512_add_epi64(_mm512_cvtepu8_epi64(places_of(bits)), from));
    for (size_t i = 8; i < count; i += 8) {
        bits &= ~_pdep_u64(0xFF, bits);
        _mm512_storeu_si512(kept + i, _mm512_add_epi64(_mm512_cvtepu8_epi64(places_of(bits)), from));
    }
    return count;
}

NF_LEVEL void nf_anchors_add_v4(struct nf_anchors *anchors, const uint16_t *word, const uint32_t *from, size_t first, size_t past)
{
    add_items(anchors, word, from, first, past);
}
#endif
