/*
 * words_blocks.h: the words of keys in scripts with blanks, and their digits, found by masks of a bit for each of 64 bytes.
 * Used by words.c, numbers.c and the files that have the vector instructions of a processor (words_v2.c and so on).
 *
 * A file that includes it says before what it brings: NF_LEVEL, the attributes of its functions, and
 *   uint64_t blanks_of(const char *)     a bit for each of 64 bytes that is a blank
 *   uint64_t digits_of(const char *)     ... or a digit
 *   uint64_t breaks_of(const char *)     ... or a blank or not of ASCII; of a key, whose bytes are no controls
 *   unsigned count_bits(uint64_t)        those that are set, and
 *   uint32_t first_bit(uint64_t)         the place of the first, or any number; or instead of both SSE4_PLACES, or
 *                                        OWN_PLACES with
 *   uint32_t *add_places(bits, at, uint32_t *place)
 *                                        `at` and the place of each bit; gives what is past them
 * and perhaps, with OWN_TRACES:
 *   void add_traces(keys, uint32_t *blank, count, trace)
 *                                        the traces of so many words, between count + 1 blanks
 * The last two may write NF_WORDS_MORE places or traces past theirs.
 */
#ifndef NEWSFOLD_TEXT_WORDS_BLOCKS_H
#define NEWSFOLD_TEXT_WORDS_BLOCKS_H

#include <string.h>

#include "text/normalise_masks.h"
#include "text/words.h"

/* The ways: all words of keys that have no unspaced characters. in  keys: less than 4 GiB. out  their number */
size_t nf_spaced_words_any(struct nf_span keys, uint16_t *trace);
size_t nf_spaced_words_v2(struct nf_span keys, uint16_t *trace);
size_t nf_spaced_words_v3(struct nf_span keys, uint16_t *trace);
size_t nf_spaced_words_v4(struct nf_span keys, uint16_t *trace);
size_t nf_spaced_words_neon(struct nf_span keys, uint16_t *trace);

/* The ways to nf_numbers_of. */
uint64_t nf_numbers_any(struct nf_span key);
uint64_t nf_numbers_v2(struct nf_span key);
uint64_t nf_numbers_v3(struct nf_span key);
uint64_t nf_numbers_v4(struct nf_span key);
uint64_t nf_numbers_neon(struct nf_span key);

/* So many traces past the last may be written. */
#define NF_WORDS_MORE 16

/* Which of 16 bytes a word of so many has. */
extern const uint64_t nf_word_masks[17][2];

#define NF_WORD_FIRST UINT64_C(0x9E3779B97F4A7C15)
#define NF_WORD_SECOND UINT64_C(0xC2B2AE3D27D4EB4F)
#define NF_WORD_LAST UINT64_C(0xD6E8FEB86659FD93)

/* Eight bytes as a little-endian machine reads them: hashes are the same everywhere. */
static inline uint64_t nf_word_load(const char *p)
{
    uint64_t word;
    memcpy(&word, p, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* Two steps without a branch do for nearly all words. in  p: 16 bytes may be read */
static inline uint32_t nf_word_hash_of(const char *p, size_t len)
{
    const uint64_t *mask = nf_word_masks[len < 16 ? len : 16];
    uint64_t hash = ((nf_word_load(p) & mask[0]) + len) * NF_WORD_FIRST;
    hash ^= (nf_word_load(p + 8) & mask[1]) * NF_WORD_SECOND;
    for (size_t at = 16; at < len; at += 8) {
        uint64_t word = nf_word_load(p + at) & nf_word_masks[len - at < 8 ? len - at : 8][0];
        hash = (hash ^ hash >> 29 ^ word) * UINT64_C(0x9FB21C651E98DF25);
    }
    return (uint32_t)((hash ^ hash >> 32) * NF_WORD_LAST >> 32);
}

/* Three bits of 64. */
static inline uint64_t nf_number_bits(uint32_t hash)
{
    return UINT64_C(1) << (hash & 63) | UINT64_C(1) << (hash >> 6 & 63) | UINT64_C(1) << (hash >> 12 & 63);
}

#ifdef NF_LEVEL

enum {
    BLOCK_WORDS = 32,           /* of 64 bytes, at most: each has a letter and a blank */
    WORDS_AT_ONCE = 512
};

#ifdef SSE4_PLACES
/* The places of eight bytes' blanks, of which there are four at most. */
NF_LEVEL static inline uint32_t *add_eight(uint64_t bits, __m128i at, uint32_t *place)
{
    __m128i which = _mm_cvtepu8_epi32(_mm_cvtsi32_si128((int)(uint32_t)nf_shuffles[bits & 0xFF]));
    _mm_storeu_si128((__m128i *)(void *)place, _mm_add_epi32(which, at));
    return place + __builtin_popcountll(bits & 0xFF);
}

NF_LEVEL static inline uint32_t *add_places(uint64_t bits, uint32_t at, uint32_t *place)
{
    for (unsigned i = 0; i < 64; i += 16, bits >>= 16) {
        place = add_eight(bits, _mm_set1_epi32((int)(at + i)), place);
        place = add_eight(bits >> 8, _mm_set1_epi32((int)(at + i + 8)), place);
    }
    return place;
}
#elif !defined(OWN_PLACES)
/* Twelve are written without a look at how many there are, which is faster than a branch. */
NF_LEVEL static inline uint32_t *add_places(uint64_t bits, uint32_t at, uint32_t *place)
{
    uint32_t *past = place + count_bits(bits);
    for (int i = 0; i < 12; i += 4) {                   /* four in a row: -O2 does not unroll */
        place[i] = at + first_bit(bits), bits &= bits - 1;
        place[i + 1] = at + first_bit(bits), bits &= bits - 1;
        place[i + 2] = at + first_bit(bits), bits &= bits - 1;
        place[i + 3] = at + first_bit(bits), bits &= bits - 1;
    }
    for (place += 12; place < past; bits &= bits - 1)
        *place++ = at + first_bit(bits);
    return past;
}
#endif

/* Word i of those that blanks stand around. */
static inline void add_trace(struct nf_span keys, const uint32_t *blank, size_t i, uint16_t *trace)
{
    uint32_t from = blank[i] + 1;
    trace[i] = nf_word_trace(nf_word_hash_of(keys.data + from, blank[i + 1] - from));
}

#ifndef OWN_TRACES
NF_LEVEL static inline void add_traces(struct nf_span keys, const uint32_t *blank, size_t count, uint16_t *trace)
{
    for (size_t i = 0; i < count; i++)
        add_trace(keys, blank, i, trace);
}
#endif

/* A piece of the keys gives the places of its blanks, and those the words. */
NF_LEVEL static inline size_t spaced_words(struct nf_span keys, uint16_t *trace)
{
    uint32_t blank[1 + WORDS_AT_ONCE + BLOCK_WORDS + NF_WORDS_MORE], *past = blank + 1;
    const uint16_t *first = trace;
    blank[0] = UINT32_MAX;                              /* one before the first word */
    for (size_t at = 0; at <= keys.len; at += 64) {
        uint64_t blanks = blanks_of(keys.data + at);
        size_t left = keys.len - at;
        if (left < 64)
            blanks = (blanks & ((UINT64_C(1) << left) - 1)) | UINT64_C(1) << left;
        past = add_places(blanks, (uint32_t)at, past);
        size_t count = (size_t)(past - blank) - 1;
        if (count < WORDS_AT_ONCE && left >= 64)
            continue;
        uint32_t last = past[-1];
        add_traces(keys, blank, count, trace);
        trace += count;
        blank[0] = last;
        past = blank + 1;
    }
    return (size_t)(trace - first);
}

/* Where the word begins that goes on over the beginning of a block, and where one ends that goes on over its end. */
static inline size_t number_from(struct nf_span key, size_t at)
{
    while (at > 0 && key.data[at - 1] != ' ' && (unsigned char)key.data[at - 1] < 0x80)
        at--;
    return at;
}

static inline size_t number_end(struct nf_span key, size_t at)
{
    while (at < key.len && key.data[at] != ' ' && (unsigned char)key.data[at] < 0x80)
        at++;
    return at;
}

/* A word that two blocks share may be met in both: its bits are the same. */
NF_LEVEL static inline uint64_t numbers_in(struct nf_span key)
{
    uint64_t numbers = 0;
    for (size_t at = 0; at < key.len; at += 64) {
        uint64_t here = nf_first_bits(key.len - at), digits = digits_of(key.data + at) & here;
        if (!digits)
            continue;
        uint64_t breaks = breaks_of(key.data + at) | ~here;
        for (uint64_t left = digits; left;) {
            uint64_t first = left & (~left + 1), before = breaks & (first - 1), after = breaks & ~(first - 1);
            size_t from = before ? at + 64 - (size_t)__builtin_clzll(before) : number_from(key, at);
            size_t end = after ? at + (size_t)__builtin_ctzll(after) : number_end(key, at + 64);
            numbers |= nf_number_bits(nf_word_hash_of(key.data + from, end - from));
            left = after ? left & ~((after & (~after + 1)) - 1) : 0;
        }
    }
    return numbers;
}
#endif

#endif
