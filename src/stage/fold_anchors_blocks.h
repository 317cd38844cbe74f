/*
 * fold_anchors_blocks.h: choosing the places of anchors, 64 at a time.
 * Used by fold_anchors.c and fold_anchors_v4.c, which say before what they bring: NF_LEVEL, the attributes of functions, and
 *   struct choice choose(const uint16_t *word, size_t count)
 *                      of the next places, at most `count`, those whose ranks are low; SPAN words stand at each
 *   size_t put_places(uint64_t bits, uint32_t at, uint32_t *place)
 *   size_t put_kept(uint64_t bits, uint32_t at, uint32_t item, struct nf_kept_anchor *kept)
 *                      `at` and the place of each bit; may write MORE past them. out  how many
 */
#ifndef NEWSFOLD_STAGE_FOLD_ANCHORS_BLOCKS_H
#define NEWSFOLD_STAGE_FOLD_ANCHORS_BLOCKS_H

#include "base/alloc.h"
#include "base/cpu.h"
#include "stage/fold_anchors.h"

void nf_anchors_add_v4(struct nf_anchors *anchors, const uint16_t *word, const uint32_t *from, size_t first, size_t past);

#ifdef NF_LEVEL

#define SPAN 8                  /* words an anchor is made of */
#define RANKS_HERE 8192         /* of 65,536 */
#define RANKS_KEPT 4096
#define RANK_1 0x9E3Bu
#define RANK_2 0xC2B5u
#define PLACES 64
#define MORE 16

/* A bit for each of so many places. */
struct choice {
    uint64_t here, kept;
};

NF_LEVEL static inline struct choice choose(const uint16_t *word, size_t count);
NF_LEVEL static inline size_t put_places(uint64_t bits, uint32_t at, uint32_t *place);
NF_LEVEL static inline size_t put_kept(uint64_t bits, uint32_t at, uint32_t item, struct nf_kept_anchor *kept);

/* Of the pair of words at a place: the places with low ranks have anchors. */
static inline uint16_t rank_of(const uint16_t *word)
{
    return (uint16_t)(word[0] * RANK_1 + word[1] * RANK_2);
}

/* No rank was low enough to be kept: the lowest is, and of several the first. in  count: places */
static inline uint32_t lowest_of(const uint16_t *word, uint32_t count)
{
    uint64_t lowest = UINT64_MAX;
    for (uint32_t at = 0; at < count; at++) {
        uint64_t this = (uint64_t)rank_of(word + at) << 32 | at;
        lowest = this < lowest ? this : lowest;
    }
    return (uint32_t)lowest;
}

NF_LEVEL static inline void add_item(struct nf_anchors *anchors, const uint16_t *word, uint32_t item, uint32_t from, uint32_t end)
{
    size_t before = anchors->count, kept_before = anchors->kept_count;
    for (uint32_t at = from; at < end; at = end - at > PLACES ? at + PLACES : end) {
        struct choice choice = choose(word + at, end - at);
        anchors->count += put_places(choice.here, at, anchors->word + anchors->count);
        anchors->kept_count += put_kept(choice.kept, at, item, anchors->kept + anchors->kept_count);
    }
    if (anchors->kept_count != kept_before)
        return;
    uint32_t lowest = from + lowest_of(word + from, end - from);
    if (anchors->count == before)
        anchors->word[anchors->count++] = lowest;
    anchors->kept[anchors->kept_count++] = (struct nf_kept_anchor){lowest, item};
}

NF_LEVEL static inline void add_items(struct nf_anchors *anchors, const uint16_t *word, const uint32_t *from, size_t first, size_t past)
{
    size_t places = from[past] - from[first] + MORE;
    anchors->word = nf_grow(anchors->word, &anchors->capacity, anchors->count + places, sizeof *anchors->word);
    anchors->kept = nf_grow(anchors->kept, &anchors->kept_capacity, anchors->kept_count + places, sizeof *anchors->kept);
    for (size_t i = first; i < past; i++)
        if (from[i + 1] - from[i] >= SPAN)
            add_item(anchors, word, (uint32_t)i, from[i], from[i + 1] - SPAN + 1);
}
#endif

#endif
