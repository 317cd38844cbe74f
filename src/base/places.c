/*
 * places.c: buckets of a cache line, in parts that grow by half; a full bucket runs over into the next.
 * Used by fold.
 */
#include "base/places.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/alloc.h"

#define LINE 64
#define LOAD_PERCENT 82

/* From so many buckets on, parts have different sizes: they do not all grow at once. */
#define STAGGERED 16

#define LOOK_AHEAD 32           /* memory reads under way at once, or a little more */
#define OVERS 64

_Static_assert(sizeof(struct nf_places_bucket) == LINE, "a bucket is a cache line");

void nf_places_init(struct nf_places *places, unsigned part_bits)
{
    places->part_bits = part_bits;
    places->part = nf_alloc_zero((size_t)1 << part_bits, sizeof *places->part);
}

void nf_places_release(struct nf_places *places)
{
    for (size_t i = 0; places->part && i < (size_t)1 << places->part_bits; i++)
        nf_free(places->part[i].memory);
    nf_free(places->part);
    *places = (struct nf_places){0};
}

static size_t part_of(const struct nf_places *places, uint64_t key)
{
    return (size_t)(key & (((uint64_t)1 << places->part_bits) - 1));
}

static uint32_t tag_of(uint64_t key)
{
    uint32_t tag = (uint32_t)(key >> 32);
    return tag ? tag : 1;
}

/* The bucket that a tag's search begins at; a larger tag never begins before a smaller one. */
static size_t home(size_t buckets, uint32_t tag)
{
    return (size_t)((uint64_t)tag * buckets >> 32);
}

static size_t after(const struct nf_places_part *part, size_t bucket)
{
    return bucket + 1 < part->buckets ? bucket + 1 : 0;
}

/* A bit for each entry of a bucket that has the tag. */
#ifdef __SSE2__
static inline unsigned with_tag(const struct nf_places_bucket *bucket, uint32_t tag)
{
    const __m128i *tags = (const __m128i *)(const void *)bucket->tag, want = _mm_set1_epi32((int)tag);
    __m128i low = _mm_cmpeq_epi32(_mm_load_si128(tags), want), high = _mm_cmpeq_epi32(_mm_load_si128(tags + 1), want);
    __m128i both = _mm_packs_epi32(low, high);
    return (unsigned)_mm_movemask_epi8(_mm_packs_epi16(both, both)) & 0xFF;
}
#else
static inline unsigned with_tag(const struct nf_places_bucket *bucket, uint32_t tag)
{
    unsigned bits = 0;
    for (unsigned i = 0; i < NF_PLACES_EACH; i++)
        bits |= (unsigned)(bucket->tag[i] == tag) << i;
    return bits;
}
#endif

void nf_places_make_part(struct nf_places_part *part, size_t buckets)
{
    *part = (struct nf_places_part){.buckets = buckets};
    if (!buckets)
        return;
    part->memory = nf_alloc_zero(buckets * sizeof *part->bucket + LINE, 1);
    part->bucket = (void *)((char *)part->memory + (LINE - (uintptr_t)part->memory % LINE));
}

/* A tag that the part does not have. in  used: how many entries each bucket has: to read tags just written takes longer */
static void add(struct nf_places_part *part, uint8_t *used, uint32_t tag, uint32_t place)
{
    size_t at = home(part->buckets, tag);
    while (used[at] == NF_PLACES_EACH)
        at = after(part, at);
    unsigned i = used[at]++;
    part->bucket[at].tag[i] = tag;
    part->bucket[at].place[i] = place;
    part->count++;
}

/* All entries to a part of another size, but those whose places are below `least`; the others are lowered by it. */
static void resize(struct nf_places_part *part, size_t buckets, uint32_t least)
{
    struct nf_places_part old = *part;
    uint8_t *used = nf_alloc_zero(buckets, sizeof *used);
    nf_places_make_part(part, buckets);
    for (size_t b = 0; b < old.buckets; b++)
        for (unsigned i = 0; i < NF_PLACES_EACH && old.bucket[b].tag[i]; i++)
            if (old.bucket[b].place[i] >= least)
                add(part, used, old.bucket[b].tag[i], old.bucket[b].place[i] - least);
    nf_free(used);
    nf_free(old.memory);
}

static void grow(const struct nf_places *places, struct nf_places_part *part)
{
    size_t buckets = part->buckets * 2 + 1;
    if (part->buckets < STAGGERED && buckets >= STAGGERED)
        buckets = STAGGERED + ((size_t)(part - places->part) * STAGGERED >> places->part_bits);
    resize(part, buckets, 0);
}

/* Where a key's search begins; NULL: its part is empty. */
static const struct nf_places_bucket *first_bucket(const struct nf_places *places, uint64_t key)
{
    const struct nf_places_part *part = &places->part[part_of(places, key)];
    return part->buckets ? &part->bucket[home(part->buckets, tag_of(key))] : NULL;
}

void nf_places_prefetch(const struct nf_places *places, uint64_t key)
{
    __builtin_prefetch(first_bucket(places, key));
}

uint32_t nf_places_get(const struct nf_places *places, uint64_t key)
{
    const struct nf_places_part *part = &places->part[part_of(places, key)];
    uint32_t tag = tag_of(key);
    if (!part->count)
        return NF_PLACES_ABSENT;
    for (size_t at = home(part->buckets, tag);; at = after(part, at)) {
        const struct nf_places_bucket *bucket = &part->bucket[at];
        unsigned found = with_tag(bucket, tag);
        if (found)
            return bucket->place[__builtin_ctz(found)];
        if (!bucket->tag[NF_PLACES_EACH - 1])
            return NF_PLACES_ABSENT;
    }
}

/* Keys whose first bucket is full: the next one is on its way. */
struct over {
    uint32_t key[OVERS];
    size_t count;
};

static void get_over(const struct nf_places *places, const uint64_t *key, struct over *over, uint32_t *place)
{
    for (size_t i = 0; i < over->count; i++)
        place[over->key[i]] = nf_places_get(places, key[over->key[i]]);
    over->count = 0;
}

/*
 * Whether a bucket is full is anyone's guess, and a wrong one costs the reads that are under way: there is no branch.
 * To prefetch by a function of its own would not do: the compiler sees that it computes nothing, and leaves it out.
 */
void nf_places_get_all(const struct nf_places *places, const uint64_t *key, size_t count, uint32_t *place)
{
    struct over over = {.count = 0};
    for (size_t i = 0; i < count + LOOK_AHEAD; i++) {
        if (i < count)
            __builtin_prefetch(first_bucket(places, key[i]));
        if (i < LOOK_AHEAD)
            continue;
        size_t k = i - LOOK_AHEAD;
        const struct nf_places_bucket *bucket = first_bucket(places, key[k]);
        place[k] = NF_PLACES_ABSENT;
        if (!bucket)
            continue;
        unsigned found = with_tag(bucket, tag_of(key[k]));
        bool full = bucket->tag[NF_PLACES_EACH - 1];
        if (found)
            place[k] = bucket->place[__builtin_ctz(found)];
        __builtin_prefetch(bucket + full);
        over.key[over.count] = (uint32_t)k;
        over.count += !found & full;
        if (over.count == OVERS)
            get_over(places, key, &over, place);
    }
    get_over(places, key, &over, place);
}

void nf_places_put(struct nf_places *places, uint64_t key, uint32_t place)
{
    struct nf_places_part *part = &places->part[part_of(places, key)];
    uint32_t tag = tag_of(key);
    if ((part->count + 1) * 100 > part->buckets * NF_PLACES_EACH * LOAD_PERCENT)
        grow(places, part);
    for (size_t at = home(part->buckets, tag);; at = after(part, at)) {
        struct nf_places_bucket *bucket = &part->bucket[at];
        unsigned unused = with_tag(bucket, 0);
        if (with_tag(bucket, tag))
            return;
        if (!unused)
            continue;
        unsigned i = (unsigned)__builtin_ctz(unused);
        bucket->tag[i] = tag;
        bucket->place[i] = place;
        part->count++;
        return;
    }
}

void nf_places_forget(struct nf_places *places, uint32_t least)
{
    for (size_t p = 0; p < (size_t)1 << places->part_bits; p++) {
        struct nf_places_part *part = &places->part[p];
        size_t count = 0;
        for (size_t b = 0; b < part->buckets; b++)
            for (unsigned i = 0; i < NF_PLACES_EACH && part->bucket[b].tag[i]; i++)
                count += part->bucket[b].place[i] >= least;
        size_t buckets = count ? count * 100 / (NF_PLACES_EACH * LOAD_PERCENT) + 1 : 0;
        resize(part, buckets < part->buckets ? buckets : part->buckets, least);
    }
}

/* Entries fill a bucket from its first place on: a search ends where the last is free. */
bool nf_places_is_sound(const struct nf_places_part *part, uint64_t limit)
{
    size_t count = 0;
    bool sound = true;
    for (size_t b = 0; b < part->buckets; b++) {
        unsigned i = 0;
        for (; i < NF_PLACES_EACH && part->bucket[b].tag[i]; i++)
            sound = sound && part->bucket[b].place[i] < limit;
        count += i;
        for (; i < NF_PLACES_EACH; i++)
            sound = sound && !part->bucket[b].tag[i];
    }
    return sound && count == part->count && (!count || count < part->buckets * NF_PLACES_EACH);
}

size_t nf_places_count(const struct nf_places *places)
{
    size_t count = 0;
    for (size_t i = 0; i < (size_t)1 << places->part_bits; i++)
        count += places->part[i].count;
    return count;
}

size_t nf_places_bytes(const struct nf_places *places)
{
    size_t buckets = 0;
    for (size_t i = 0; i < (size_t)1 << places->part_bits; i++)
        buckets += places->part[i].buckets;
    return buckets * sizeof(struct nf_places_bucket) + (sizeof *places->part << places->part_bits);
}
