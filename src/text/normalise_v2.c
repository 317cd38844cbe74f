/*
 * normalise_v2.c: paragraphs to keys with SSE4.2.
 * Used by the normaliser.
 */
#include "text/normalise_masks.h"
#include "text/normalise_walk.h"

#if NF_CPU_IS_X86
#include <nmmintrin.h>

#define NF_LEVEL __attribute__((target("ssse3,sse4.2,popcnt")))
#define OWN_ORDINARY

enum { LOADS_VALID_ONLY = 0 };

struct block {
    __m128i part[4];
    __m128i wide[4];            /* the classes of characters beyond ASCII, once it is looked at closely */
    __m128i letter[4];          /* before: all ones where a letter is */
};

NF_LEVEL static inline size_t count(uint64_t bits)
{
    return (size_t)__builtin_popcountll(bits);
}

#include "text/normalise_compact.h"

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

NF_LEVEL static inline uint64_t tops_of(__m128i a, __m128i b, __m128i c, __m128i d)
{
    return top(a) | top(b) << 16 | (top(c) | top(d) << 16) << 32;
}

/* A bit for each byte whose highest bit is set. */
NF_LEVEL static inline uint64_t tops(const __m128i part[4])
{
    return tops_of(part[0], part[1], part[2], part[3]);
}

/* ... whose bit n is set. */
#define UP(v, n) _mm_slli_epi16(v, 7 - (n))
#define BITS(v, n) tops_of(UP((v)[0], n), UP((v)[1], n), UP((v)[2], n), UP((v)[3], n))

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
    return tops_of(is(part[0], byte), is(part[1], byte), is(part[2], byte), is(part[3], byte));
}

NF_LEVEL static inline __m128i high_half(__m128i bytes)
{
    return _mm_and_si128(_mm_srli_epi16(bytes, 4), all(0x0F));
}

NF_LEVEL static inline __m128i class_of(__m128i bytes)
{
    return _mm_and_si128(_mm_shuffle_epi8(row(nf_low_half), bytes), _mm_shuffle_epi8(row(nf_high_half), high_half(bytes)));
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

/* The same of common characters, in the classes of ASCII. */
NF_LEVEL static inline __m128i common_class_of(__m128i bytes, __m128i last)
{
    __m128i before = _mm_alignr_epi8(bytes, last, 15), second = _mm_alignr_epi8(bytes, last, 14);
    __m128i from_c0 = _mm_min_epu8(_mm_subs_epu8(before, all(0xC0)), all(0x0F));
    __m128i e2_80 = _mm_and_si128(_mm_and_si128(is(second, 0xE2), is(before, 0x80)), all(NF_COMMON_E2));
    __m128i mine = _mm_or_si128(_mm_shuffle_epi8(row(nf_common_behind), from_c0), e2_80);
    __m128i low = _mm_shuffle_epi8(row(nf_common_low_half), _mm_and_si128(bytes, all(0x0F)));
    return _mm_and_si128(_mm_and_si128(low, _mm_shuffle_epi8(row(nf_common_high_half), high_half(bytes))), mine);
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
    masks->odd = BITS(class, NF_HALVES_ODD_BIT);
    masks->sign = tops(class) & ~masks->odd;
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

/* The common ones among characters beyond ASCII are added to the classes. out  *wide. gives those that are not known here */
NF_LEVEL static inline __attribute__((always_inline)) uint64_t add_common(const __m128i part[4], __m128i class[4], uint64_t *wide)
{
    class[0] = _mm_or_si128(class[0], common_class_of(part[0], _mm_setzero_si128()));
    class[1] = _mm_or_si128(class[1], common_class_of(part[1], part[0]));
    class[2] = _mm_or_si128(class[2], common_class_of(part[2], part[1]));
    class[3] = _mm_or_si128(class[3], common_class_of(part[3], part[2]));
    *wide = tops(part);
    uint64_t known = ~tops_of(is(class[0], 0), is(class[1], 0), is(class[2], 0), is(class[3], 0)) & *wide;
    return *wide & ~(known | known >> 1 | known >> 2);
}

NF_LEVEL static inline __m128i any_of(const __m128i part[4])
{
    return _mm_or_si128(_mm_or_si128(part[0], part[1]), _mm_or_si128(part[2], part[3]));
}

NF_LEVEL static inline __m128i is_letter(__m128i class)
{
    return _mm_cmpgt_epi8(class, all(NF_HALVES_BELOW_LETTERS));
}

/* Where something else is than common characters, or points and dashes may be part of numbers. */
NF_LEVEL static inline __attribute__((always_inline)) uint64_t special(struct block *block, struct nf_masks *masks)
{
    const __m128i *part = block->part;
    const uint64_t last = UINT64_C(1) << 63;
    __m128i class[4] = {class_of(part[0]), class_of(part[1]), class_of(part[2]), class_of(part[3])}, *letter = block->letter;
    uint64_t places = top(UP(any_of(class), NF_HALVES_ODD_BIT)), digit = BITS(class, NF_HALVES_DIGIT_BIT), wide = 0;
    if (top(any_of(part)))
        places |= add_common(part, class, &wide);
    letter[0] = is_letter(class[0]), letter[1] = is_letter(class[1]);
    letter[2] = is_letter(class[2]), letter[3] = is_letter(class[3]);
    masks->letter = tops(letter);
    masks->wide = wide;
    return places | (tops(class) & (digit >> 1 | last)) | (masks->letter & wide & (wide >> 1 | last));
}

NF_LEVEL static inline __m128i bytes_of(uint32_t bits)
{
    const __m128i which = _mm_set_epi64x(0x0101010101010101, 0);
    const __m128i bit = _mm_set1_epi64x((long long)0x8040201008040201);
    __m128i spread = _mm_shuffle_epi8(_mm_cvtsi32_si128((int)bits), which);
    return _mm_cmpeq_epi8(_mm_and_si128(spread, bit), bit);
}

/*
 * Letters in lower case, blanks for the others. What keys keep has the bit of lower case, or gets it, but for the first
 * byte of two.
 */
NF_LEVEL static inline __m128i folded(__m128i bytes, __m128i letter, __m128i first)
{
    return _mm_or_si128(_mm_and_si128(bytes, letter), _mm_andnot_si128(first, all(' ')));
}

/* Letters of ASCII and behind C3. */
NF_LEVEL static inline __m128i folded_latin(__m128i bytes, __m128i letter)
{
    __m128i first = is(bytes, 0xC3);
    return folded(bytes, _mm_or_si128(letter, first), first);
}

NF_LEVEL static inline __attribute__((always_inline)) size_t compact_ordinary(const struct block *block, uint64_t keep, uint64_t letters, char *out)
{
    (void)letters;
    const __m128i *part = block->part, *letter = block->letter;
    char *p = compact_16(folded_latin(part[0], letter[0]), keep, out);
    p = compact_16(folded_latin(part[1], letter[1]), keep >> 16, p);
    p = compact_16(folded_latin(part[2], letter[2]), keep >> 32, p);
    p = compact_16(folded_latin(part[3], letter[3]), keep >> 48, p);
    return (size_t)(p - out);
}

NF_LEVEL static inline size_t compact(const struct block *block, uint64_t keep, uint64_t letters, char *out)
{
    char *p = out;
    for (int i = 0; i < 4; i++, keep >>= 16, letters >>= 16) {
        __m128i bytes = block->part[i], letter = bytes_of((uint32_t)letters & 0xFFFF);
        __m128i first = _mm_and_si128(letter, _mm_cmpeq_epi8(_mm_max_epu8(bytes, all(0xC0)), bytes));
        p = compact_16(folded(bytes, letter, first), keep, p);
    }
    return (size_t)(p - out);
}

#include "text/normalise_blocks.h"

NF_LEVEL enum nf_outcome nf_walk_v2(struct nf_walk *walk)
{
    return walk_blocks(walk);
}
#endif
