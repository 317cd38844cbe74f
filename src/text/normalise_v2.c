/*
 * normalise_v2.c: paragraphs to keys with SSE4.2.
 * Used by the normaliser.
 */
#include "text/normalise_masks.h"
#include "text/normalise_walk.h"

#if NF_CPU_IS_X86
#include <nmmintrin.h>

#define NF_LEVEL __attribute__((target("ssse3,sse4.2,popcnt")))

enum { LOADS_VALID_ONLY = 0 };

struct block {
    __m128i part[4];
};

NF_LEVEL static inline size_t count(uint64_t bits)
{
    return (size_t)__builtin_popcountll(bits);
}

NF_LEVEL static inline struct block load(const char *p, uint64_t valid)
{
    (void)valid;
    const __m128i *from = (const __m128i *)p;
    return (struct block){{_mm_loadu_si128(from), _mm_loadu_si128(from + 1), _mm_loadu_si128(from + 2),
                           _mm_loadu_si128(from + 3)}};
}

NF_LEVEL static inline uint64_t top(__m128i bytes)
{
    return (uint64_t)(uint32_t)_mm_movemask_epi8(bytes);
}

/* A bit for each byte whose highest bit is set. */
NF_LEVEL static inline uint64_t tops(const __m128i part[4])
{
    return top(part[0]) | top(part[1]) << 16 | top(part[2]) << 32 | top(part[3]) << 48;
}

/* ... whose bit n is set. */
#define BIT(v, n) top(_mm_slli_epi16(v, 7 - (n)))
#define BITS(v, n) (BIT((v)[0], n) | BIT((v)[1], n) << 16 | BIT((v)[2], n) << 32 | BIT((v)[3], n) << 48)

NF_LEVEL static inline __m128i row(const uint8_t *table)
{
    return _mm_loadu_si128((const __m128i *)table);
}

/* A class is a set of low halves of a byte, for some of the high halves. */
NF_LEVEL static inline __m128i class_of(__m128i bytes)
{
    __m128i high = _mm_and_si128(_mm_srli_epi16(bytes, 4), _mm_set1_epi8(0x0F));
    return _mm_and_si128(_mm_shuffle_epi8(row(nf_low_half), bytes), _mm_shuffle_epi8(row(nf_high_half), high));
}

NF_LEVEL static inline void classify(const struct block *block, struct nf_masks *is)
{
    __m128i class[4], letter[4], some = _mm_set1_epi8(NF_ASCII_LETTER), none = _mm_setzero_si128();
    for (int i = 0; i < 4; i++) {
        class[i] = class_of(block->part[i]);
        letter[i] = _mm_cmpgt_epi8(_mm_and_si128(class[i], some), none);
    }
    is->wide = tops(block->part);
    is->letter = tops(letter);
    is->digit = BITS(class, NF_ASCII_DIGIT_BIT);
    is->point = BITS(class, NF_ASCII_POINT_BIT);
    is->minus = BITS(class, NF_ASCII_MINUS_BIT);
    is->blank = BITS(class, NF_ASCII_BLANK_BIT);
    is->amp = tops(class);
}

NF_LEVEL static inline uint64_t equal(const struct block *block, int byte)
{
    __m128i same[4], wanted = _mm_set1_epi8((char)byte);
    for (int i = 0; i < 4; i++)
        same[i] = _mm_cmpeq_epi8(block->part[i], wanted);
    return tops(same);
}

/* By the low six bits of a byte, a row for each of four. */
NF_LEVEL static inline __m128i wide_class_of(__m128i bytes)
{
    __m128i low = _mm_and_si128(bytes, _mm_set1_epi8(0x0F));
    __m128i bit4 = _mm_slli_epi16(bytes, 3), bit5 = _mm_slli_epi16(bytes, 2);
    __m128i first = _mm_blendv_epi8(_mm_shuffle_epi8(row(nf_wide_classes), low),
                                    _mm_shuffle_epi8(row(nf_wide_classes + 16), low), bit4);
    __m128i second = _mm_blendv_epi8(_mm_shuffle_epi8(row(nf_wide_classes + 32), low),
                                     _mm_shuffle_epi8(row(nf_wide_classes + 48), low), bit4);
    return _mm_blendv_epi8(first, second, bit5);
}

NF_LEVEL static inline void classify_wide(const struct block *block, struct nf_wide *is)
{
    __m128i class[4];
    for (int i = 0; i < 4; i++)
        class[i] = wide_class_of(block->part[i]);
    is->lead = tops(block->part) & BITS(block->part, 6);
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

NF_LEVEL static inline __m128i bytes_of(uint32_t bits)
{
    const __m128i which = _mm_set_epi64x(0x0101010101010101, 0);
    const __m128i bit = _mm_set1_epi64x((long long)0x8040201008040201);
    __m128i spread = _mm_shuffle_epi8(_mm_cvtsi32_si128((int)bits), which);
    return _mm_cmpeq_epi8(_mm_and_si128(spread, bit), bit);
}

/* Letters in lower case, blanks for the others. */
NF_LEVEL static inline __m128i folded(__m128i bytes, uint32_t letters)
{
    __m128i from_a = _mm_add_epi8(bytes, _mm_set1_epi8(0x7F - 'Z'));   /* A to Z are the 26 highest then */
    __m128i upper = _mm_cmpgt_epi8(from_a, _mm_set1_epi8(0x7F - 26));
    __m128i lower = _mm_or_si128(bytes, _mm_and_si128(upper, _mm_set1_epi8(32)));
    return _mm_blendv_epi8(_mm_set1_epi8(' '), lower, bytes_of(letters));
}

NF_LEVEL static inline size_t compact(const struct block *block, uint64_t keep, uint64_t letters, char *out)
{
    char *p = out;
    for (int i = 0; i < 4; i++, keep >>= 16, letters >>= 16) {
        __m128i bytes = folded(block->part[i], (uint32_t)letters & 0xFFFF);
        __m128i low = _mm_loadl_epi64((const __m128i *)&nf_shuffles[keep & 0xFF]);
        __m128i high = _mm_loadl_epi64((const __m128i *)&nf_shuffles[keep >> 8 & 0xFF]);
        _mm_storel_epi64((__m128i *)p, _mm_shuffle_epi8(bytes, low));
        p += count(keep & 0xFF);
        _mm_storel_epi64((__m128i *)p, _mm_shuffle_epi8(_mm_unpackhi_epi64(bytes, bytes), high));
        p += count(keep >> 8 & 0xFF);
    }
    return (size_t)(p - out);
}

#include "text/normalise_blocks.h"

NF_LEVEL enum nf_outcome nf_walk_v2(struct nf_walk *walk)
{
    return walk_blocks(walk);
}
#endif
