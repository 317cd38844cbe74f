/*
 * long_line_v4.c: long lines with AVX-512 VBMI.
 * Used by long_line.c.
 */
#include "base/cpu.h"

#if NF_CPU_IS_X86
#include <immintrin.h>

#include "text/long_line_ways.h"

#define NF_LEVEL __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,avx2,bmi,bmi2,lzcnt,popcnt")))

/* The rows of a group of boxes, each twice: the highest of six bits that a table is asked by is left aside. */
struct rows_of_boxes {
    __m512i first, second, third;
};

NF_LEVEL static inline __m512i row_of(const uint8_t *row)
{
    return _mm512_broadcast_i64x4(_mm256_loadu_si256((const __m256i *)(const void *)row));
}

NF_LEVEL static inline struct rows_of_boxes rows_of(const uint8_t (*row)[32])
{
    return (struct rows_of_boxes){row_of(row[0]), row_of(row[1]), row_of(row[2])};
}

NF_LEVEL static inline __mmask64 first_of(size_t left)
{
    return left >= 64 ? ~UINT64_C(0) : (UINT64_C(1) << left) - 1;
}

/* Bytes of the line from a place on, and one and two behind it; zeros behind the line. */
struct three {
    __m512i first, second, third;
};

NF_LEVEL static inline struct three three_at(struct nf_span text, size_t at)
{
    const char *p = text.data + at;
    size_t left = text.len - at;
    if (left >= 64 + 2)
        return (struct three){_mm512_loadu_si512(p), _mm512_loadu_si512(p + 1), _mm512_loadu_si512(p + 2)};
    return (struct three){_mm512_maskz_loadu_epi8(first_of(left), p), _mm512_maskz_loadu_epi8(first_of(left - 1), p + 1),
                          _mm512_maskz_loadu_epi8(first_of(left > 2 ? left - 2 : 0), p + 2)};
}

NF_LEVEL static inline uint64_t in_group(const struct rows_of_boxes *rows, const struct three *three)
{
    __m512i two = _mm512_and_si512(_mm512_permutexvar_epi8(three->first, rows->first), _mm512_permutexvar_epi8(three->second, rows->second));
    return _mm512_test_epi8_mask(two, _mm512_permutexvar_epi8(three->third, rows->third));
}

/* in  groups: a constant, so that one is not looked for where two may be */
NF_LEVEL static inline __attribute__((always_inline)) uint64_t box_by(struct nf_span text, const struct nf_boxes *boxes, int groups, uint64_t *places)
{
    const struct rows_of_boxes one = rows_of(boxes->row[0]), other = groups > 1 ? rows_of(boxes->row[1]) : one;
    uint64_t blocks = 0;
    for (size_t block = 0; block * 64 < text.len; block++) {
        struct three three = three_at(text, block * 64);
        uint64_t here = in_group(&one, &three);
        if (groups > 1)
            here |= in_group(&other, &three);
        here &= first_of(text.len - block * 64 - 1);
        places[block] = here;
        blocks |= (uint64_t)(here != 0) << block;
    }
    return blocks;
}

NF_LEVEL uint64_t nf_long_line_box_v4(struct nf_span text, size_t readable, const struct nf_boxes *boxes, uint64_t *places)
{
    (void)readable;
    return boxes->groups > 1 ? box_by(text, boxes, 2, places) : box_by(text, boxes, 1, places);
}

/*
 * Characters by their bytes, by the lowest six bits of each: a bit for each form, set for all its bytes. A lead's own
 * are C3 and D0 with any byte behind them, D1, C2, E2 80 and E2 82; those of the second and the third leave out what is
 * not known (see nf_long_line_sign). A bit more is for three dots.
 */
enum { ANY = 1, LATE = 2, RARE = 4, GENERAL = 8, EURO = 16, DOTS = 32, SHORT = ANY | LATE | RARE };

#define FOUR(c) c, c, c, c
#define LEAD_ROW 0, 0, RARE, ANY, FOUR(0), FOUR(0), FOUR(0), ANY, LATE, 0, 0, FOUR(0), FOUR(0), FOUR(0),                  \
    0, 0, GENERAL | EURO | DOTS, 0, FOUR(0), FOUR(0), FOUR(0), FOUR(0), FOUR(0), FOUR(0), FOUR(0)
#define A (ANY | RARE)
#define SECOND_ROW ANY | LATE | GENERAL | DOTS, ANY | LATE, ANY | LATE | EURO, ANY | LATE, FOUR(ANY | LATE), FOUR(ANY | LATE),  \
    FOUR(ANY | LATE), FOUR(ANY | LATE), FOUR(ANY | LATE), FOUR(ANY | LATE), FOUR(ANY | LATE),                                \
    ANY, A, A, A, FOUR(A), ANY, A, ANY, A, ANY, ANY, A, ANY, A, A, ANY, ANY, ANY, ANY, A, A, ANY, ANY, ANY, A, ANY, ANY, ANY, A
#define G (SHORT | GENERAL)
#define THIRD_ROW FOUR(SHORT), FOUR(SHORT), FOUR(SHORT), FOUR(SHORT), FOUR(G), G, G, G, SHORT, FOUR(G), FOUR(G),                  \
    FOUR(G), SHORT, SHORT, G | DOTS, SHORT, FOUR(SHORT), SHORT | EURO, SHORT, SHORT, SHORT, FOUR(SHORT), FOUR(SHORT), FOUR(SHORT), FOUR(SHORT)

static const uint8_t lead_row[64] = {LEAD_ROW}, second_row[64] = {SECOND_ROW}, third_row[64] = {THIRD_ROW};

/* Of all steps. */
struct sums {
    __m512i least;              /* of bytes */
    __m512i unlike;             /* zero where one is a sign that is told */
    uint64_t blanks, continuations, dots;
    uint64_t after_blank, wrong;
};

struct rows_of_forms {
    __m512i lead, second, third, signs;
};

NF_LEVEL static inline struct rows_of_forms forms(void)
{
    __m128i signs = _mm_loadu_si128((const __m128i *)(const void *)NF_LONG_LINE_SIGNS);
    return (struct rows_of_forms){_mm512_loadu_si512(lead_row), _mm512_loadu_si512(second_row), _mm512_loadu_si512(third_row),
                                  _mm512_broadcast_i32x4(signs)};
}

/* in  first: the line's bytes, letters behind them; second, third: those one and two behind */
NF_LEVEL static inline void count_step(__m512i first, __m512i second, __m512i third, const struct rows_of_forms *rows, struct sums *sums)
{
    uint64_t blanks = _mm512_cmpeq_epi8_mask(first, _mm512_set1_epi8(' '));
    uint64_t continuation = _mm512_cmplt_epi8_mask(first, _mm512_set1_epi8((char)0xC0)), lead = _mm512_movepi8_mask(first) & ~continuation;
    __m512i form = _mm512_and_si512(_mm512_and_si512(_mm512_permutexvar_epi8(first, rows->lead), _mm512_permutexvar_epi8(second, rows->second)),
                                    _mm512_permutexvar_epi8(third, rows->third));
    sums->wrong |= (blanks & (blanks << 1 | sums->after_blank)) | (lead & ~_mm512_test_epi8_mask(form, _mm512_set1_epi8(~DOTS)));
    sums->after_blank = blanks >> 63;
    sums->blanks += (uint64_t)__builtin_popcountll(blanks);
    sums->continuations += (uint64_t)__builtin_popcountll(continuation);
    sums->dots += (uint64_t)__builtin_popcountll(lead & _mm512_test_epi8_mask(form, _mm512_set1_epi8(DOTS)));
    sums->least = _mm512_min_epu8(sums->least, first);
    sums->unlike = _mm512_min_epu8(sums->unlike, _mm512_xor_si512(first, _mm512_shuffle_epi8(rows->signs, first)));
}

/* False: a control, two blanks, or a character that is not known. */
NF_LEVEL bool nf_long_line_count_v4(struct nf_span text, size_t readable, struct nf_line_counts *counts)
{
    const struct rows_of_forms rows = forms();
    const __m512i letters = _mm512_set1_epi8('a');
    struct sums sums = {.least = letters, .unlike = letters};
    const char *p = text.data;
    size_t left = text.len;
    (void)readable;
    for (; left >= 64 + 2; left -= 64, p += 64)
        count_step(_mm512_loadu_si512(p), _mm512_loadu_si512(p + 1), _mm512_loadu_si512(p + 2), &rows, &sums);
    for (; left; left = left > 64 ? left - 64 : 0, p += 64)
        count_step(_mm512_mask_loadu_epi8(letters, first_of(left), p), _mm512_maskz_loadu_epi8(first_of(left - 1), p + 1),
                   _mm512_maskz_loadu_epi8(first_of(left > 2 ? left - 2 : 0), p + 2), &rows, &sums);
    bool signs = _mm512_testn_epi8_mask(sums.unlike, sums.unlike) != 0, low = _mm512_cmplt_epu8_mask(sums.least, _mm512_set1_epi8(' ')) != 0;
    *counts = (struct nf_line_counts){(uint32_t)sums.blanks, (uint32_t)sums.continuations, (uint32_t)sums.dots, signs};
    return !low && !sums.wrong;
}
#endif
