/*
 * words.c: the words of a document.
 * Used by the digest stage and by fold.
 */
#include "text/words.h"

#include <string.h>

#include "base/alloc.h"
#include "text/utf8.h"

#define ONES UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)

/* The words of a key are told apart by blanks, and where a character of an unspaced script stands. */
struct tokens {
    const char *at, *end;
    const char *token_end;      /* inside a token that has such characters: where it ends */
};

void nf_words_release(struct nf_words *words)
{
    nf_free(words->trace);
    nf_free(words->from);
    *words = (struct nf_words){0};
}

/* Eight bytes as a little-endian machine reads them: hashes are the same everywhere. */
static uint64_t load(const char *p)
{
    uint64_t word;
    memcpy(&word, p, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

static uint64_t first_bytes(uint64_t word, size_t count)
{
    return count >= 8 ? word : word & ((UINT64_C(1) << 8 * count) - 1);
}

static uint64_t add(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 29;
}

static uint32_t finish(uint64_t hash)
{
    return (uint32_t)(hash * UINT64_C(0xD6E8FEB86659FD93) >> 32);
}

/* in  p: 8 bytes more may be read */
static uint32_t hash_of(const char *p, size_t len)
{
    uint64_t hash = len;
    for (; len > 8; p += 8, len -= 8)
        hash = add(hash, load(p));
    return finish(add(hash, first_bytes(load(p), len)));
}

uint32_t nf_word_hash(const char *folded)
{
    char padded[64 + NF_KEY_PADDING] = "";
    size_t len = strlen(folded);
    memcpy(padded, folded, len < 64 ? len : 64);
    return hash_of(padded, len < 64 ? len : 64);
}

/* The bytes before the next blank; `*wide`: whether one of them begins a character of three bytes or four. */
static size_t token_len(const char *p, const char *end, bool *wide)
{
    const char *from = p;
    uint64_t any = 0;
    for (; p < end; p += 8) {
        uint64_t word = load(p), blank = word ^ ONES * ' ';
        blank = (blank - ONES) & ~blank & HIGHS;        /* its lowest bit is exact */
        if (blank) {
            size_t count = (size_t)__builtin_ctzll(blank) / 8;
            any |= first_bytes(word, count) & (word << 1) & (word << 2);
            p += count;
            break;
        }
        any |= word & word << 1 & word << 2;
    }
    *wide = (any & HIGHS) != 0;
    return (size_t)((p < end ? p : end) - from);
}

/* One character of an unspaced script, or what stands before the next one. */
static size_t part_len(struct nf_span token)
{
    size_t at = 0;
    unsigned per_word;
    while (at < token.len) {
        size_t next = at;
        if (nf_is_unspaced(nf_utf8_next(token, &next), &per_word))
            return at ? at : next;
        at = next;
    }
    return at;
}

static bool next_word(struct tokens *tokens, uint32_t *hash)
{
    if (tokens->at >= tokens->end)
        return false;
    bool wide = tokens->at < tokens->token_end;
    size_t len = wide ? (size_t)(tokens->token_end - tokens->at) : token_len(tokens->at, tokens->end, &wide);
    if (wide) {
        tokens->token_end = tokens->at + len;
        len = part_len(nf_span(tokens->at, len));
    }
    *hash = hash_of(tokens->at, len);
    tokens->at += len;
    tokens->at += tokens->at < tokens->end && *tokens->at == ' ';
    return true;
}

void nf_words_add(struct nf_words *words, struct nf_span key)
{
    struct tokens tokens = {key.data, key.data + key.len, key.data};
    size_t most = key.len / 2 + 1;                      /* a letter and a blank, or a letter and a longer character */
    words->trace = nf_grow(words->trace, &words->capacity, words->count + most, sizeof *words->trace);
    uint16_t *trace = words->trace + words->count;
    for (uint32_t hash; next_word(&tokens, &hash);)
        *trace++ = nf_word_trace(hash);
    words->count = (size_t)(trace - words->trace);
}

void nf_full_words_release(struct nf_full_words *full)
{
    nf_normaliser_release(&full->normaliser);
    nf_key_release(&full->key);
}

void nf_full_words_start(struct nf_full_words *full, struct nf_span text)
{
    full->text = text;
    full->made = false;
}

const struct nf_word *nf_full_words_of(struct nf_full_words *full)
{
    struct nf_key *key = &full->key;
    if (full->made)
        return key->word;
    key->want_words = true;
    nf_normalise(&full->normaliser, full->text, key);
    struct tokens tokens = {key->bytes.data, key->bytes.data + key->bytes.len, key->bytes.data};
    for (size_t i = 0; i < key->word_count && next_word(&tokens, &key->word[i].hash); i++)
        ;
    full->made = true;
    return key->word;
}
