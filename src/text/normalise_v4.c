/*
 * normalise_v4.c: paragraphs to keys with AVX-512 VBMI2.
 * Used by the normaliser.
 */
#include "text/normalise_masks.h"
#include "text/normalise_walk.h"

#if NF_CPU_IS_X86
#include <immintrin.h>

#define NF_LEVEL __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,avx2,bmi,bmi2,lzcnt,popcnt")))

#define OWN_ORDINARY

enum { LOADS_VALID_ONLY = 1 };

struct block {
    __m512i bytes;
    __m512i before;             /* the byte before each; of the first, none */
    __m512i class;
};

NF_LEVEL static inline size_t count(uint64_t bits)
{
    return (size_t)__builtin_popcountll(bits);
}

NF_LEVEL static inline struct block load(const char *p, uint64_t valid)
{
    return (struct block){.bytes = _mm512_maskz_loadu_epi8(valid, p), .before = _mm512_maskz_loadu_epi8(valid << 1, p - 1)};
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

NF_LEVEL static inline __m512i looked_up(const uint8_t table[128], __m512i bytes)
{
    return _mm512_permutex2var_epi8(_mm512_loadu_si512(table), bytes, _mm512_loadu_si512(table + 64));
}

/* Three inputs of a bit each: what ternary logic makes of them. */
enum { A_AND_ONE = 0xE0, A_AND_NOT_BOTH = 0x70, A_OR_BOTH = 0xF8, B_WHERE_C_ELSE_A = 0xD8 };

/* As it is told for any way, when something may be special. */
NF_LEVEL static uint64_t __attribute__((noinline)) special_places(__m512i bytes)
{
    const uint64_t last = UINT64_C(1) << 63;
    struct block block = {.bytes = bytes};
    struct nf_masks is;
    classify(&block, &is);
    uint64_t numbers = is.sign & (is.digit >> 1 | last), neighbours = is.known & (is.wide >> 1 | last);
    uint64_t unknown = is.wide & ~(is.known | is.known >> 1 | is.known >> 2);
    return is.odd | numbers | neighbours | unknown;
}

NF_LEVEL static inline __attribute__((always_inline)) uint64_t special(struct block *block, struct nf_masks *is)
{
    __m512i bytes = block->bytes, before = block->before;
    __mmask64 wide = _mm512_movepi8_mask(bytes);
    __m512i mine = looked_up(nf_usual_behind, before);
    __m512i class = _mm512_ternarylogic_epi64(looked_up(nf_usual_wide, bytes), mine, all(NF_SAME_80), A_AND_ONE);
    class = _mm512_mask_blend_epi8(wide, looked_up(nf_usual_ascii, bytes), class);
    __m512i against = _mm512_ternarylogic_epi64(mine, before, all(NF_SAME_80), B_WHERE_C_ELSE_A);
    __m512i usual = _mm512_ternarylogic_epi64(class, against, all(NF_SAME_C0), A_AND_NOT_BOTH);
    block->class = class;
    is->letter = _mm512_test_epi8_mask(class, all(NF_SAME_USUAL_LETTER));
    is->wide = wide;
    if (__builtin_expect(_mm512_testn_epi8_mask(usual, _mm512_loadu_si512(nf_usual_kept)) == 0, 1))
        return 0;
    return special_places(bytes);
}

NF_LEVEL static inline size_t compact_ordinary(const struct block *block, uint64_t keep, uint64_t letters, char *out)
{
    __m512i lower = _mm512_ternarylogic_epi64(block->bytes, block->class, all(NF_SAME_UPPER), A_OR_BOTH);
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
