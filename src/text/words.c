/*
 * words.c: the words of a document.
 * Used by the digest stage and by fold.
 */
#include "text/words.h"

#include <string.h>

#include "base/alloc.h"
#include "text/utf8.h"

#define NF_LEVEL
#define ONES UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)

static inline unsigned count_bits(uint64_t bits)
{
    bits -= bits >> 1 & ONES * 0x55;
    bits = (bits & ONES * 0x33) + (bits >> 2 & ONES * 0x33);
    return (unsigned)(((bits + (bits >> 4)) & ONES * 0x0F) * ONES >> 56);
}

/* Of no bits, the place is not defined. */
static inline uint32_t first_bit(uint64_t bits)
{
    return (uint32_t)__builtin_ctzll(bits | UINT64_C(1) << 63);
}

static inline uint64_t blanks_of(const char *p);
static inline uint64_t digits_of(const char *p);
static inline uint64_t breaks_of(const char *p);

#include "text/words_blocks.h"

/* The words of a key are told apart by blanks, and where a character of an unspaced script stands. */
struct tokens {
    const char *at, *end;
    const char *token_end;      /* inside a token that has such characters: where it ends */
};

void nf_words_release(struct nf_words *words)
{
    nf_free(words->trace);
    nf_free(words->from);
    nf_free(words->numbers);
    *words = (struct nf_words){0};
}

static uint64_t first_bytes(uint64_t word, size_t count)
{
    return word & (count >= 8 ? ~UINT64_C(0) : (UINT64_C(1) << 8 * count) - 1);
}

#define M(count) (~UINT64_C(0) >> (64 - 8 * (count)))
const uint64_t nf_word_masks[17][2] = {
    {0, 0}, {M(1), 0}, {M(2), 0}, {M(3), 0}, {M(4), 0}, {M(5), 0}, {M(6), 0}, {M(7), 0}, {M(8), 0},
    {M(8), M(1)}, {M(8), M(2)}, {M(8), M(3)}, {M(8), M(4)}, {M(8), M(5)}, {M(8), M(6)}, {M(8), M(7)}, {M(8), M(8)},
};
#undef M

uint32_t nf_word_hash(const char *folded)
{
    char padded[64 + NF_KEY_PADDING] = "";
    size_t len = strlen(folded);
    memcpy(padded, folded, len < 64 ? len : 64);
    return nf_word_hash_of(padded, len < 64 ? len : 64);
}

static inline uint64_t blanks_of(const char *p)
{
    uint64_t blanks = 0;
    for (unsigned i = 0; i < 64; i += 8) {
        uint64_t other = nf_word_load(p + i) ^ ONES * ' ';
        other = ((other & ~HIGHS) + ~HIGHS) | other;    /* the highest bit of each byte that is no blank */
        blanks |= ((~other & HIGHS) >> 7) * UINT64_C(0x0102040810204080) >> 56 << i;
    }
    return blanks;
}

/* The highest bit of each byte that is a digit: with the bits of 0 turned it is 9 at most, whatever it was. */
static inline uint64_t digits_of(const char *p)
{
    uint64_t digits = 0;
    for (unsigned i = 0; i < 64; i += 8) {
        uint64_t other = nf_word_load(p + i) ^ ONES * '0';
        other = ((other & ~HIGHS) + ONES * 0x76) | other;
        digits |= ((~other & HIGHS) >> 7) * UINT64_C(0x0102040810204080) >> 56 << i;
    }
    return digits;
}

static inline uint64_t breaks_of(const char *p)
{
    uint64_t wide = 0;
    for (unsigned i = 0; i < 64; i += 8)
        wide |= ((nf_word_load(p + i) & HIGHS) >> 7) * UINT64_C(0x0102040810204080) >> 56 << i;
    return wide | blanks_of(p);
}

uint64_t nf_numbers_any(struct nf_span key)
{
    return numbers_in(key);
}

size_t nf_spaced_words_any(struct nf_span keys, uint16_t *trace)
{
    return spaced_words(keys, trace);
}

static size_t spaced_words_by(enum nf_cpu cpu, struct nf_span keys, uint16_t *trace)
{
    switch (cpu) {
#if NF_CPU_IS_X86
    case NF_CPU_V4: return nf_spaced_words_v4(keys, trace);
    case NF_CPU_V3: return nf_spaced_words_v3(keys, trace);
    case NF_CPU_V2: return nf_spaced_words_v2(keys, trace);
#elif NF_CPU_IS_ARM
    case NF_CPU_NEON: return nf_spaced_words_neon(keys, trace);
#endif
    default: return nf_spaced_words_any(keys, trace);
    }
}

/* The bytes before the next blank; `*wide`: whether one of them begins a character of three bytes or four. */
static size_t token_len(const char *p, const char *end, bool *wide)
{
    const char *from = p;
    uint64_t any = 0;
    for (; p < end; p += 8) {
        uint64_t word = nf_word_load(p), blank = word ^ ONES * ' ';
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
    *hash = nf_word_hash_of(tokens->at, len);
    tokens->at += len;
    tokens->at += tokens->at < tokens->end && *tokens->at == ' ';
    return true;
}

/* A letter and a blank make a word, or a letter and a longer character make two. */
void nf_words_add(struct nf_words *words, struct nf_span keys, bool unspaced)
{
    if (!keys.len)
        return;
    words->trace = nf_grow(words->trace, &words->capacity, words->count + keys.len / 2 + 2 + NF_WORDS_MORE, sizeof *words->trace);
    uint16_t *trace = words->trace + words->count;
    if (words->cpu == NF_CPU_UNDECIDED)
        words->cpu = nf_cpu_best();
    if (!unspaced && words->cpu != NF_CPU_REFERENCE && keys.len < UINT32_MAX) {
        words->count += spaced_words_by(words->cpu, keys, trace);
        return;
    }
    struct tokens tokens = {keys.data, keys.data + keys.len, keys.data};
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
    nf_key_pad(key);
    struct tokens tokens = {key->bytes.data, key->bytes.data + key->bytes.len, key->bytes.data};
    for (size_t i = 0; i < key->word_count && next_word(&tokens, &key->word[i].hash); i++)
        ;
    full->made = true;
    return key->word;
}
