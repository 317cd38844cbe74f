/*
 * fold_store.c: numbers and arrays to bytes and back.
 * Used by the fold files.
 */
#include "stage/fold_store.h"

#include "adapt/digest.h"
#include "base/alloc.h"
#include "base/buf.h"

/* Arrays are moved in pieces that the checksum still finds in the cache. */
#define PIECE_LEN ((size_t)256 << 10)

void nf_store_init(struct nf_store *store, bool loading, uint64_t len, nf_move *move, void *context)
{
    *store = (struct nf_store){.loading = loading, .move = move, .context = context, .left = len,
                               .checksum = nf_checksum_new()};
}

void nf_store_bytes(struct nf_store *store, void *bytes, size_t len)
{
    if (store->status != NF_OK)
        return;
    if (store->loading && len > store->left) {
        store->status = NF_ECONTRACT;
        return;
    }
    store->left -= store->loading ? len : 0;
    for (char *at = bytes; len && store->status == NF_OK;) {
        size_t piece = len < PIECE_LEN ? len : PIECE_LEN;
        store->status = store->move(store->context, at, piece);
        nf_checksum_add(store->checksum, nf_span(at, store->status == NF_OK ? piece : 0));
        at += piece;
        len -= piece;
    }
}

void nf_store_number(struct nf_store *store, uint64_t *number)
{
    nf_store_bytes(store, number, sizeof *number);
    if (store->status != NF_OK && store->loading)
        *number = 0;
}

void nf_store_array(struct nf_store *store, void **array, size_t *count, size_t item_len)
{
    uint64_t items = *count;
    nf_store_number(store, &items);
    if (store->loading && items > store->left / item_len) {
        store->status = NF_ECONTRACT;
        items = 0;
    }
    if (store->loading && items)
        *array = nf_realloc(NULL, (size_t)items, item_len);
    nf_store_bytes(store, *array, (size_t)items * item_len);
    *count = (size_t)items;
}

/* A part whose last place is in use would be searched beyond its end. */
static void store_part(struct nf_store *store, struct nf_table_part *part)
{
    uint64_t count = part->count, capacity = part->capacity;
    void *entries = part->entry;
    nf_store_number(store, &count);
    nf_store_number(store, &capacity);
    nf_store_array(store, &entries, &part->room, sizeof *part->entry);
    part->entry = entries;
    part->count = (size_t)count;
    part->capacity = (size_t)capacity;
    if (!store->loading || (!part->count && !part->room))
        return;
    if (part->count >= part->room || part->capacity >= part->room || part->entry[part->room - 1].check_value)
        store->status = NF_ECONTRACT;
}

void nf_store_table(struct nf_store *store, struct nf_table *table)
{
    uint64_t part_bits = table->part_bits;
    nf_store_number(store, &part_bits);
    if (part_bits != table->part_bits)
        store->status = NF_ECONTRACT;
    for (size_t i = 0; i < (size_t)1 << table->part_bits && store->status == NF_OK; i++)
        store_part(store, &table->part[i]);
}

static void store_places_part(struct nf_store *store, struct nf_places_part *part, uint64_t limit)
{
    uint64_t count = part->count, buckets = part->buckets;
    nf_store_number(store, &count);
    nf_store_number(store, &buckets);
    if (store->loading && buckets > store->left / sizeof *part->bucket)
        store->status = NF_ECONTRACT;
    if (store->loading && store->status == NF_OK)
        nf_places_make_part(part, (size_t)buckets);
    nf_store_bytes(store, part->bucket, part->buckets * sizeof *part->bucket);
    if (!store->loading || store->status != NF_OK)
        return;
    part->count = (size_t)count;
    if (!nf_places_is_sound(part, limit))
        store->status = NF_ECONTRACT;
}

void nf_store_places(struct nf_store *store, struct nf_places *places, uint64_t limit)
{
    uint64_t part_bits = places->part_bits;
    nf_store_number(store, &part_bits);
    if (part_bits != places->part_bits)
        store->status = NF_ECONTRACT;
    for (size_t i = 0; i < (size_t)1 << places->part_bits && store->status == NF_OK; i++)
        store_places_part(store, &places->part[i], limit);
}

enum nf_status nf_store_finish(struct nf_store *store)
{
    uint64_t found = nf_checksum_of(store->checksum), kept = found;
    nf_checksum_free(store->checksum);
    store->checksum = NULL;
    if (store->status != NF_OK)
        return store->status;
    if (store->loading && store->left != sizeof kept)
        return NF_ECONTRACT;
    enum nf_status status = store->move(store->context, &kept, sizeof kept);
    return status == NF_OK && kept != found ? NF_ECONTRACT : status;
}
