/*
 * digest_keys.c: paragraphs to digests.
 * Used by the pipeline.
 */
#include "stage/digest_keys.h"

#include "adapt/digest.h"
#include "base/alloc.h"
#include "text/numbers.h"

/* A row of keys whose words are not found yet: those of many are found faster than one key's. */
struct row {
    struct nf_words *words;
    struct nf_key *key;
    size_t len;                 /* bytes of the keys in the row */
    size_t waiting;             /* words in them */
};

#define ROW_BYTES 16384         /* a longer row would leave the cache before its words are found */

static void take_row(struct row *row)
{
    nf_words_add(row->words, nf_span(row->key->bytes.data, row->len), false);
    row->len = row->waiting = 0;
}

static void add_to_row(struct row *row)
{
    const struct nf_key *key = row->key;
    if (key->unspaced) {
        take_row(row);
        nf_key_pad(row->key);
        nf_words_add(row->words, nf_key_span(key), true);
    } else {
        row->len = key->bytes.len;
        row->waiting += key->words;
        if (row->len >= ROW_BYTES)
            take_row(row);
    }
}

/* Where the paragraph's words begin, and the next key goes. */
static void begin_in_row(struct row *row, uint32_t *from)
{
    *from = (uint32_t)(row->words->count + row->waiting);
    row->key->from = row->len ? row->len + 1 : 0;
}

static void start_words(struct nf_words *words, size_t paragraphs)
{
    words->count = words->paragraphs = 0;
    words->trace = nf_grow(words->trace, &words->capacity, 1, sizeof *words->trace);    /* never NULL */
    words->from = nf_grow(words->from, &words->from_capacity, paragraphs + 1, sizeof *words->from);
    words->numbers = nf_grow(words->numbers, &words->numbers_capacity, paragraphs + 1, sizeof *words->numbers);
}

void nf_digest_keys(struct nf_document *document, struct nf_normaliser *normaliser, struct nf_key *key,
                    struct nf_words *words)
{
    struct row row = {.words = words, .key = key};
    key->want_words = false;
    key->from = 0;
    if (words)
        start_words(words, document->count);
    for (size_t i = 0; i < document->count; i++) {
        struct nf_paragraph *paragraph = &document->paragraphs[i];
        if (paragraph->verdict != NF_KEEP || paragraph->fragment)
            continue;
        if (words)
            begin_in_row(&row, &words->from[words->paragraphs]);
        nf_normalise_within(normaliser, paragraph->text, nf_span_readable(document->bytes, paragraph->text), key);
        paragraph->words = key->words;
        if (!key->words)
            continue;
        paragraph->digest = nf_digest_by(normaliser->cpu, nf_key_span(key));
        if (words) {
            words->numbers[words->paragraphs++] = nf_numbers_of(normaliser->cpu, nf_key_span(key));
            add_to_row(&row);
        }
    }
    if (!words)
        return;
    take_row(&row);
    words->from[words->paragraphs] = (uint32_t)words->count;
}
