/*
 * slots.c: linear probing in a power of two, at most three quarters full.
 * Used by fold.
 */
#include "base/slots.h"

#include <string.h>

#include "base/alloc.h"

#define CAPACITY_LEAST 64

void nf_slots_release(struct nf_slots *slots)
{
    nf_free(slots->slot);
    *slots = (struct nf_slots){0};
}

void nf_slots_begin(struct nf_slots *slots, size_t most)
{
    size_t places = CAPACITY_LEAST;
    while (places / 4 * 3 < most)
        places *= 2;
    slots->mask = places - 1;
    if (places > slots->capacity) {
        nf_free(slots->slot);
        slots->slot = nf_alloc_zero(places, sizeof *slots->slot);
        slots->capacity = places;
        slots->generation = 0;
    }
    if (slots->generation == UINT32_MAX) {
        memset(slots->slot, 0, slots->capacity * sizeof *slots->slot);
        slots->generation = 0;
    }
    slots->generation++;
}

static struct nf_slot *find(const struct nf_slots *slots, uint64_t key)
{
    uint64_t at = key & slots->mask;
    while (slots->slot[at].generation == slots->generation && slots->slot[at].key != key)
        at = (at + 1) & slots->mask;
    return &slots->slot[at];
}

uint32_t nf_slots_get(const struct nf_slots *slots, uint64_t key)
{
    const struct nf_slot *slot = find(slots, key);
    return slot->generation == slots->generation ? slot->value : NF_SLOTS_ABSENT;
}

uint32_t nf_slots_put(struct nf_slots *slots, uint64_t key, uint32_t value)
{
    struct nf_slot *slot = find(slots, key);
    if (slot->generation != slots->generation)
        *slot = (struct nf_slot){key, slots->generation, value};
    return slot->value;
}
