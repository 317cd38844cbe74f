/*
 * numbers.c: the set of a paragraph's numbers.
 * Used by the digest stage.
 */
#include "text/numbers.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define ONES UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Of a number, and of the letters, points and signs that belong to it. */
static bool belongs(char c)
{
    return c != ' ' && (unsigned char)c < 0x80;
}

static bool has_digit(const char *eight)
{
    uint64_t word;
    memcpy(&word, eight, sizeof word);
    word ^= ONES * '0';
    return (~(((word & ~HIGHS) + ONES * 0x76) | word) & HIGHS) != 0;
}

/* Moves on while there are sixteen bytes; true: to a digit. */
#ifdef __SSE2__
static bool skip_to_digit(struct nf_span key, size_t *at)
{
    for (; *at + 16 <= key.len; *at += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(key.data + *at));
        __m128i value = _mm_sub_epi8(bytes, _mm_set1_epi8('0'));
        unsigned digits = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(value, _mm_set1_epi8(9)), value));
        if (digits)
            return *at += (size_t)__builtin_ctz(digits), true;
    }
    return false;
}
#else
static bool skip_to_digit(struct nf_span key, size_t *at)
{
    (void)key;
    (void)at;
    return false;
}
#endif

static size_t next_digit(struct nf_span key, size_t at)
{
    if (skip_to_digit(key, &at))
        return at;
    while (at + 8 <= key.len && !has_digit(key.data + at))
        at += 8;
    while (at < key.len && !is_digit(key.data[at]))
        at++;
    return at;
}

static uint64_t bits_of(const char *word, size_t len)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)word[i]) * UINT64_C(0x100000001B3);
    hash ^= hash >> 29;
    hash *= UINT64_C(0xD6E8FEB86659FD93);
    return UINT64_C(1) << (hash >> 58) | UINT64_C(1) << (hash >> 52 & 63) | UINT64_C(1) << (hash >> 46 & 63);
}

uint64_t nf_numbers_of(struct nf_span key)
{
    uint64_t numbers = 0;
    for (size_t at = next_digit(key, 0); at < key.len; at = next_digit(key, at)) {
        size_t from = at;
        while (from > 0 && belongs(key.data[from - 1]))
            from--;
        while (at < key.len && belongs(key.data[at]))
            at++;
        numbers |= bits_of(key.data + from, at - from);
    }
    return numbers;
}
