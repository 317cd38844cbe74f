/*
 * normalise_v4.c: paragraphs to keys with AVX-512 VBMI2.
 * Used by the normaliser.
 */
#include "text/normalise_masks.h"
#include "text/normalise_walk.h"

#if NF_CPU_IS_X86
#include <immintrin.h>

#define NF_LEVEL __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,avx2,bmi,bmi2,lzcnt,popcnt")))

enum { LOADS_VALID_ONLY = 1 };

struct block {
    __m512i bytes;
};

NF_LEVEL static inline size_t count(uint64_t bits)
{
    return (size_t)__builtin_popcountll(bits);
}

NF_LEVEL static inline struct block load(const char *p, uint64_t valid)
{
    return (struct block){_mm512_maskz_loadu_epi8(valid, p)};
}

NF_LEVEL static inline uint64_t has(__m512i class, int bits)
{
    return _mm512_test_epi8_mask(class, _mm512_set1_epi8((char)bits));
}

NF_LEVEL static inline void classify(const struct block *block, struct nf_masks *is)
{
    is->wide = _mm512_movepi8_mask(block->bytes);
    __m512i class = _mm512_maskz_permutex2var_epi8(~is->wide, _mm512_loadu_si512(nf_classes), block->bytes,
                                                   _mm512_loadu_si512(nf_classes + 64));
    is->letter = has(class, NF_ASCII_LETTER);
    is->digit = has(class, 1 << NF_ASCII_DIGIT_BIT);
    is->point = has(class, 1 << NF_ASCII_POINT_BIT);
    is->minus = has(class, 1 << NF_ASCII_MINUS_BIT);
    is->blank = has(class, 1 << NF_ASCII_BLANK_BIT);
    is->amp = has(class, 1 << NF_ASCII_AMP_BIT);
}

NF_LEVEL static inline uint64_t equal(const struct block *block, int byte)
{
    return _mm512_cmpeq_epi8_mask(block->bytes, _mm512_set1_epi8((char)byte));
}

NF_LEVEL static inline void classify_wide(const struct block *block, struct nf_wide *is)
{
    __m512i class = _mm512_permutexvar_epi8(block->bytes, _mm512_loadu_si512(nf_wide_classes));
    is->lead = _mm512_cmpge_epu8_mask(block->bytes, _mm512_set1_epi8((char)0xC0));
    is->c2 = equal(block, 0xC2);
    is->c3 = equal(block, 0xC3);
    is->e2 = equal(block, 0xE2);
    is->is_80 = equal(block, 0x80);
    is->c2_letter = has(class, NF_C2_LETTER);
    is->c2_break = has(class, NF_C2_BREAK);
    is->c2_skip = has(class, NF_C2_SKIP);
    is->c3_break = has(class, NF_C3_BREAK);
    is->c3_upper = has(class, NF_C3_UPPER);
    is->c3_sharp = has(class, NF_C3_SHARP);
    is->e2_break = has(class, NF_E2_BREAK);
    is->e2_skip = has(class, NF_E2_SKIP);
    is->e2_dash = equal(block, 0x93);
}

NF_LEVEL static inline size_t compact(const struct block *block, uint64_t keep, uint64_t letters, char *out)
{
    __m512i from_a = _mm512_sub_epi8(block->bytes, _mm512_set1_epi8('A'));
    __mmask64 upper = _mm512_cmplt_epu8_mask(from_a, _mm512_set1_epi8(26));
    __m512i folded = _mm512_mask_add_epi8(block->bytes, upper, block->bytes, _mm512_set1_epi8(32));
    folded = _mm512_mask_mov_epi8(_mm512_set1_epi8(' '), letters, folded);
    _mm512_storeu_si512(out, _mm512_maskz_compress_epi8(keep, folded));
    return count(keep);
}

#include "text/normalise_blocks.h"

NF_LEVEL enum nf_outcome nf_walk_v4(struct nf_walk *walk)
{
    return walk_blocks(walk);
}
#endif
