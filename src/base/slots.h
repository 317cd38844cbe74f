/*
 * slots.h: a table for one document at a time.
 * Used by fold. To empty it costs nothing: entries of former documents are told by their generation.
 */
#ifndef NEWSFOLD_BASE_SLOTS_H
#define NEWSFOLD_BASE_SLOTS_H

#include <stddef.h>
#include <stdint.h>

#define NF_SLOTS_ABSENT UINT32_MAX

struct nf_slot {
    uint64_t key;
    uint32_t generation;        /* 0: never used */
    uint32_t value;
};

struct nf_slots {
    struct nf_slot *slot;
    size_t capacity;
    uint64_t mask;              /* of the places in use: as few as this document needs */
    uint32_t generation;
};

void nf_slots_release(struct nf_slots *slots);

/* Forget all and have room for `most` keys. */
void nf_slots_begin(struct nf_slots *slots, size_t most);

/* in  key: its low bits well mixed. out  the value kept for the key, or NF_SLOTS_ABSENT */
uint32_t nf_slots_get(const struct nf_slots *slots, uint64_t key);

/* Keep a value unless the key has one; gives the value that stands. At most as many keys as nf_slots_begin was told. */
uint32_t nf_slots_put(struct nf_slots *slots, uint64_t key, uint32_t value);

#endif
