/*
 * long_line_v4.c: long lines with AVX-512 VBMI.
 * Used by long_line.c.
 */
#include "base/cpu.h"

#if NF_CPU_IS_X86
#include <immintrin.h>

#include "text/long_line_ways.h"

#define NF_LEVEL __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,avx2,bmi,bmi2,lzcnt,popcnt")))

enum { LOADS_VALID_ONLY = 1 };

struct block {
    __m512i bytes;
};

NF_LEVEL static inline struct block load(const char *p, uint64_t valid)
{
    return (struct block){_mm512_maskz_loadu_epi8(valid, p)};
}

NF_LEVEL static inline uint64_t wide(const struct block *block)
{
    return _mm512_movepi8_mask(block->bytes);
}

NF_LEVEL static inline uint64_t low(const struct block *block)
{
    return _mm512_cmplt_epu8_mask(block->bytes, _mm512_set1_epi8(' '));
}

NF_LEVEL static inline uint64_t equal(const struct block *block, int byte)
{
    return _mm512_cmpeq_epi8_mask(block->bytes, _mm512_set1_epi8((char)byte));
}

NF_LEVEL static inline uint64_t within(const struct block *block, int first, int last)
{
    __m512i from = _mm512_sub_epi8(block->bytes, _mm512_set1_epi8((char)first));
    return _mm512_cmple_epu8_mask(from, _mm512_set1_epi8((char)(last - first)));
}

NF_LEVEL static inline size_t count(uint64_t bits)
{
    return (size_t)__builtin_popcountll(bits);
}

/* Each row twice: the highest of six bits that a table is asked by is left aside. */
struct rows {
    __m512i row[NF_BOX_GROUPS][3];
};

NF_LEVEL static inline struct rows rows_of(const struct nf_boxes *boxes, int groups)
{
    struct rows rows;
    for (int group = 0; group < groups; group++)
        for (int i = 0; i < 3; i++)
            rows.row[group][i] = _mm512_broadcast_i64x4(_mm256_loadu_si256((const __m256i *)(const void *)boxes->row[group][i]));
    return rows;
}

NF_LEVEL static inline __mmask64 first_of(size_t left)
{
    return left >= 64 ? ~UINT64_C(0) : (UINT64_C(1) << left) - 1;
}

NF_LEVEL static inline uint64_t boxed(const char *p, size_t left, const struct rows *rows, int groups)
{
    __m512i first = _mm512_maskz_loadu_epi8(first_of(left), p), second = _mm512_maskz_loadu_epi8(first_of(left - 1), p + 1);
    __m512i third = _mm512_maskz_loadu_epi8(first_of(left > 2 ? left - 2 : 0), p + 2);
    uint64_t places = 0;
    for (int group = 0; group < groups; group++) {
        const __m512i *row = rows->row[group];
        __m512i pair = _mm512_and_si512(_mm512_permutexvar_epi8(first, row[0]), _mm512_permutexvar_epi8(second, row[1]));
        places |= _mm512_test_epi8_mask(pair, _mm512_permutexvar_epi8(third, row[2]));
    }
    return places;
}

#include "text/long_line_blocks.h"

NF_LEVEL bool nf_long_line_count_v4(struct nf_span text, size_t readable, struct nf_line_counts *counts)
{
    return count_blocks(text, readable, counts);
}

NF_LEVEL void nf_long_line_box_v4(struct nf_span text, size_t readable, const struct nf_boxes *boxes, uint64_t *places)
{
    box_blocks(text, readable, boxes, places);
}
#endif
