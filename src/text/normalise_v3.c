/*
 * normalise_v3.c: paragraphs to keys with AVX2.
 * Used by the normaliser.
 */
#include "text/normalise_masks.h"
#include "text/normalise_walk.h"

#if NF_CPU_IS_X86
#include <immintrin.h>

#define NF_LEVEL __attribute__((target("avx2,bmi,bmi2,popcnt")))
#define OWN_ORDINARY

enum { LOADS_VALID_ONLY = 0 };

struct block {
    __m256i half[2];
    __m256i wide[2];            /* the classes of characters beyond ASCII, once it is looked at closely */
    __m256i letter[2];          /* before: all ones where a letter is */
};

NF_LEVEL static inline size_t count(uint64_t bits)
{
    return (size_t)__builtin_popcountll(bits);
}

#include "text/normalise_compact.h"

NF_LEVEL static inline struct block load(const char *p, uint64_t valid)
{
    (void)valid;
    return (struct block){.half = {_mm256_loadu_si256((const __m256i *)p), _mm256_loadu_si256((const __m256i *)(p + 32))}};
}

/* A bit for each byte whose highest bit is set. */
NF_LEVEL static inline uint64_t tops(__m256i low, __m256i high)
{
    return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

/* ... whose bit n is set. */
#define BIT(low, high, n) tops(_mm256_slli_epi16(low, 7 - (n)), _mm256_slli_epi16(high, 7 - (n)))

NF_LEVEL static inline __m256i row(const uint8_t *table)
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)table));
}

NF_LEVEL static inline __m256i all(int byte)
{
    return _mm256_set1_epi8((char)byte);
}

/* The same from memory: to spread one from a register takes the ways that shuffles need. */
NF_LEVEL static inline __m256i same(unsigned which)
{
    return _mm256_load_si256((const __m256i *)nf_sames[which]);
}

NF_LEVEL static inline __m256i is(__m256i bytes, int byte)
{
    return _mm256_cmpeq_epi8(bytes, all(byte));
}

NF_LEVEL static inline uint64_t equal(const struct block *block, int byte)
{
    return tops(is(block->half[0], byte), is(block->half[1], byte));
}

NF_LEVEL static inline __m256i high_half(__m256i bytes)
{
    return _mm256_and_si256(_mm256_srli_epi16(bytes, 4), same(NF_SAME_0F));
}

NF_LEVEL static inline __m256i class_of(__m256i bytes)
{
    return _mm256_and_si256(_mm256_shuffle_epi8(row(nf_low_half), bytes), _mm256_shuffle_epi8(row(nf_high_half), high_half(bytes)));
}

/* By the low six bits of a byte, a row for each of four. */
NF_LEVEL static inline __m256i looked_up(__m256i bytes)
{
    __m256i low = _mm256_and_si256(bytes, all(0x0F));
    __m256i bit4 = _mm256_slli_epi16(bytes, 3), bit5 = _mm256_slli_epi16(bytes, 2);
    __m256i first = _mm256_blendv_epi8(_mm256_shuffle_epi8(row(nf_wide_classes), low),
                                       _mm256_shuffle_epi8(row(nf_wide_classes + 16), low), bit4);
    __m256i second = _mm256_blendv_epi8(_mm256_shuffle_epi8(row(nf_wide_classes + 32), low),
                                        _mm256_shuffle_epi8(row(nf_wide_classes + 48), low), bit4);
    return _mm256_blendv_epi8(first, second, bit5);
}

/* Of last bytes, by the bytes before; `last` is the half before. */
NF_LEVEL static inline __m256i wide_class_of(__m256i bytes, __m256i last)
{
    __m256i across = _mm256_permute2x128_si256(last, bytes, 0x21);
    __m256i before = _mm256_alignr_epi8(bytes, across, 15), second = _mm256_alignr_epi8(bytes, across, 14);
    __m256i c2 = _mm256_and_si256(is(before, 0xC2), all(NF_C2)), c3 = _mm256_and_si256(is(before, 0xC3), all(NF_C3));
    __m256i e2_80 = _mm256_and_si256(_mm256_and_si256(is(second, 0xE2), is(before, 0x80)), all(NF_E2));
    return _mm256_and_si256(looked_up(bytes), _mm256_or_si256(_mm256_or_si256(c2, c3), e2_80));
}

/* The same of common characters, in the classes of ASCII. */
NF_LEVEL static inline __m256i common_class_of(__m256i bytes, __m256i last)
{
    __m256i across = _mm256_permute2x128_si256(last, bytes, 0x21);
    __m256i before = _mm256_alignr_epi8(bytes, across, 15), second = _mm256_alignr_epi8(bytes, across, 14);
    __m256i from_c0 = _mm256_min_epu8(_mm256_subs_epu8(before, same(NF_SAME_C0)), same(NF_SAME_0F));
    __m256i e2 = _mm256_cmpeq_epi8(second, same(NF_SAME_E2)), of_80 = _mm256_cmpeq_epi8(before, same(NF_SAME_80));
    __m256i mine = _mm256_and_si256(_mm256_and_si256(e2, of_80), same(NF_SAME_COMMON_E2));
    mine = _mm256_or_si256(mine, _mm256_shuffle_epi8(row(nf_common_behind), from_c0));
    __m256i low = _mm256_shuffle_epi8(row(nf_common_low_half), _mm256_and_si256(bytes, same(NF_SAME_0F)));
    return _mm256_and_si256(_mm256_and_si256(low, _mm256_shuffle_epi8(row(nf_common_high_half), high_half(bytes))), mine);
}

/* A bit for each byte that has some of these. */
NF_LEVEL static inline uint64_t has(__m256i low, __m256i high, int bits)
{
    return ~tops(is(_mm256_and_si256(low, all(bits)), 0), is(_mm256_and_si256(high, all(bits)), 0));
}

/* All ones where an en dash ends. */
NF_LEVEL static inline __m256i is_dash(__m256i wide)
{
    return is(_mm256_and_si256(wide, all(NF_E2)), NF_E2);
}

NF_LEVEL static inline void classify_wide(struct block *block, struct nf_masks *masks)
{
    __m256i low = wide_class_of(block->half[0], _mm256_setzero_si256()), low_dash = is_dash(low);
    __m256i high = wide_class_of(block->half[1], block->half[0]), high_dash = is_dash(high);
    block->wide[0] = low;
    block->wide[1] = high;
    masks->known = ~tops(is(low, 0), is(high, 0));
    masks->letter |= has(low, high, NF_WIDE_LETTER);
    masks->sign |= tops(low_dash, high_dash);
    masks->odd |= has(_mm256_andnot_si256(low_dash, low), _mm256_andnot_si256(high_dash, high), NF_WIDE_ODD);
}

NF_LEVEL static inline void classify(struct block *block, struct nf_masks *masks)
{
    __m256i low = class_of(block->half[0]), high = class_of(block->half[1]);
    masks->letter = has(low, high, NF_HALVES_LETTER);
    masks->digit = BIT(low, high, NF_HALVES_DIGIT_BIT);
    masks->odd = BIT(low, high, NF_HALVES_ODD_BIT);
    masks->sign = tops(low, high) & ~masks->odd;
    masks->wide = tops(block->half[0], block->half[1]);
    masks->known = 0;
    block->wide[0] = block->wide[1] = _mm256_setzero_si256();
    if (masks->wide)
        classify_wide(block, masks);
}

NF_LEVEL static inline void tell_signs(const struct block *block, struct nf_signs *signs)
{
    signs->point = equal(block, '.') | equal(block, ',');
    signs->minus = equal(block, '-') | tops(is_dash(block->wide[0]), is_dash(block->wide[1]));
}

/* Where something else is than common characters, or points and dashes may be part of numbers. */
NF_LEVEL static inline __attribute__((always_inline)) uint64_t special(struct block *block, struct nf_masks *masks)
{
    const uint64_t last = UINT64_C(1) << 63;
    __m256i low = block->half[0], high = block->half[1], a = class_of(low), b = class_of(high);
    uint32_t odd = (uint32_t)_mm256_movemask_epi8(_mm256_slli_epi16(_mm256_or_si256(a, b), 7 - NF_HALVES_ODD_BIT));
    uint64_t digit = BIT(a, b, NF_HALVES_DIGIT_BIT), wide = 0, places = odd;
    if (_mm256_movemask_epi8(_mm256_or_si256(low, high))) {
        a = _mm256_or_si256(a, common_class_of(low, _mm256_setzero_si256()));
        b = _mm256_or_si256(b, common_class_of(high, low));
        wide = tops(low, high);
        uint64_t known = ~tops(is(a, 0), is(b, 0)) & wide;
        places |= wide & ~(known | known >> 1 | known >> 2);
    }
    block->letter[0] = _mm256_cmpgt_epi8(a, same(NF_SAME_BELOW_LETTERS));
    block->letter[1] = _mm256_cmpgt_epi8(b, same(NF_SAME_BELOW_LETTERS));
    masks->letter = tops(block->letter[0], block->letter[1]);
    masks->wide = wide;
    return places | (tops(a, b) & (digit >> 1 | last)) | (masks->letter & wide & (wide >> 1 | last));
}

NF_LEVEL static inline __m256i bytes_of(uint32_t bits)
{
    const __m256i which = _mm256_setr_epi64x(0, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303);
    const __m256i bit = _mm256_set1_epi64x((long long)0x8040201008040201);
    __m256i spread = _mm256_shuffle_epi8(_mm256_set1_epi32((int)bits), which);
    return _mm256_cmpeq_epi8(_mm256_and_si256(spread, bit), bit);
}

/*
 * Letters in lower case, blanks for the others. What keys keep has the bit of lower case, or gets it, but for the first
 * byte of two.
 */
NF_LEVEL static inline __m256i folded(__m256i bytes, __m256i letter, __m256i first)
{
    return _mm256_or_si256(_mm256_and_si256(bytes, letter), _mm256_andnot_si256(first, same(NF_SAME_BLANK)));
}

/* Letters of ASCII and behind C3. */
NF_LEVEL static inline __m256i folded_latin(__m256i bytes, __m256i letter)
{
    __m256i first = _mm256_cmpeq_epi8(bytes, same(NF_SAME_C3));
    return folded(bytes, _mm256_or_si256(letter, first), first);
}

NF_LEVEL static inline char *compact_32(__m256i bytes, uint64_t keep, char *p)
{
    p = compact_16(_mm256_castsi256_si128(bytes), keep, p);
    return compact_16(_mm256_extracti128_si256(bytes, 1), keep >> 16, p);
}

NF_LEVEL static inline __attribute__((always_inline)) size_t compact_ordinary(const struct block *block, uint64_t keep, uint64_t letters, char *out)
{
    (void)letters;
    char *p = compact_32(folded_latin(block->half[0], block->letter[0]), keep, out);
    p = compact_32(folded_latin(block->half[1], block->letter[1]), keep >> 32, p);
    return (size_t)(p - out);
}

NF_LEVEL static inline size_t compact(const struct block *block, uint64_t keep, uint64_t letters, char *out)
{
    char *p = out;
    for (int i = 0; i < 2; i++) {
        __m256i bytes = block->half[i], letter = bytes_of((uint32_t)(letters >> 32 * i));
        __m256i first = _mm256_and_si256(letter, _mm256_cmpeq_epi8(_mm256_max_epu8(bytes, all(0xC0)), bytes));
        p = compact_32(folded(bytes, letter, first), keep >> 32 * i, p);
    }
    return (size_t)(p - out);
}

#include "text/normalise_blocks.h"

NF_LEVEL enum nf_outcome nf_walk_v3(struct nf_walk *walk)
{
    return walk_blocks(walk);
}
#endif
