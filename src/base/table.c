/*
 * table.c: ordered linear probing, in parts that grow in place by a fifth of their size.
 * Used by fold.
 */
#include "base/table.h"

#include <stdbool.h>
#include <string.h>

#include "base/alloc.h"

#define CAPACITY_LEAST 16
#define LINE 64                 /* of the cache */
#define LOAD_PERCENT 85
#define STEPS 16                /* entries looked at one by one before the search doubles its steps */

/* Below so many entries a part doubles, and is copied: it costs little then. */
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

static struct nf_table_part *part_of(const struct nf_table *table, uint64_t key)
{
    return &table->part[table->part_bits ? key >> (64 - table->part_bits) : 0];
}

/* The place a key begins its search at: its low half scaled to a capacity, which need not be a power of two. */
static size_t home(size_t capacity, uint64_t key)
{
    return (size_t)(((key & UINT32_MAX) * (uint64_t)capacity) >> 32);
}

/* What entries are ordered by: the half that homes are made of first. */
static uint64_t order_of(uint64_t key)
{
    return key << 32 | key >> 32;
}

static bool is_before(const struct nf_table_entry *entry, uint64_t order)
{
    return entry->check_value && order_of(entry->key) < order;
}

/* The same search where many keys share a home: entries before the key's place are all in use and ordered. */
static struct nf_table_entry *seek_far(const struct nf_table_part *part, struct nf_table_entry *from, uint64_t order)
{
    size_t most = (size_t)(part->entry + part->room - from), low = 0, high = STEPS;
    while (high < most && is_before(&from[high], order)) {
        low = high;
        high *= 2;
    }
    high = high < most ? high : most - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (is_before(&from[middle], order))
            low = middle + 1;
        else
            high = middle;
    }
    return &from[low];
}

/* The first entry that is not before the key: its own, if it has one. */
static struct nf_table_entry *seek(const struct nf_table_part *part, uint64_t key)
{
    struct nf_table_entry *entry = &part->entry[home(part->capacity, key)];
    uint64_t order = order_of(key);
    for (int i = 0; i < STEPS; i++, entry++)
        if (!is_before(entry, order))
            return entry;
    return seek_far(part, entry, order);
}

/* out  the key's entry, or NULL, and in *at the place for it */
static struct nf_table_entry *find(const struct nf_table_part *part, uint64_t key, uint32_t check,
                                   struct nf_table_entry **at)
{
    struct nf_table_entry *entry = seek(part, key);
    for (; entry->check_value && entry->key == key; entry++)
        if (entry->check_value >> 40 == (check & 0xFFFFFF))
            return entry;
    *at = entry;
    return NULL;
}

static uint64_t value_of(const struct nf_table_entry *entry)
{
    return (entry->check_value & (NF_TABLE_VALUE_MAX + 1)) - 1;
}

static void make_free(struct nf_table_part *part, size_t from, size_t to)
{
    memset(part->entry + from, 0, (to - from) * sizeof *part->entry);
}

/* More room behind the last home, where many keys crowd. */
static void widen(struct nf_table_part *part, size_t more)
{
    part->entry = nf_realloc(part->entry, part->room + more, sizeof *part->entry);
    make_free(part, part->room, part->room + more);
    part->room += more;
}

/* All entries to the end of the room; gives back the first. Each then stands behind its future home, or false. */
static bool pack(struct nf_table_part *part, size_t capacity, size_t *first)
{
    bool fits = true;
    *first = part->room;
    for (size_t i = part->room; i-- > 0;) {
        if (!part->entry[i].check_value)
            continue;
        struct nf_table_entry entry = part->entry[i];
        part->entry[i].check_value = 0;
        part->entry[--*first] = entry;
        fits = fits && home(capacity, part->entry[*first].key) <= *first;
    }
    return fits;
}

static size_t room_for(size_t capacity)
{
    return capacity + capacity / 64 + CAPACITY_LEAST;
}

/* Every entry to its place for a capacity, which there is room for. */
static void spread(struct nf_table_part *part, size_t capacity)
{
    size_t first, at = 0;
    while (!pack(part, capacity, &first))
        widen(part, part->count);
    for (size_t i = first; i < part->room; i++) {
        struct nf_table_entry entry = part->entry[i];
        size_t place = home(capacity, entry.key);
        place = place > at ? place : at;
        make_free(part, at, place);
        part->entry[place] = entry;
        at = place + 1;
    }
    make_free(part, at, part->room);
    part->capacity = capacity;
    if (part->entry[part->room - 1].check_value)
        widen(part, CAPACITY_LEAST);
}

/* Every entry to its place in new memory. */
static void copy(struct nf_table_part *part, size_t capacity)
{
    struct nf_table_part old = *part;
    size_t at = 0;
    *part = (struct nf_table_part){.count = old.count, .capacity = capacity, .room = room_for(capacity)};
    part->entry = nf_alloc_zero(part->room, sizeof *part->entry);
    for (size_t i = 0; i < old.room; i++) {
        if (!old.entry[i].check_value)
            continue;
        size_t place = home(capacity, old.entry[i].key);
        place = place > at ? place : at;
        if (place + 1 >= part->room)
            widen(part, old.count + 1);
        part->entry[place] = old.entry[i];
        at = place + 1;
    }
    nf_free(old.entry);
}

/* Large parts do not need their memory twice. */
static void grow(struct nf_table_part *part)
{
    if (part->capacity < SMALL) {
        copy(part, 2 * part->capacity + CAPACITY_LEAST);
        return;
    }
    size_t capacity = part->capacity + part->capacity / 5 + CAPACITY_LEAST, room = room_for(capacity);
    widen(part, room > part->room ? room - part->room : 0);
    spread(part, capacity);
}

/* As little room as it was before it held more. */
static void shrink(struct nf_table_part *part)
{
    size_t capacity = part->count * 100 / LOAD_PERCENT + CAPACITY_LEAST, room = room_for(capacity), used = part->room;
    if (capacity < part->capacity)
        spread(part, capacity);
    else
        spread(part, part->capacity);
    while (used && !part->entry[used - 1].check_value)
        used--;
    room = room > used ? room : used + 1;
    if (room >= part->room)
        return;
    part->entry = nf_realloc(part->entry, room, sizeof *part->entry);
    part->room = room;
}

/* Those from a place to the next free one move on by one. The last place of the room is never taken. */
static void insert(struct nf_table_part *part, struct nf_table_entry *at, struct nf_table_entry entry)
{
    while (at->check_value) {
        struct nf_table_entry next = *at;
        *at++ = entry;
        entry = next;
    }
    *at = entry;
    part->count++;
    if (at + 1 == part->entry + part->room)
        widen(part, part->room / 8 + CAPACITY_LEAST);
}

void nf_table_prefetch(const struct nf_table *table, uint64_t key)
{
    const struct nf_table_part *part = part_of(table, key);
    if (!part->count)
        return;
    const char *from = (const char *)&part->entry[home(part->capacity, key)];
    __builtin_prefetch(from);
    __builtin_prefetch(from + LINE);            /* within the room, or right behind it */
}

uint64_t nf_table_get(const struct nf_table *table, uint64_t key, uint32_t check)
{
    const struct nf_table_part *part = part_of(table, key);
    struct nf_table_entry *at;
    const struct nf_table_entry *entry = part->count ? find(part, key, check, &at) : NULL;
    return entry ? value_of(entry) : NF_TABLE_ABSENT;
}

uint64_t nf_table_put(struct nf_table *table, uint64_t key, uint32_t check, uint64_t value)
{
    struct nf_table_part *part = part_of(table, key);
    struct nf_table_entry *at;
    if ((part->count + 1) * 100 > part->capacity * LOAD_PERCENT)
        grow(part);
    const struct nf_table_entry *entry = find(part, key, check, &at);
    if (entry)
        return value_of(entry);
    insert(part, at, (struct nf_table_entry){key, (uint64_t)(check & 0xFFFFFF) << 40 | (value + 1)});
    return value;
}

void nf_table_forget(struct nf_table *table, uint64_t least)
{
    for (size_t p = 0; p < (size_t)1 << table->part_bits; p++) {
        struct nf_table_part *part = &table->part[p];
        for (size_t i = 0; i < part->room; i++) {
            struct nf_table_entry *entry = &part->entry[i];
            bool forget = entry->check_value && value_of(entry) < least;
            part->count -= forget;
            entry->check_value -= forget ? entry->check_value : entry->check_value ? least : 0;
        }
        if (part->room)
            shrink(part);
    }
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
    size_t room = 0;
    for (size_t i = 0; i < (size_t)1 << table->part_bits; i++)
        room += table->part[i].room;
    return room * sizeof(struct nf_table_entry) + (sizeof *table->part << table->part_bits);
}
