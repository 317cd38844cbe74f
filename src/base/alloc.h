/*
 * alloc.h: the only door to the heap.
 * Out of memory ends the program here, with a message and exit status 2; nobody else checks.
 */
#ifndef NEWSFOLD_BASE_ALLOC_H
#define NEWSFOLD_BASE_ALLOC_H

#include <stddef.h>

/* Ends the program; for memory that a library could not get. */
void nf_out_of_memory(void);

void *nf_alloc(size_t len);
void *nf_alloc_zero(size_t count, size_t len);

/* Room for `count` items of `len` bytes each; a product that does not fit is out of memory. */
void *nf_realloc(void *old, size_t count, size_t len);
void nf_free(void *old);

/*
 * Grow an array to hold at least `need` items, by doubling.
 *
 * in      capacity: items there is room for; updated
 * out     the array, perhaps moved
 */
void *nf_grow_more(void *old, size_t *capacity, size_t need, size_t len);

static inline void *nf_grow(void *old, size_t *capacity, size_t need, size_t len)
{
    return need <= *capacity ? old : nf_grow_more(old, capacity, need, len);
}

#endif
