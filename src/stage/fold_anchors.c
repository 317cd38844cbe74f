/*
 * fold_anchors.c: choosing and hashing words in a row, 64 places at a time.
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
#define LOOK_AHEAD 32           /* memory reads under way at once, or a little more */

void nf_anchors_release(struct nf_anchors *anchors)
{
    nf_free(anchors->anchor);
    nf_free(anchors->kept);
    nf_slots_release(&anchors->same);
}

/* Of the pair of words at a place: the places with low ranks have anchors. */
static uint16_t rank_of(const uint16_t *word)
{
    return (uint16_t)(word[0] * RANK_1 + word[1] * RANK_2);
}

#define PLACES 64

/* A bit for each of so many places. */
struct choice {
    uint64_t here, kept;
};

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

/* Of the next places, at most `count`, those whose ranks are low. in  count: places at which SPAN words stand */
static struct choice choose(const uint16_t *word, size_t count)
{
    struct choice choice = {0, 0};
    for (size_t i = 0; i < count; i += 8) {
        unsigned eight = choose_8(word + i, count - i);
        choice.here |= (uint64_t)(eight & 0xFF) << i;
        choice.kept |= (uint64_t)(eight >> 8) << i;
    }
    uint64_t all = count < PLACES ? (UINT64_C(1) << count) - 1 : UINT64_MAX;
    return (struct choice){choice.here & all, choice.kept & all};
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

static void add(struct nf_anchors *anchors, const uint16_t *word, uint32_t at)
{
    anchors->anchor[anchors->count++] = (struct nf_anchor){.key = key_of(word + at), .word = at, .here = NF_PLACES_ABSENT,
                                                           .earlier = NF_PLACES_ABSENT};
}

/* No rank was low enough to be kept: the lowest is, which has an anchor already if any has. */
static void keep_lowest(struct nf_anchors *anchors, size_t before, const uint16_t *word, uint32_t from, uint32_t end)
{
    uint32_t lowest = from;
    for (uint32_t at = from + 1; at < end; at++)
        if (rank_of(word + at) < rank_of(word + lowest))
            lowest = at;
    if (anchors->count == before)
        add(anchors, word, lowest);
    while (anchors->anchor[before].word != lowest)
        before++;
    anchors->kept[anchors->kept_count++] = (uint32_t)before;
}

void nf_anchors_start(struct nf_anchors *anchors)
{
    anchors->count = anchors->kept_count = 0;
}

void nf_anchors_add(struct nf_anchors *anchors, const uint16_t *word, uint32_t from, uint32_t to)
{
    if (to - from < SPAN)
        return;
    size_t before = anchors->count, kept_before = anchors->kept_count;
    uint32_t end = to - SPAN + 1;
    anchors->anchor = nf_grow(anchors->anchor, &anchors->capacity, before + (end - from), sizeof *anchors->anchor);
    anchors->kept = nf_grow(anchors->kept, &anchors->kept_capacity, before + (end - from), sizeof *anchors->kept);
    for (uint32_t at = from; at < end; at = end - at > PLACES ? at + PLACES : end) {
        struct choice choice = choose(word + at, end - at < PLACES ? end - at : PLACES);
        for (uint64_t bits = choice.here; bits; bits &= bits - 1) {
            unsigned i = (unsigned)__builtin_ctzll(bits);
            anchors->kept[anchors->kept_count] = (uint32_t)anchors->count;
            anchors->kept_count += choice.kept >> i & 1;
            add(anchors, word, at + i);
        }
    }
    if (anchors->kept_count == kept_before)
        keep_lowest(anchors, before, word, from, end);
}

static void look_up_earlier(struct nf_anchors *anchors, const struct nf_places *earlier)
{
    const uint32_t *kept = anchors->kept;
    size_t count = anchors->kept_count;
    for (size_t i = 0; i < count + LOOK_AHEAD; i++) {
        if (i < count)
            nf_places_prefetch(earlier, anchors->anchor[kept[i]].key);
        if (i < LOOK_AHEAD)
            continue;
        struct nf_anchor *anchor = &anchors->anchor[kept[i - LOOK_AHEAD]];
        anchor->earlier = nf_places_get(earlier, anchor->key);
        anchor->again |= anchor->earlier != NF_PLACES_ABSENT;
    }
}

static void look_up_here(struct nf_anchors *anchors)
{
    struct nf_anchor *anchor = anchors->anchor;
    nf_slots_begin(&anchors->same, anchors->count);
    for (size_t a = 0; a < anchors->count; a++) {
        if (anchors->count - a > LOOK_AHEAD)
            nf_slots_prefetch(&anchors->same, anchor[a + LOOK_AHEAD].key);
        uint32_t first = nf_slots_put(&anchors->same, anchor[a].key, (uint32_t)a);
        anchor[a].first = first;
        if (first != a)
            anchor[a].again = anchor[first].again = true;
    }
}

void nf_anchors_look_up(struct nf_anchors *anchors, const struct nf_places *earlier)
{
    look_up_here(anchors);
    look_up_earlier(anchors, earlier);
}
