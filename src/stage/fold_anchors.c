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

#define NF_LEVEL

#include "base/alloc.h"
#include "stage/fold_anchors_blocks.h"

void nf_anchors_release(struct nf_anchors *anchors)
{
    nf_free(anchors->word);
    nf_free(anchors->kept);
    nf_free(anchors->key);
    nf_free(anchors->found);
    nf_free(anchors->again);
    nf_free(anchors->bits);
    nf_slots_release(&anchors->same);
}

/* Eight places: the low byte says here, the next one kept. Those at which no anchor stands are masked by the caller. */
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

static inline struct choice choose(const uint16_t *word, size_t count)
{
    struct choice choice = {0, 0};
    for (size_t i = 0; i < PLACES && i < count; i += 8) {
        unsigned eight = choose_8(word + i, count - i);
        choice.here |= (uint64_t)(eight & 0xFF) << i;
        choice.kept |= (uint64_t)(eight >> 8) << i;
    }
    uint64_t all = count < PLACES ? (UINT64_C(1) << count) - 1 : UINT64_MAX;
    return (struct choice){choice.here & all, choice.kept & all};
}

/* Few come, so that a branch for each costs less than to write as many as might. */
static inline size_t put_places(uint64_t bits, uint32_t at, uint32_t *place)
{
    size_t count = 0;
    for (; bits; bits &= bits - 1)
        place[count++] = at + (uint32_t)__builtin_ctzll(bits);
    return count;
}

static inline size_t put_kept(uint64_t bits, uint32_t at, uint32_t item, struct nf_kept_anchor *kept)
{
    size_t count = 0;
    for (; bits; bits &= bits - 1)
        kept[count++] = (struct nf_kept_anchor){at + (uint32_t)__builtin_ctzll(bits), item};
    return count;
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

void nf_anchors_start(struct nf_anchors *anchors)
{
    anchors->count = anchors->kept_count = 0;
}

void nf_anchors_add(struct nf_anchors *anchors, const uint16_t *word, const uint32_t *from, size_t first, size_t past)
{
#if NF_CPU_IS_X86
    if (anchors->cpu == NF_CPU_V4) {
        nf_anchors_add_v4(anchors, word, from, first, past);
        return;
    }
#endif
    add_items(anchors, word, from, first, past);
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
