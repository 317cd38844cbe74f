/*
 * alloc.c: the heap, with out of memory decided in one place.
 * Used by everything that keeps memory.
 */
#include "base/alloc.h"

#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

/* No stdio: it may want memory itself. Targets are untouched, they are renamed into place at the end. */
void nf_out_of_memory(void)
{
    static const char text[] = "newsfold: out of memory; a smaller --max-document may help\n";
    ssize_t written = write(STDERR_FILENO, text, sizeof text - 1);
    (void)written;
    quick_exit(2);              /* the command line removes its temporary files */
}

void *nf_alloc(size_t len)
{
    void *block = malloc(len ? len : 1);
    if (!block)
        nf_out_of_memory();
    return block;
}

void *nf_alloc_zero(size_t count, size_t len)
{
    void *block = calloc(count ? count : 1, len ? len : 1);
    if (!block)
        nf_out_of_memory();
    return block;
}

void *nf_realloc(void *old, size_t count, size_t len)
{
    if (len && count > SIZE_MAX / len)
        nf_out_of_memory();
    size_t total = count * len;
    void *block = realloc(old, total ? total : 1);
    if (!block)
        nf_out_of_memory();
    return block;
}

void nf_free(void *old)
{
    free(old);
}

void *nf_grow_more(void *old, size_t *capacity, size_t need, size_t len)
{
    size_t grown = *capacity ? *capacity : 16;
    while (grown < need)
        grown = grown > SIZE_MAX / 2 ? need : grown * 2;
    old = nf_realloc(old, grown, len);
    *capacity = grown;
    return old;
}
