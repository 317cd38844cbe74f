/*
 * table.h: a table from 64-bit keys to numbers, for millions of entries.
 * Used by fold for what was seen; fuller tables than the usual keep memory per entry low.
 *
 * The entries of a part stand in the order of their keys, each at or behind the place that its key scales to. So a
 * search for what is not there ends at the first larger key, and a part grows in place by two passes over it.
 */
#ifndef NEWSFOLD_BASE_TABLE_H
#define NEWSFOLD_BASE_TABLE_H

#include <stddef.h>
#include <stdint.h>

#define NF_TABLE_ABSENT UINT64_MAX
#define NF_TABLE_VALUE_MAX ((UINT64_C(1) << 40) - 2)

struct nf_table_entry {
    uint64_t key;
    uint64_t check_value;       /* 24 bits of check above 40 bits of value + 1; 0: free */
};

/* A part grows on its own, so that growth never needs the whole table twice. */
struct nf_table_part {
    struct nf_table_entry *entry;
    size_t count;
    size_t capacity;            /* places that keys scale to */
    size_t room;                /* and some behind them, of which the last stays free */
};

struct nf_table {
    struct nf_table_part *part;
    unsigned part_bits;
};

/* in  part_bits: log2 of the number of parts, at most 16; 0 for small tables */
void nf_table_init(struct nf_table *table, unsigned part_bits);
void nf_table_release(struct nf_table *table);

/* Have the memory come that a search for the key will read; a dozen keys ahead is a good distance. */
void nf_table_prefetch(const struct nf_table *table, uint64_t key);

/*
 * The value kept for a key, or NF_TABLE_ABSENT.
 *
 * in      key: well mixed, all 64 bits; check: 24 more bits of the digest, compared too
 */
uint64_t nf_table_get(const struct nf_table *table, uint64_t key, uint32_t check);

/*
 * Keep a value unless the key has one.
 *
 * in      value: at most NF_TABLE_VALUE_MAX
 * out     the value that stands for the key now
 * cost    amortised constant; 16 bytes an entry at 70 to 85 % load. Of keys that agree in their low half, as long
 *         as the keys are digests nobody can make many, each moves those behind it
 */
uint64_t nf_table_put(struct nf_table *table, uint64_t key, uint32_t check, uint64_t value);

/* Forget the values below `least`, and lower the others by it; their memory is given back. */
void nf_table_forget(struct nf_table *table, uint64_t least);

size_t nf_table_count(const struct nf_table *table);
size_t nf_table_bytes(const struct nf_table *table);

#endif
