/*
 * newlines.c: a bit for each byte, 64 at a time.
 * Used by the page stage.
 */
#include "text/newlines.h"

#include "base/alloc.h"
#include "text/line_ends.h"

#define EACH 64                 /* bytes of text to a word of bits */

void nf_newlines_release(struct nf_newlines *newlines)
{
    nf_free(newlines->bits);
    *newlines = (struct nf_newlines){0};
}

void nf_newlines_find(struct nf_newlines *newlines, struct nf_span text)
{
    size_t whole = text.len / EACH, rest = text.len % EACH;
    char last[EACH] = "";
    newlines->bits = nf_grow(newlines->bits, &newlines->capacity, whole + 1, sizeof *newlines->bits);
    newlines->len = text.len;
    for (size_t i = 0; i < whole; i++)
        newlines->bits[i] = nf_feed_bits(text.data + i * EACH);
    memcpy(last, text.data + whole * EACH, rest);
    newlines->bits[whole] = nf_feed_bits(last);
}

/* The bits before one of a word. */
static uint64_t before(uint64_t bits, size_t bit)
{
    return bits & ((UINT64_C(1) << bit) - 1);
}

uint64_t nf_newlines_between(const struct nf_newlines *newlines, size_t from, size_t to)
{
    const uint64_t *bits = newlines->bits;
    size_t first = from / EACH, last = to / EACH;
    uint64_t count = 0;
    for (size_t i = first; i < last; i++)
        count += (uint64_t)__builtin_popcountll(bits[i]);
    count += (uint64_t)__builtin_popcountll(before(bits[last], to % EACH));
    return count - (uint64_t)__builtin_popcountll(before(bits[first], from % EACH));
}
