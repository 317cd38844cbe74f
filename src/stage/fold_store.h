/*
 * fold_store.h: numbers and arrays to a stream of bytes and back: one description of a state serves both ways.
 * Used by the fold files.
 */
#ifndef NEWSFOLD_STAGE_FOLD_STORE_H
#define NEWSFOLD_STAGE_FOLD_STORE_H

#include <newsfold/pipeline.h>

#include "base/places.h"
#include "base/table.h"

struct nf_checksum;

struct nf_store {
    bool loading;
    nf_move *move;              /* to where the bytes are kept, or from there */
    void *context;
    uint64_t left;              /* loading: bytes not read yet; no array is made larger than that */
    struct nf_checksum *checksum;
    enum nf_status status;      /* once it is not NF_OK nothing is moved any more, and loaded arrays are empty */
};

/* in  len: of all that is kept, when loading */
void nf_store_init(struct nf_store *store, bool loading, uint64_t len, nf_move *move, void *context);

void nf_store_bytes(struct nf_store *store, void *bytes, size_t len);
void nf_store_number(struct nf_store *store, uint64_t *number);

/* Saving: count items. Loading: *array, which must be empty, gets as many as were saved, and *count is set. */
void nf_store_array(struct nf_store *store, void **array, size_t *count, size_t item_len);
void nf_store_table(struct nf_store *store, struct nf_table *table);

/* in  limit: what all places must be below */
void nf_store_places(struct nf_store *store, struct nf_places *places, uint64_t limit);

/*
 * The end: a checksum of all that was moved is written, or compared.
 *
 * fails   NF_ECONTRACT when loaded bytes are not those that were saved, or more or fewer; whatever move fails with
 */
NF_MUST_CHECK enum nf_status nf_store_finish(struct nf_store *store);

#endif
