/*
 * digest_keys.c: paragraphs to digests.
 * Used by the pipeline.
 */
#include "stage/digest_keys.h"

#include "adapt/digest.h"
#include "base/alloc.h"

/* The bytes from a text's start to the document's end, or its own where it stands elsewhere. */
static size_t readable(const struct nf_document *document, struct nf_span text)
{
    uintptr_t from = (uintptr_t)document->bytes.data, at = (uintptr_t)text.data;
    bool inside = at >= from && at - from <= document->bytes.len && text.len <= document->bytes.len - (at - from);
    return inside ? document->bytes.len - (at - from) : text.len;
}

void nf_digest_keys(struct nf_document *document, struct nf_normaliser *normaliser, struct nf_key *key,
                    struct nf_words *words)
{
    key->want_words = false;
    if (words) {
        words->count = 0;
        words->from = nf_grow(words->from, &words->from_capacity, document->count + 1, sizeof *words->from);
    }
    for (size_t i = 0; i < document->count; i++) {
        struct nf_paragraph *paragraph = &document->paragraphs[i];
        if (words)
            words->from[i] = words->count;
        if (paragraph->verdict != NF_KEEP || paragraph->fragment)
            continue;
        nf_normalise_within(normaliser, paragraph->text, readable(document, paragraph->text), key);
        paragraph->words = key->words;
        if (key->words)
            paragraph->digest = nf_digest_of(nf_buf_span(&key->bytes));
        if (words)
            nf_words_add(words, nf_buf_span(&key->bytes));
    }
    if (words)
        words->from[document->count] = words->count;
}
