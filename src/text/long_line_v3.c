/*
 * long_line_v3.c: long lines with AVX2.
 * Used by long_line.c.
 */
#include "base/cpu.h"

#if NF_CPU_IS_X86
#include <immintrin.h>

#include "text/long_line_ways.h"

#define NF_LEVEL __attribute__((target("avx2,bmi,bmi2,popcnt")))

enum { LOADS_VALID_ONLY = 0 };

struct block {
    __m256i half[2];
};

NF_LEVEL static inline __m256i half_at(const char *p)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

NF_LEVEL static inline struct block load(const char *p, uint64_t valid)
{
    (void)valid;
    return (struct block){{half_at(p), half_at(p + 32)}};
}

/* A bit for each byte whose highest bit is set. */
NF_LEVEL static inline uint64_t tops(__m256i first, __m256i second)
{
    return (uint32_t)_mm256_movemask_epi8(first) | (uint64_t)(uint32_t)_mm256_movemask_epi8(second) << 32;
}

NF_LEVEL static inline uint64_t wide(const struct block *block)
{
    return tops(block->half[0], block->half[1]);
}

NF_LEVEL static inline uint64_t equal(const struct block *block, int byte)
{
    __m256i wanted = _mm256_set1_epi8((char)byte);
    return tops(_mm256_cmpeq_epi8(block->half[0], wanted), _mm256_cmpeq_epi8(block->half[1], wanted));
}

NF_LEVEL static inline __m256i half_within(__m256i bytes, int first, int last)
{
    __m256i from = _mm256_sub_epi8(bytes, _mm256_set1_epi8((char)first));
    return _mm256_cmpeq_epi8(_mm256_min_epu8(from, _mm256_set1_epi8((char)(last - first))), from);
}

NF_LEVEL static inline uint64_t within(const struct block *block, int first, int last)
{
    return tops(half_within(block->half[0], first, last), half_within(block->half[1], first, last));
}

NF_LEVEL static inline uint64_t low(const struct block *block)
{
    __m256i least = _mm256_min_epu8(block->half[0], block->half[1]);
    bool none = _mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_max_epu8(least, _mm256_set1_epi8(' ')), least)) == -1;
    return none ? 0 : within(block, 0, ' ' - 1);
}

NF_LEVEL static inline size_t count(uint64_t bits)
{
    return (size_t)__builtin_popcountll(bits);
}

/* Each row in two halves of 16 bytes. */
struct rows {
    __m256i row[NF_BOX_GROUPS][3][2];
};

NF_LEVEL static inline struct rows rows_of(const struct nf_boxes *boxes, int groups)
{
    struct rows rows;
    for (int group = 0; group < groups; group++)
        for (int i = 0; i < 3; i++)
            for (int half = 0; half < 2; half++)
                rows.row[group][i][half] = _mm256_broadcastsi128_si256(
                    _mm_loadu_si128((const __m128i *)(const void *)(boxes->row[group][i] + 16 * half)));
    return rows;
}

/* Where a byte stands in either half of a row; the highest bit says that it is in the other. */
struct places {
    __m256i half[2];
};

NF_LEVEL static inline struct places places_at(const char *p)
{
    __m256i five = _mm256_and_si256(half_at(p), _mm256_set1_epi8(0x1F));
    return (struct places){{_mm256_add_epi8(five, _mm256_set1_epi8(0x70)), _mm256_sub_epi8(five, _mm256_set1_epi8(0x10))}};
}

NF_LEVEL static inline __m256i in_row(const __m256i *row, const struct places *places)
{
    return _mm256_or_si256(_mm256_shuffle_epi8(row[0], places->half[0]), _mm256_shuffle_epi8(row[1], places->half[1]));
}

NF_LEVEL static inline uint32_t half_boxed(const char *p, const struct rows *rows, int groups)
{
    struct places first = places_at(p), second = places_at(p + 1), third = places_at(p + 2);
    __m256i any = _mm256_setzero_si256();
    for (int group = 0; group < groups; group++) {
        __m256i pair = _mm256_and_si256(in_row(rows->row[group][0], &first), in_row(rows->row[group][1], &second));
        any = _mm256_or_si256(any, _mm256_and_si256(pair, in_row(rows->row[group][2], &third)));
    }
    return ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(any, _mm256_setzero_si256()));
}

NF_LEVEL static inline uint64_t boxed(const char *p, size_t left, const struct rows *rows, int groups)
{
    uint64_t places = half_boxed(p, rows, groups);
    return left > 32 ? places | (uint64_t)half_boxed(p + 32, rows, groups) << 32 : places;
}

#include "text/long_line_blocks.h"

NF_LEVEL bool nf_long_line_count_v3(struct nf_span text, size_t readable, struct nf_line_counts *counts)
{
    return count_blocks(text, readable, counts);
}

NF_LEVEL void nf_long_line_box_v3(struct nf_span text, size_t readable, const struct nf_boxes *boxes, uint64_t *places)
{
    box_blocks(text, readable, boxes, places);
}
#endif
