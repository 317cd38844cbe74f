/*
 * fold_anchors.c: choosing and hashing words in a row, 64 places at a time.
 * Used by fold_near.c.
 */
#include "stage/fold_anchors.h"

#include <stdlib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/alloc.h"

#define SPAN 8                  /* words an anchor is made of */
#define RANKS_HERE 8192         /* of 65,536 */
#define RANKS_KEPT 4096
#define RANK_1 0x9E3Bu
#define RANK_2 0xC2B5u

void nf_anchors_release(struct nf_anchors *anchors)
{
    nf_free(anchors->word);
    nf_free(anchors->kept);
    nf_free(anchors->choice);
    nf_free(anchors->key);
    nf_free(anchors->found);
    nf_free(anchors->again);
    nf_free(anchors->bits);
    nf_slots_release(&anchors->same);
}

/* Of the pair of words at a place: the places with low ranks have anchors. */
static uint16_t rank_of(const uint16_t *word)
{
    return (uint16_t)(word[0] * RANK_1 + word[1] * RANK_2);
}

#define PLACES 64

/* The same for 8 of them: the low byte says here, the next one kept. Those at which no anchor stands are masked by the caller. */
#ifdef __SSE2__
static inline __m128i below(__m128i rank, uint16_t limit)
{
    return _mm_cmpeq_epi16(_mm_subs_epu16(rank, _mm_set1_epi16((short)(limit - 1))), _mm_setzero_si128());
}

static inline unsigned choose_8(const uint16_t *word, size_t count)
{
    __m128i first = _mm_loadu_si128((const __m128i *)(const void *)word);
    __m128i second = count > 1 ? _mm_loadu_si128((const __m128i *)(const void *)(word + 1)) : _mm_srli_si128(first, 2);
    __m128i rank = _mm_add_epi16(_mm_mullo_epi16(first, _mm_set1_epi16((short)RANK_1)),
                                 _mm_mullo_epi16(second, _mm_set1_epi16((short)RANK_2)));
    return (unsigned)_mm_movemask_epi8(_mm_packs_epi16(below(rank, RANKS_HERE), below(rank, RANKS_KEPT)));
}
#else
static inline unsigned choose_8(const uint16_t *word, size_t count)
{
    unsigned choice = 0;
    for (unsigned i = 0; i < 8 && i < count; i++)
        choice |= (unsigned)(rank_of(word + i) < RANKS_HERE) << i | (unsigned)(rank_of(word + i) < RANKS_KEPT) << (8 + i);
    return choice;
}
#endif

/* Of the next places those whose ranks are low. in  count: places at which SPAN words stand, more than any are looked at */
static struct nf_anchor_choice choose(const uint16_t *word, size_t count)
{
    struct nf_anchor_choice choice = {0, 0};
    for (size_t i = 0; i < PLACES && i < count; i += 8) {
        unsigned eight = choose_8(word + i, count - i);
        choice.here |= (uint64_t)(eight & 0xFF) << i;
        choice.kept |= (uint64_t)(eight >> 8) << i;
    }
    return choice;
}

static uint64_t mix(uint64_t hash)
{
    hash ^= hash >> 32;
    hash *= UINT64_C(0xA0761D6478BD642F);
    hash ^= hash >> 29;
    hash *= UINT64_C(0x9FB21C651E98DF25);
    return hash ^ hash >> 32;
}

static uint64_t key_of(const uint16_t *word)
{
    uint64_t half[2];
    memcpy(half, word, sizeof half);
    uint64_t second = half[1] * UINT64_C(0xD6E8FEB86659FD93);
    return mix(half[0] * UINT64_C(0x9E3779B97F4A7C15) ^ (second >> 32 | second << 32));
}

/* No rank was low enough to be kept: the lowest is, and of several the first. in  count: places */
static uint32_t lowest_of(const uint16_t *word, uint32_t count)
{
    uint64_t lowest = UINT64_MAX;
    for (uint32_t at = 0; at < count; at++) {
        uint64_t this = (uint64_t)rank_of(word + at) << 32 | at;
        lowest = this < lowest ? this : lowest;
    }
    return (uint32_t)lowest;
}

void nf_anchors_start(struct nf_anchors *anchors)
{
    anchors->count = anchors->kept_count = 0;
}

static unsigned count_bits(uint64_t bits)
{
    bits -= bits >> 1 & UINT64_C(0x5555555555555555);
    bits = (bits & UINT64_C(0x3333333333333333)) + (bits >> 2 & UINT64_C(0x3333333333333333));
    return (unsigned)(((bits + (bits >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F)) * UINT64_C(0x0101010101010101) >> 56);
}

static uint32_t first_bit(uint64_t bits)
{
    return (uint32_t)__builtin_ctzll(bits | UINT64_C(1) << 63);
}

#define HERE_AT_ONCE 8
#define KEPT_AT_ONCE 4

/* A few are written without a look at how many there are, which is faster than a branch. */
static void add_here(struct nf_anchors *anchors, uint64_t bits, uint32_t at)
{
    uint32_t *place = anchors->word + anchors->count, *past = place + count_bits(bits);
    for (unsigned i = 0; i < HERE_AT_ONCE; i += 4) {
        *place++ = at + first_bit(bits), bits &= bits - 1;
        *place++ = at + first_bit(bits), bits &= bits - 1;
        *place++ = at + first_bit(bits), bits &= bits - 1;
        *place++ = at + first_bit(bits), bits &= bits - 1;
    }
    for (; place < past; bits &= bits - 1)
        *place++ = at + first_bit(bits);
    anchors->count = (size_t)(past - anchors->word);
}

static void add_kept(struct nf_anchors *anchors, uint64_t bits, uint32_t at, uint32_t item)
{
    struct nf_kept_anchor *kept = anchors->kept + anchors->kept_count, *past = kept + count_bits(bits);
    for (unsigned i = 0; i < KEPT_AT_ONCE; i += 4) {
        *kept++ = (struct nf_kept_anchor){at + first_bit(bits), item}, bits &= bits - 1;
        *kept++ = (struct nf_kept_anchor){at + first_bit(bits), item}, bits &= bits - 1;
        *kept++ = (struct nf_kept_anchor){at + first_bit(bits), item}, bits &= bits - 1;
        *kept++ = (struct nf_kept_anchor){at + first_bit(bits), item}, bits &= bits - 1;
    }
    for (; kept < past; bits &= bits - 1)
        *kept++ = (struct nf_kept_anchor){at + first_bit(bits), item};
    anchors->kept_count = (size_t)(past - anchors->kept);
}

static struct nf_anchor_choice part_of(const struct nf_anchor_choice *all, size_t at, size_t count)
{
    const struct nf_anchor_choice *c = &all[at / PLACES];
    unsigned shift = at % PLACES;
    uint64_t mask = count < PLACES ? (UINT64_C(1) << count) - 1 : UINT64_MAX;
    return (struct nf_anchor_choice){(c->here >> shift | c[1].here << 1 << (63 - shift)) & mask,
                                     (c->kept >> shift | c[1].kept << 1 << (63 - shift)) & mask};
}

static void add_item(struct nf_anchors *anchors, const uint16_t *word, uint32_t item, uint32_t base, uint32_t from, uint32_t end)
{
    size_t before = anchors->count, kept_before = anchors->kept_count;
    for (uint32_t at = from; at < end; at = end - at > PLACES ? at + PLACES : end) {
        struct nf_anchor_choice choice = part_of(anchors->choice, at - base, end - at);
        add_here(anchors, choice.here, at);
        add_kept(anchors, choice.kept, at, item);
    }
    if (anchors->kept_count != kept_before)
        return;
    uint32_t lowest = from + lowest_of(word + from, end - from);
    if (anchors->count == before)
        anchors->word[anchors->count++] = lowest;
    anchors->kept[anchors->kept_count++] = (struct nf_kept_anchor){lowest, item};
}

void nf_anchors_add(struct nf_anchors *anchors, const uint16_t *word, const uint32_t *from, size_t first, size_t past)
{
    size_t words = from[past] - from[first];
    if (words < SPAN)
        return;
    size_t places = words - SPAN + 1, blocks = (places + PLACES - 1) / PLACES;
    anchors->word = nf_grow(anchors->word, &anchors->capacity, anchors->count + places + HERE_AT_ONCE, sizeof *anchors->word);
    anchors->kept = nf_grow(anchors->kept, &anchors->kept_capacity, anchors->kept_count + places + KEPT_AT_ONCE, sizeof *anchors->kept);
    anchors->choice = nf_grow(anchors->choice, &anchors->choice_capacity, blocks + 1, sizeof *anchors->choice);
    for (size_t b = 0; b < blocks; b++)
        anchors->choice[b] = choose(word + from[first] + b * PLACES, places - b * PLACES);
    anchors->choice[blocks] = (struct nf_anchor_choice){0, 0};
    for (size_t i = first; i < past; i++)
        if (from[i + 1] - from[i] >= SPAN)
            add_item(anchors, word, (uint32_t)i, from[first], from[i], from[i + 1] - SPAN + 1);
}

static struct nf_anchor *add_again(struct nf_anchors *anchors, uint32_t word, uint32_t earlier)
{
    anchors->again = nf_grow(anchors->again, &anchors->again_capacity, anchors->again_count + 1, sizeof *anchors->again);
    struct nf_anchor *anchor = &anchors->again[anchors->again_count++];
    *anchor = (struct nf_anchor){word, earlier, 0, NF_PLACES_ABSENT};
    return anchor;
}

static void look_up_earlier(struct nf_anchors *anchors, const uint16_t *word, const struct nf_places *earlier)
{
    size_t count = anchors->kept_count;
    if (count > anchors->key_capacity) {
        anchors->key = nf_grow(anchors->key, &anchors->key_capacity, count, sizeof *anchors->key);
        anchors->found = nf_realloc(anchors->found, anchors->key_capacity, sizeof *anchors->found);
    }
    for (size_t i = 0; i < count; i++)
        anchors->key[i] = key_of(word + anchors->kept[i].word);
    nf_places_get_all(earlier, anchors->key, count, anchors->found);
    for (size_t i = 0; i < count; i++)
        if (anchors->found[i] != NF_PLACES_ABSENT)
            add_again(anchors, anchors->kept[i].word, anchors->found[i]);
}

/* Bits for so many anchors, few of which share one. */
static size_t begin_bits(struct nf_anchors *anchors)
{
    size_t words = 16;
    while (words < anchors->count)
        words *= 2;
    anchors->bits = nf_grow(anchors->bits, &anchors->bits_capacity, words, sizeof *anchors->bits);
    memset(anchors->bits, 0, words * sizeof *anchors->bits);
    return words - 1;
}

static uint64_t hash_of(const uint16_t *word)
{
    uint64_t half[2];
    memcpy(half, word, sizeof half);
    uint64_t hash = half[0] * UINT64_C(0x9E3779B97F4A7C15) + half[1] * UINT64_C(0xD6E8FEB86659FD93);
    return hash ^ hash >> 32;
}

static bool meet(const struct nf_anchors *anchors, const uint16_t *word, size_t mask)
{
    uint64_t any = 0;
    for (size_t a = 0; a < anchors->count; a++) {
        uint64_t hash = hash_of(word + anchors->word[a]), bit = UINT64_C(1) << (hash & 63);
        struct nf_anchor_bits *bits = &anchors->bits[hash >> 6 & mask];
        uint64_t twice = bits->once & bit;
        bits->once |= bit;
        bits->twice |= twice;
        any |= twice;
    }
    return any;
}

static void add_met(struct nf_anchors *anchors, const uint16_t *word, size_t mask)
{
    for (size_t a = 0; a < anchors->count; a++) {
        uint64_t hash = hash_of(word + anchors->word[a]);
        if (anchors->bits[hash >> 6 & mask].twice >> (hash & 63) & 1)
            add_again(anchors, anchors->word[a], NF_PLACES_ABSENT);
    }
}

static int by_word(const void *a, const void *b)
{
    const struct nf_anchor *one = a, *other = b;
    return one->word != other->word ? one->word < other->word ? -1 : 1 : one->earlier < other->earlier ? -1 : one->earlier > other->earlier;
}

static void look_up_here(struct nf_anchors *anchors, const uint16_t *word)
{
    size_t mask = begin_bits(anchors), count = 0;
    if (meet(anchors, word, mask))
        add_met(anchors, word, mask);
    struct nf_anchor *again = anchors->again;
    if (!anchors->again_count)
        return;
    qsort(again, anchors->again_count, sizeof *again, by_word);
    for (size_t a = 0; a < anchors->again_count; a++)
        if (!count || again[count - 1].word != again[a].word)
            again[count++] = again[a];
    anchors->again_count = count;
    nf_slots_begin(&anchors->same, count);
    for (size_t a = 0; a < count; a++)
        again[a].first = nf_slots_put(&anchors->same, key_of(word + again[a].word), (uint32_t)a);
}

void nf_anchors_look_up(struct nf_anchors *anchors, const uint16_t *word, const struct nf_places *earlier)
{
    anchors->again_count = 0;
    look_up_earlier(anchors, word, earlier);
    look_up_here(anchors, word);
}
