/*
 * places.h: a table from 64-bit keys to the places of words, for tens of millions of entries of eight bytes.
 * Used by fold for the anchors of earlier text.
 *
 * Entries stand in buckets of one cache line, which a look-up and the put after it read once. Of a key 32 bits are
 * kept and a few more tell its part: now and then a key is taken for another, so who asks compares what stands there.
 */
#ifndef NEWSFOLD_BASE_PLACES_H
#define NEWSFOLD_BASE_PLACES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NF_PLACES_ABSENT UINT32_MAX
#define NF_PLACES_EACH 8

struct nf_places_bucket {
    uint32_t tag[NF_PLACES_EACH];       /* of the key, in the order they came; 0: free */
    uint32_t place[NF_PLACES_EACH];
};

/* A part grows on its own, so that growth never needs the whole table twice, and never long. */
struct nf_places_part {
    struct nf_places_bucket *bucket;    /* at the start of a cache line, in `memory` */
    void *memory;
    size_t count, buckets;
};

struct nf_places {
    struct nf_places_part *part;
    unsigned part_bits;
};

/* in  part_bits: log2 of the number of parts, at most 16 */
void nf_places_init(struct nf_places *places, unsigned part_bits);
void nf_places_release(struct nf_places *places);

/* Have the memory come that get and put will read; a dozen keys ahead is a good distance. */
void nf_places_prefetch(const struct nf_places *places, uint64_t key);

/* in  key: well mixed, all 64 bits. out  the place kept for it, or NF_PLACES_ABSENT */
uint32_t nf_places_get(const struct nf_places *places, uint64_t key);

/* The same for many, whose memory reads go side by side. out  place: for each */
void nf_places_get_all(const struct nf_places *places, const uint64_t *key, size_t count, uint32_t *place);

/*
 * Keep a place unless the key has one.
 *
 * in      place: less than NF_PLACES_ABSENT
 * cost    amortised constant; 10 to 15 bytes an entry, as buckets are half to four fifths full
 */
void nf_places_put(struct nf_places *places, uint64_t key, uint32_t place);

/* Forget the places below `least`, and lower the others by it; their memory is given back. */
void nf_places_forget(struct nf_places *places, uint32_t least);

/* A part of so many buckets, for reading what was stored; what was in it is gone. */
void nf_places_make_part(struct nf_places_part *part, size_t buckets);

/* Whether a part that was read may be searched: it holds `count` entries, all places are below `limit`, room is left. */
bool nf_places_is_sound(const struct nf_places_part *part, uint64_t limit);

size_t nf_places_count(const struct nf_places *places);
size_t nf_places_bytes(const struct nf_places *places);

#endif
