/*
 * long_line.c: long lines of Latin letters, counted as they are.
 * Used by the strip stage.
 */
#include "text/long_line.h"

#ifdef __SSE2__

#include <emmintrin.h>

#define BLOCK 16

/* Counts for each place in a block. */
struct counts {
    __m128i blanks, continuations, dots;
};

static inline __m128i load(const char *p)
{
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

static inline __m128i is(__m128i bytes, unsigned char byte)
{
    return _mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)byte));
}

/* Of bytes from 0x80 on. */
static inline __m128i is_within(__m128i bytes, unsigned char first, unsigned char last)
{
    return _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8((char)(first - 1))),
                         _mm_cmplt_epi8(bytes, _mm_set1_epi8((char)(last + 1))));
}

/* Signs of Latin-1 that have no other form, and the euro. */
static bool is_rare_sign(const char *p)
{
    unsigned char first = (unsigned char)p[0], second = (unsigned char)p[1];
    if (first == 0xC2)
        return (second >= 0xA1 && second <= 0xA7) || second == 0xA9 || second == 0xAB || second == 0xAE || second == 0xB0
               || second == 0xB1 || second == 0xB6 || second == 0xB7 || second == 0xBB || second == 0xBF;
    return first == 0xE2 && second == 0x82 && (unsigned char)p[2] == 0xAC;
}

/* A block with bytes beyond ASCII: Latin-1 letters, dashes, quotes, bullets and the three dots. */
static inline bool add_others(const char *p, __m128i bytes, __m128i next, struct counts *counts)
{
    __m128i third = load(p + 2);
    __m128i continuation = _mm_cmplt_epi8(bytes, _mm_set1_epi8((char)0xC0));
    __m128i general = _mm_and_si128(is(bytes, 0xE2), is(next, 0x80));           /* U+2000 and on */
    __m128i dots = _mm_and_si128(general, is(third, 0xA6));
    __m128i good = _mm_or_si128(is_within(third, 0x90, 0x96), is_within(third, 0x98, 0xA3));
    __m128i known = _mm_or_si128(_mm_or_si128(continuation, is(bytes, 0xC3)),
                                 _mm_or_si128(dots, _mm_and_si128(general, good)));
    counts->continuations = _mm_sub_epi8(counts->continuations, continuation);
    counts->dots = _mm_sub_epi8(counts->dots, dots);
    unsigned left = (unsigned)_mm_movemask_epi8(bytes) & ~(unsigned)_mm_movemask_epi8(known);
    for (; left; left &= left - 1)
        if (!is_rare_sign(p + __builtin_ctz(left)))
            return false;
    return true;
}

/* False: a control, two blanks, or a character of other scripts. in  p: two bytes behind the block are readable */
static inline bool add_block(const char *p, struct counts *counts)
{
    __m128i bytes = load(p), next = load(p + 1), blank = is(bytes, ' ');
    unsigned others = (unsigned)_mm_movemask_epi8(bytes);
    unsigned low = (unsigned)_mm_movemask_epi8(_mm_cmplt_epi8(bytes, _mm_set1_epi8(' '))) & ~others;
    unsigned twice = (unsigned)_mm_movemask_epi8(_mm_and_si128(blank, is(next, ' ')));
    counts->blanks = _mm_sub_epi8(counts->blanks, blank);
    return !(low | twice) && (!others || add_others(p, bytes, next, counts));
}

static uint32_t total(__m128i counts)
{
    __m128i halves = _mm_sad_epu8(counts, _mm_setzero_si128());
    return (uint32_t)_mm_cvtsi128_si32(halves) + (uint32_t)_mm_cvtsi128_si32(_mm_srli_si128(halves, 8));
}

bool nf_long_line_read(struct nf_span text, struct nf_long_line *line)
{
    struct counts counts = {_mm_setzero_si128(), _mm_setzero_si128(), _mm_setzero_si128()};
    char rest[3 * BLOCK];
    size_t at = 0;
    if (!text.len || text.data[0] == ' ' || text.data[0] == '>' || text.data[0] == '|' || text.data[text.len - 1] == ' ')
        return false;
    for (; at + BLOCK + 2 <= text.len; at += BLOCK)
        if (!add_block(text.data + at, &counts))
            return false;
    memset(rest, 'x', sizeof rest);
    memcpy(rest, text.data + at, text.len - at);
    if (!add_block(rest, &counts) || !add_block(rest + BLOCK, &counts))
        return false;
    line->words = total(counts.blanks) + 1;
    line->continuations = total(counts.continuations);
    line->chars = (uint32_t)text.len - line->continuations + 2 * total(counts.dots);
    return true;
}

#else

bool nf_long_line_read(struct nf_span text, struct nf_long_line *line)
{
    (void)text;
    (void)line;
    return false;
}

#endif
