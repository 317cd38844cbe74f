/*
 * normalise_v3.c: paragraphs to keys with AVX2.
 * Used by the normaliser.
 */
#include "text/normalise_masks.h"
#include "text/normalise_walk.h"

#if NF_CPU_IS_X86
#include <immintrin.h>

#define NF_LEVEL __attribute__((target("avx2,bmi,bmi2,popcnt")))

enum { LOADS_VALID_ONLY = 0 };

struct block {
    __m256i half[2];
};

NF_LEVEL static inline size_t count(uint64_t bits)
{
    return (size_t)__builtin_popcountll(bits);
}

NF_LEVEL static inline struct block load(const char *p, uint64_t valid)
{
    (void)valid;
    return (struct block){{_mm256_loadu_si256((const __m256i *)p), _mm256_loadu_si256((const __m256i *)(p + 32))}};
}

/* A bit for each byte whose highest bit is set. */
NF_LEVEL static inline uint64_t tops(__m256i low, __m256i high)
{
    return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

/* ... whose bit n is set. */
#define BITS(v, n) tops(_mm256_slli_epi16((v)[0], 7 - (n)), _mm256_slli_epi16((v)[1], 7 - (n)))

NF_LEVEL static inline __m256i row(const uint8_t *table)
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)table));
}

/* A class is a set of low halves of a byte, for some of the high halves. */
NF_LEVEL static inline __m256i class_of(__m256i bytes)
{
    __m256i high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(0x0F));
    return _mm256_and_si256(_mm256_shuffle_epi8(row(nf_low_half), bytes), _mm256_shuffle_epi8(row(nf_high_half), high));
}

NF_LEVEL static inline void classify(const struct block *block, struct nf_masks *is)
{
    __m256i class[2] = {class_of(block->half[0]), class_of(block->half[1])};
    __m256i letter[2], some = _mm256_set1_epi8(NF_ASCII_LETTER), none = _mm256_setzero_si256();
    for (int i = 0; i < 2; i++)
        letter[i] = _mm256_cmpgt_epi8(_mm256_and_si256(class[i], some), none);
    is->wide = tops(block->half[0], block->half[1]);
    is->letter = tops(letter[0], letter[1]);
    is->digit = BITS(class, NF_ASCII_DIGIT_BIT);
    is->point = BITS(class, NF_ASCII_POINT_BIT);
    is->minus = BITS(class, NF_ASCII_MINUS_BIT);
    is->blank = BITS(class, NF_ASCII_BLANK_BIT);
    is->amp = tops(class[0], class[1]);
}

NF_LEVEL static inline uint64_t equal(const struct block *block, int byte)
{
    __m256i wanted = _mm256_set1_epi8((char)byte);
    return tops(_mm256_cmpeq_epi8(block->half[0], wanted), _mm256_cmpeq_epi8(block->half[1], wanted));
}

/* By the low six bits of a byte, a row for each of four. */
NF_LEVEL static inline __m256i wide_class_of(__m256i bytes)
{
    __m256i low = _mm256_and_si256(bytes, _mm256_set1_epi8(0x0F));
    __m256i bit4 = _mm256_slli_epi16(bytes, 3), bit5 = _mm256_slli_epi16(bytes, 2);
    __m256i first = _mm256_blendv_epi8(_mm256_shuffle_epi8(row(nf_wide_classes), low),
                                       _mm256_shuffle_epi8(row(nf_wide_classes + 16), low), bit4);
    __m256i second = _mm256_blendv_epi8(_mm256_shuffle_epi8(row(nf_wide_classes + 32), low),
                                        _mm256_shuffle_epi8(row(nf_wide_classes + 48), low), bit4);
    return _mm256_blendv_epi8(first, second, bit5);
}

NF_LEVEL static inline void classify_wide(const struct block *block, struct nf_wide *is)
{
    __m256i class[2] = {wide_class_of(block->half[0]), wide_class_of(block->half[1])};
    is->lead = tops(block->half[0], block->half[1]) & BITS(block->half, 6);
    is->c2 = equal(block, 0xC2);
    is->c3 = equal(block, 0xC3);
    is->e2 = equal(block, 0xE2);
    is->is_80 = equal(block, 0x80);
    is->c2_letter = BITS(class, 0);
    is->c2_break = BITS(class, 1);
    is->c2_skip = BITS(class, 2);
    is->c3_break = BITS(class, 3);
    is->c3_upper = BITS(class, 4);
    is->c3_sharp = BITS(class, 5);
    is->e2_break = BITS(class, 6);
    is->e2_skip = BITS(class, 7);
    is->e2_dash = equal(block, 0x93);
}

NF_LEVEL static inline __m256i bytes_of(uint32_t bits)
{
    const __m256i which = _mm256_setr_epi64x(0, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303);
    const __m256i bit = _mm256_set1_epi64x((long long)0x8040201008040201);
    __m256i spread = _mm256_shuffle_epi8(_mm256_set1_epi32((int)bits), which);
    return _mm256_cmpeq_epi8(_mm256_and_si256(spread, bit), bit);
}

/* Letters in lower case, blanks for the others. */
NF_LEVEL static inline __m256i folded(__m256i bytes, uint32_t letters)
{
    __m256i from_a = _mm256_add_epi8(bytes, _mm256_set1_epi8(0x7F - 'Z'));     /* A to Z are the 26 highest then */
    __m256i upper = _mm256_cmpgt_epi8(from_a, _mm256_set1_epi8(0x7F - 26));
    __m256i lower = _mm256_or_si256(bytes, _mm256_and_si256(upper, _mm256_set1_epi8(32)));
    return _mm256_blendv_epi8(_mm256_set1_epi8(' '), lower, bytes_of(letters));
}

NF_LEVEL static inline size_t compact_16(__m128i bytes, uint32_t keep, char *out)
{
    __m128i low = _mm_loadl_epi64((const __m128i *)&nf_shuffles[keep & 0xFF]);
    __m128i high = _mm_loadl_epi64((const __m128i *)&nf_shuffles[keep >> 8 & 0xFF]);
    size_t low_count = count(keep & 0xFF);
    _mm_storel_epi64((__m128i *)out, _mm_shuffle_epi8(bytes, low));
    _mm_storel_epi64((__m128i *)(out + low_count), _mm_shuffle_epi8(_mm_unpackhi_epi64(bytes, bytes), high));
    return low_count + count(keep >> 8 & 0xFF);
}

NF_LEVEL static inline size_t compact(const struct block *block, uint64_t keep, uint64_t letters, char *out)
{
    char *p = out;
    for (int i = 0; i < 2; i++) {
        __m256i bytes = folded(block->half[i], (uint32_t)(letters >> 32 * i));
        uint32_t mask = (uint32_t)(keep >> 32 * i);
        p += compact_16(_mm256_castsi256_si128(bytes), mask & 0xFFFF, p);
        p += compact_16(_mm256_extracti128_si256(bytes, 1), mask >> 16, p);
    }
    return (size_t)(p - out);
}

#include "text/normalise_blocks.h"

NF_LEVEL enum nf_outcome nf_walk_v3(struct nf_walk *walk)
{
    return walk_blocks(walk);
}
#endif
