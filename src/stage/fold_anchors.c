/*
 * fold_anchors.c: choosing and hashing words in a row, eight places at a time.
 * Used by fold_near.c.
 */
#include "stage/fold_anchors.h"

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
#define LOOK_AHEAD 32           /* half as many memory reads are under way at once */

void nf_anchors_release(struct nf_anchors *anchors)
{
    nf_free(anchors->anchor);
    nf_slots_release(&anchors->same);
}

/* Of the pair of words at a place: the places with low ranks have anchors. */
static uint16_t rank_of(const uint16_t *word)
{
    return (uint16_t)(word[0] * RANK_1 + word[1] * RANK_2);
}

/* A bit for each of 8 places. */
struct choice {
    unsigned here, kept;
};

/* Of the next 8 places, at most count, those whose ranks are low. in  count: places at which SPAN words stand */
#ifdef __SSE2__
static inline unsigned below(__m128i rank, uint16_t limit)
{
    __m128i low = _mm_cmpeq_epi16(_mm_subs_epu16(rank, _mm_set1_epi16((short)(limit - 1))), _mm_setzero_si128());
    return (unsigned)_mm_movemask_epi8(_mm_packs_epi16(low, low)) & 0xFF;
}

static inline struct choice choose(const uint16_t *word, size_t count)
{
    __m128i first = _mm_loadu_si128((const __m128i *)(const void *)word);
    __m128i second = count > 1 ? _mm_loadu_si128((const __m128i *)(const void *)(word + 1)) : _mm_srli_si128(first, 2);
    __m128i rank = _mm_add_epi16(_mm_mullo_epi16(first, _mm_set1_epi16((short)RANK_1)),
                                 _mm_mullo_epi16(second, _mm_set1_epi16((short)RANK_2)));
    unsigned all = count < 8 ? (1u << count) - 1 : 0xFF;
    return (struct choice){below(rank, RANKS_HERE) & all, below(rank, RANKS_KEPT) & all};
}
#else
static inline struct choice choose(const uint16_t *word, size_t count)
{
    struct choice choice = {0, 0};
    for (unsigned i = 0; i < 8 && i < count; i++) {
        choice.here |= (unsigned)(rank_of(word + i) < RANKS_HERE) << i;
        choice.kept |= (unsigned)(rank_of(word + i) < RANKS_KEPT) << i;
    }
    return choice;
}
#endif

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

static void add(struct nf_anchors *anchors, const uint16_t *word, uint32_t at, bool kept)
{
    anchors->anchor[anchors->count++] = (struct nf_anchor){.key = key_of(word + at), .word = at, .here = NF_PLACES_ABSENT,
                                                           .earlier = NF_PLACES_ABSENT, .kept = kept};
}

/* No rank was low enough to be kept: the lowest is. */
static void keep_lowest(struct nf_anchors *anchors, size_t before, const uint16_t *word, uint32_t from, uint32_t end)
{
    uint32_t lowest = from;
    for (uint32_t at = from + 1; at < end; at++)
        if (rank_of(word + at) < rank_of(word + lowest))
            lowest = at;
    if (anchors->count == before)
        add(anchors, word, lowest, true);
    for (size_t a = before; a < anchors->count; a++)
        anchors->anchor[a].kept |= anchors->anchor[a].word == lowest;
}

void nf_anchors_add(struct nf_anchors *anchors, const uint16_t *word, uint32_t from, uint32_t to)
{
    if (to - from < SPAN)
        return;
    size_t before = anchors->count;
    uint32_t end = to - SPAN + 1;
    unsigned any = 0;
    anchors->anchor = nf_grow(anchors->anchor, &anchors->capacity, before + (end - from), sizeof *anchors->anchor);
    for (uint32_t at = from; at < end; at = end - at > 8 ? at + 8 : end) {
        struct choice choice = choose(word + at, end - at);
        any |= choice.kept;
        for (unsigned bits = choice.here; bits; bits &= bits - 1) {
            unsigned i = (unsigned)__builtin_ctz(bits);
            add(anchors, word, at + i, choice.kept >> i & 1);
        }
    }
    if (!any)
        keep_lowest(anchors, before, word, from, end);
}

void nf_anchors_look_up(struct nf_anchors *anchors, const struct nf_places *earlier)
{
    struct nf_anchor *anchor = anchors->anchor;
    size_t count = anchors->count;
    nf_slots_begin(&anchors->same, count);
    for (size_t i = 0; i < count + LOOK_AHEAD; i++) {
        if (i < count)
            nf_slots_prefetch(&anchors->same, anchor[i].key);
        if (i < count && anchor[i].kept)
            nf_places_prefetch(earlier, anchor[i].key);
        if (i < LOOK_AHEAD)
            continue;
        size_t a = i - LOOK_AHEAD;
        if (anchor[a].kept)
            anchor[a].earlier = nf_places_get(earlier, anchor[a].key);
        anchor[a].first = nf_slots_put(&anchors->same, anchor[a].key, (uint32_t)a);
    }
}
