/*
 * words.c: the words of a document.
 * Used by the digest stage.
 */
#include "text/words.h"

#include <string.h>

#include "base/alloc.h"

void nf_words_release(struct nf_words *words)
{
    nf_free(words->item);
    nf_free(words->from);
    *words = (struct nf_words){0};
}

void nf_words_add(struct nf_words *words, const struct nf_key *key)
{
    if (!key->word_count)
        return;
    words->item = nf_grow(words->item, &words->capacity, words->count + key->word_count, sizeof *words->item);
    memcpy(words->item + words->count, key->word, key->word_count * sizeof *key->word);
    words->count += key->word_count;
}
