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
    __m128i wide[4];            /* the classes of characters beyond ASCII */
};

NF_LEVEL static inline size_t count(uint64_t bits)
{
    return (size_t)__builtin_popcountll(bits);
}

NF_LEVEL static inline struct block load(const char *p, uint64_t valid)
{
    (void)valid;
    const __m128i *from = (const __m128i *)p;
    return (struct block){.part = {_mm_loadu_si128(from), _mm_loadu_si128(from + 1), _mm_loadu_si128(from + 2),
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

NF_LEVEL static inline __m128i all(int byte)
{
    return _mm_set1_epi8((char)byte);
}

NF_LEVEL static inline __m128i is(__m128i bytes, int byte)
{
    return _mm_cmpeq_epi8(bytes, all(byte));
}

NF_LEVEL static inline uint64_t equal(const struct block *block, int byte)
{
    const __m128i *part = block->part;
    return top(is(part[0], byte)) | top(is(part[1], byte)) << 16 | top(is(part[2], byte)) << 32 | top(is(part[3], byte)) << 48;
}

/* A class is a set of low halves of a byte, for some of the high halves. */
NF_LEVEL static inline __m128i class_of(__m128i bytes)
{
    __m128i high = _mm_and_si128(_mm_srli_epi16(bytes, 4), all(0x0F));
    return _mm_and_si128(_mm_shuffle_epi8(row(nf_low_half), bytes), _mm_shuffle_epi8(row(nf_high_half), high));
}

/* By the low six bits of a byte, a row for each of four. */
NF_LEVEL static inline __m128i looked_up(__m128i bytes)
{
    __m128i low = _mm_and_si128(bytes, all(0x0F));
    __m128i bit4 = _mm_slli_epi16(bytes, 3), bit5 = _mm_slli_epi16(bytes, 2);
    __m128i first = _mm_blendv_epi8(_mm_shuffle_epi8(row(nf_wide_classes), low),
                                    _mm_shuffle_epi8(row(nf_wide_classes + 16), low), bit4);
    __m128i second = _mm_blendv_epi8(_mm_shuffle_epi8(row(nf_wide_classes + 32), low),
                                     _mm_shuffle_epi8(row(nf_wide_classes + 48), low), bit4);
    return _mm_blendv_epi8(first, second, bit5);
}

/* Of last bytes, by the bytes before; `last` is the part before. */
NF_LEVEL static inline __m128i wide_class_of(__m128i bytes, __m128i last)
{
    __m128i before = _mm_alignr_epi8(bytes, last, 15), second = _mm_alignr_epi8(bytes, last, 14);
    __m128i c2 = _mm_and_si128(is(before, 0xC2), all(NF_C2)), c3 = _mm_and_si128(is(before, 0xC3), all(NF_C3));
    __m128i e2_80 = _mm_and_si128(_mm_and_si128(is(second, 0xE2), is(before, 0x80)), all(NF_E2));
    return _mm_and_si128(looked_up(bytes), _mm_or_si128(_mm_or_si128(c2, c3), e2_80));
}

/* A bit for each byte that has some of these. */
NF_LEVEL static inline uint64_t has(const __m128i class[4], int bits)
{
    __m128i none[4];
    for (int i = 0; i < 4; i++)
        none[i] = is(_mm_and_si128(class[i], all(bits)), 0);
    return ~tops(none);
}

/* All ones where an en dash ends. */
NF_LEVEL static inline __m128i is_dash(__m128i wide)
{
    return is(_mm_and_si128(wide, all(NF_E2)), NF_E2);
}

NF_LEVEL static inline void classify_wide(struct block *block, struct nf_masks *masks)
{
    __m128i *wide = block->wide, unknown[4], dash[4], odd[4];
    for (int i = 0; i < 4; i++) {
        wide[i] = wide_class_of(block->part[i], i ? block->part[i - 1] : _mm_setzero_si128());
        unknown[i] = is(wide[i], 0);
        dash[i] = is_dash(wide[i]);
        odd[i] = _mm_andnot_si128(dash[i], wide[i]);
    }
    masks->known = ~tops(unknown);
    masks->letter |= has(wide, NF_WIDE_LETTER);
    masks->sign |= tops(dash);
    masks->odd |= has(odd, NF_WIDE_ODD);
}

NF_LEVEL static inline void classify(struct block *block, struct nf_masks *masks)
{
    __m128i class[4];
    for (int i = 0; i < 4; i++) {
        class[i] = class_of(block->part[i]);
        block->wide[i] = _mm_setzero_si128();
    }
    masks->letter = has(class, NF_HALVES_LETTER);
    masks->digit = BITS(class, NF_HALVES_DIGIT_BIT);
    masks->sign = BITS(class, NF_HALVES_SIGN_BIT);
    masks->odd = tops(class);
    masks->wide = tops(block->part);
    masks->known = 0;
    if (masks->wide)
        classify_wide(block, masks);
}

NF_LEVEL static inline void tell_signs(const struct block *block, struct nf_signs *signs)
{
    const __m128i *wide = block->wide, dash[4] = {is_dash(wide[0]), is_dash(wide[1]), is_dash(wide[2]), is_dash(wide[3])};
    signs->point = equal(block, '.') | equal(block, ',');
    signs->minus = equal(block, '-') | tops(dash);
}

NF_LEVEL static inline __m128i bytes_of(uint32_t bits)
{
    const __m128i which = _mm_set_epi64x(0x0101010101010101, 0);
    const __m128i bit = _mm_set1_epi64x((long long)0x8040201008040201);
    __m128i spread = _mm_shuffle_epi8(_mm_cvtsi32_si128((int)bits), which);
    return _mm_cmpeq_epi8(_mm_and_si128(spread, bit), bit);
}

/* Letters in lower case, blanks for the others. */
NF_LEVEL static inline __m128i folded(const struct block *block, int part, uint32_t letters)
{
    __m128i bytes = block->part[part], wide = block->wide[part];
    __m128i from_a = _mm_add_epi8(bytes, all(0x7F - 'Z'));                  /* A to Z are the 26 highest then */
    __m128i upper = _mm_and_si128(_mm_cmpgt_epi8(from_a, all(0x7F - 26)), all(32));
    upper = _mm_or_si128(upper, _mm_slli_epi16(_mm_and_si128(wide, all(NF_C3_UPPER)), 1));
    return _mm_blendv_epi8(all(' '), _mm_add_epi8(bytes, upper), bytes_of(letters));
}

NF_LEVEL static inline size_t compact(const struct block *block, uint64_t keep, uint64_t letters, char *out)
{
    char *p = out;
    for (int i = 0; i < 4; i++, keep >>= 16, letters >>= 16) {
        __m128i bytes = folded(block, i, (uint32_t)letters & 0xFFFF);
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
