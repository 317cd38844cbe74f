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
    __m512i class;
};

NF_LEVEL static inline size_t count(uint64_t bits)
{
    return (size_t)__builtin_popcountll(bits);
}

NF_LEVEL static inline struct block load(const char *p, uint64_t valid)
{
    return (struct block){.bytes = _mm512_maskz_loadu_epi8(valid, p)};
}

/* A byte 64 times, from memory: to spread one from a register takes the ways that the masks need. */
NF_LEVEL static inline __m512i all(unsigned which)
{
    return _mm512_loadu_si512(nf_sames[which]);
}

NF_LEVEL static inline uint64_t equal(const struct block *block, int byte)
{
    return _mm512_cmpeq_epi8_mask(block->bytes, _mm512_set1_epi8((char)byte));
}

NF_LEVEL static inline uint64_t has(__m512i class, unsigned which)
{
    return _mm512_test_epi8_mask(class, all(which));
}

/* Look-ups see the low six bits of a byte, or seven for ASCII. */
NF_LEVEL static inline void classify(struct block *block, struct nf_masks *masks)
{
    __m512i bytes = block->bytes;
    __mmask64 wide = _mm512_movepi8_mask(bytes);
    __m512i eights = _mm512_alignr_epi64(bytes, _mm512_setzero_si512(), 7);
    __m512i before = _mm512_shldi_epi64(bytes, eights, 8), second = _mm512_shldi_epi64(bytes, eights, 16);
    __mmask64 c2 = _mm512_cmpeq_epi8_mask(before, all(NF_SAME_C2)), c3 = _mm512_cmpeq_epi8_mask(before, all(NF_SAME_C3));
    __mmask64 e2 = _mm512_cmpeq_epi8_mask(second, all(NF_SAME_E2));
    __mmask64 e2_80 = _mm512_mask_cmpeq_epi8_mask(e2, before, all(NF_SAME_80));
    __m512i of_c2 = _mm512_maskz_permutexvar_epi8(c2, bytes, _mm512_loadu_si512(nf_c2_classes));
    __m512i of_c3 = _mm512_maskz_permutexvar_epi8(c3, bytes, _mm512_loadu_si512(nf_c3_classes));
    __m512i of_e2 = _mm512_maskz_permutexvar_epi8(e2_80, bytes, _mm512_loadu_si512(nf_e2_classes));
    __m512i class = _mm512_maskz_permutex2var_epi8(~wide, _mm512_loadu_si512(nf_classes), bytes,
                                                   _mm512_loadu_si512(nf_classes + 64));
    class = _mm512_or_si512(_mm512_or_si512(class, of_e2), _mm512_or_si512(of_c2, of_c3));
    block->class = class;
    masks->letter = has(class, NF_SAME_LETTER);
    masks->known = has(class, NF_SAME_KNOWN);
    masks->wide = wide;
    masks->digit = has(class, NF_SAME_DIGIT);
    masks->sign = has(class, NF_SAME_SIGN);
    masks->odd = has(class, NF_SAME_ODD);
}

NF_LEVEL static inline void tell_signs(const struct block *block, struct nf_signs *signs)
{
    signs->point = _mm512_test_epi8_mask(block->class, _mm512_set1_epi8(NF_POINT));
    signs->minus = _mm512_test_epi8_mask(block->class, _mm512_set1_epi8(NF_MINUS));
}

NF_LEVEL static inline size_t compact(const struct block *block, uint64_t keep, uint64_t letters, char *out)
{
    __m512i lower = _mm512_add_epi8(block->bytes, _mm512_and_si512(block->class, all(NF_SAME_UPPER)));
    __m512i folded = _mm512_mask_mov_epi8(all(NF_SAME_BLANK), letters, lower);
    _mm512_storeu_si512(out, _mm512_maskz_compress_epi8(keep, folded));
    return count(keep);
}

#include "text/normalise_blocks.h"

NF_LEVEL enum nf_outcome nf_walk_v4(struct nf_walk *walk)
{
    return walk_blocks(walk);
}
#endif
