/*
 * batch.c: memory of batches.
 * Used by the pipe files.
 */
#include "pipe/batch.h"

#include "base/alloc.h"
#include "base/paragraphs.h"

/* Memory kept for the next document in its place; a large one is rare. */
#define KEPT_PARAGRAPHS ((size_t)128 << 10)
#define KEPT_WORDS ((size_t)2 << 20)
#define KEPT_LEN ((size_t)16 << 10)         /* of a record's text, of which a batch has many */
#define KEPT_RECORDS ((size_t)8 << 20)
#define KEPT_PAGE ((size_t)1 << 20)

static void grow(struct nf_batch *batch)
{
    size_t before = batch->capacity;
    batch->entry = nf_grow(batch->entry, &batch->capacity, batch->count + 1, sizeof *batch->entry);
    memset(batch->entry + before, 0, (batch->capacity - before) * sizeof *batch->entry);
}

struct nf_entry *nf_batch_add(struct nf_batch *batch, enum nf_entry_kind kind, struct nf_open_input *input)
{
    if (batch->count == batch->capacity)
        grow(batch);
    struct nf_entry *entry = &batch->entry[batch->count++];
    entry->kind = kind;
    entry->input = input;
    entry->replaced = entry->skipped = 0;
    entry->flat = entry->empty = entry->damaged = entry->blank = entry->no_document = entry->continues = false;
    entry->page = kind == NF_ENTRY_PAGE;
    return entry;
}

static void release_entry(struct nf_entry *entry)
{
    nf_document_release(&entry->document);
    nf_buf_release(&entry->bytes);
    nf_buf_release(&entry->own_text);
    nf_buf_release(&entry->known_as);
    nf_free(entry->problem);
    entry->problem = NULL;
    nf_words_release(&entry->words);
}

static bool is_large(const struct nf_entry *entry)
{
    return entry->page || entry->problem || entry->own_text.capacity > KEPT_LEN
           || entry->document.capacity > KEPT_PARAGRAPHS || entry->words.capacity > KEPT_WORDS;
}

void nf_batch_reset(struct nf_batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        if (is_large(&batch->entry[i]))
            release_entry(&batch->entry[i]);
        else
            nf_document_reset(&batch->entry[i].document);
    }
    batch->count = batch->page_len = 0;
    batch->text.len = batch->records.len = 0;
    if (batch->records.capacity > KEPT_RECORDS)
        nf_buf_release(&batch->records);
}

void nf_batch_keep(struct nf_batch *batch, struct nf_buf *bytes)
{
    if (batch->spares < NF_BATCH_SPARES && bytes->capacity && bytes->capacity <= KEPT_PAGE)
        batch->spare[batch->spares++] = *bytes;
    else
        nf_buf_release(bytes);
    *bytes = (struct nf_buf){0};
}

struct nf_buf nf_batch_take(struct nf_batch *batch)
{
    struct nf_buf taken = {0};
    if (batch->spares)
        taken = batch->spare[--batch->spares];
    taken.len = 0;
    return taken;
}

void nf_batch_release(struct nf_batch *batch)
{
    while (batch->spares)
        nf_buf_release(&batch->spare[--batch->spares]);
    for (size_t i = 0; i < batch->capacity; i++)
        release_entry(&batch->entry[i]);
    nf_free(batch->entry);
    nf_buf_release(&batch->text);
    nf_buf_release(&batch->records);
    *batch = (struct nf_batch){0};
}
