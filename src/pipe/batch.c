/*
 * batch.c: memory of batches.
 * Used by the pipe files.
 */
#include "pipe/batch.h"

#include "base/alloc.h"
#include "base/paragraphs.h"

/* Memory kept for the next document in its place; a large one is rare. */
#define KEPT_PARAGRAPHS ((size_t)64 << 10)
#define KEPT_WORDS ((size_t)2 << 20)

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
    entry->replaced = 0;
    entry->flat = false;
    return entry;
}

static void release_entry(struct nf_entry *entry)
{
    nf_document_release(&entry->document);
    nf_buf_release(&entry->bytes);
    nf_buf_release(&entry->page_text);
    nf_words_release(&entry->words);
}

static bool is_large(const struct nf_entry *entry)
{
    return entry->kind == NF_ENTRY_PAGE || entry->document.capacity > KEPT_PARAGRAPHS
           || entry->words.capacity > KEPT_WORDS;
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
    batch->text.len = 0;
}

void nf_batch_release(struct nf_batch *batch)
{
    for (size_t i = 0; i < batch->capacity; i++)
        release_entry(&batch->entry[i]);
    nf_free(batch->entry);
    nf_buf_release(&batch->text);
    *batch = (struct nf_batch){0};
}
