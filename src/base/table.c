/*
 * table.c: open addressing with linear probing, in parts that grow by a fifth of their size.
 * Used by fold.
 */
#include "base/table.h"

#include <string.h>

#include "base/alloc.h"

#define CAPACITY_LEAST 16
#define LOAD_PERCENT 85

/* Below so many entries a part doubles: it costs little then. */
#define SMALL 4096

void nf_table_init(struct nf_table *table, unsigned part_bits)
{
    table->part_bits = part_bits;
    table->part = nf_alloc_zero((size_t)1 << part_bits, sizeof *table->part);
}

void nf_table_release(struct nf_table *table)
{
    for (size_t i = 0; table->part && i < (size_t)1 << table->part_bits; i++)
        nf_free(table->part[i].entry);
    nf_free(table->part);
    *table = (struct nf_table){0};
}

/* A table that was large once and is small now gives its memory back: clearing it would cost more than it holds. */
void nf_table_reset(struct nf_table *table)
{
    for (size_t i = 0; i < (size_t)1 << table->part_bits; i++) {
        struct nf_table_part *part = &table->part[i];
        if (part->capacity > 4096 && part->count < part->capacity / 16) {
            nf_free(part->entry);
            *part = (struct nf_table_part){0};
        } else if (part->count) {
            memset(part->entry, 0, part->capacity * sizeof *part->entry);
            part->count = 0;
        }
    }
}

static struct nf_table_part *part_of(const struct nf_table *table, uint64_t key)
{
    return &table->part[table->part_bits ? key >> (64 - table->part_bits) : 0];
}

/* The place a key begins its search at: its low half scaled to the capacity, which need not be a power of two. */
static size_t home(const struct nf_table_part *part, uint64_t key)
{
    return (size_t)(((key & UINT32_MAX) * (uint64_t)part->capacity) >> 32);
}

static struct nf_table_entry *find(const struct nf_table_part *part, uint64_t key, uint32_t check)
{
    size_t i = home(part, key);
    for (;;) {
        struct nf_table_entry *entry = &part->entry[i];
        if (!entry->check_value || (entry->key == key && entry->check_value >> 40 == (check & 0xFFFFFF)))
            return entry;
        i = i + 1 == part->capacity ? 0 : i + 1;
    }
}

static struct nf_table_entry *find_free(const struct nf_table_part *part, uint64_t key)
{
    size_t i = home(part, key);
    while (part->entry[i].check_value)
        i = i + 1 == part->capacity ? 0 : i + 1;
    return &part->entry[i];
}

static void grow(struct nf_table_part *part)
{
    size_t more = part->capacity < SMALL ? part->capacity : part->capacity / 5;
    struct nf_table_part grown = {.capacity = part->capacity + more + CAPACITY_LEAST, .count = part->count};
    grown.entry = nf_alloc_zero(grown.capacity, sizeof *grown.entry);
    for (size_t i = 0; i < part->capacity; i++)
        if (part->entry[i].check_value)
            *find_free(&grown, part->entry[i].key) = part->entry[i];
    nf_free(part->entry);
    *part = grown;
}

uint64_t nf_table_get(const struct nf_table *table, uint64_t key, uint32_t check)
{
    const struct nf_table_part *part = part_of(table, key);
    if (!part->count)
        return NF_TABLE_ABSENT;
    const struct nf_table_entry *entry = find(part, key, check);
    return entry->check_value ? (entry->check_value & (NF_TABLE_VALUE_MAX + 1)) - 1 : NF_TABLE_ABSENT;
}

uint64_t nf_table_put(struct nf_table *table, uint64_t key, uint32_t check, uint64_t value)
{
    struct nf_table_part *part = part_of(table, key);
    if ((part->count + 1) * 100 > part->capacity * LOAD_PERCENT)
        grow(part);
    struct nf_table_entry *entry = find(part, key, check);
    if (!entry->check_value) {
        *entry = (struct nf_table_entry){key, (uint64_t)(check & 0xFFFFFF) << 40 | (value + 1)};
        part->count++;
    }
    return (entry->check_value & (NF_TABLE_VALUE_MAX + 1)) - 1;
}

size_t nf_table_count(const struct nf_table *table)
{
    size_t count = 0;
    for (size_t i = 0; i < (size_t)1 << table->part_bits; i++)
        count += table->part[i].count;
    return count;
}

size_t nf_table_bytes(const struct nf_table *table)
{
    size_t capacity = 0;
    for (size_t i = 0; i < (size_t)1 << table->part_bits; i++)
        capacity += table->part[i].capacity;
    return capacity * sizeof(struct nf_table_entry) + (sizeof *table->part << table->part_bits);
}
