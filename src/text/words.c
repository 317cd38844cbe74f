/*
 * words.c: the words of a document.
 * Used by the digest stage and by fold.
 */
#include "text/words.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

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
    nf_free(words->end);
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
    return word & (count >= 8 ? ~UINT64_C(0) : (UINT64_C(1) << 8 * count) - 1);
}

/* Which of 16 bytes a word of n has. */
#define M(count) (~UINT64_C(0) >> (64 - 8 * (count)))
static const uint64_t word_masks[17][2] = {
    {0, 0}, {M(1), 0}, {M(2), 0}, {M(3), 0}, {M(4), 0}, {M(5), 0}, {M(6), 0}, {M(7), 0}, {M(8), 0},
    {M(8), M(1)}, {M(8), M(2)}, {M(8), M(3)}, {M(8), M(4)}, {M(8), M(5)}, {M(8), M(6)}, {M(8), M(7)}, {M(8), M(8)},
};
#undef M

/* Two steps without a branch do for nearly all words. in  p: 16 bytes may be read */
static inline uint32_t hash_of(const char *p, size_t len)
{
    const uint64_t *mask = word_masks[len < 16 ? len : 16];
    uint64_t hash = ((load(p) & mask[0]) + len) * UINT64_C(0x9E3779B97F4A7C15);
    hash ^= (load(p + 8) & mask[1]) * UINT64_C(0xC2B2AE3D27D4EB4F);
    for (size_t at = 16; at < len; at += 8) {
        uint64_t word = load(p + at) & word_masks[len - at < 8 ? len - at : 8][0];
        hash = (hash ^ hash >> 29 ^ word) * UINT64_C(0x9FB21C651E98DF25);
    }
    return (uint32_t)((hash ^ hash >> 32) * UINT64_C(0xD6E8FEB86659FD93) >> 32);
}

uint32_t nf_word_hash(const char *folded)
{
    char padded[64 + NF_KEY_PADDING] = "";
    size_t len = strlen(folded);
    memcpy(padded, folded, len < 64 ? len : 64);
    return hash_of(padded, len < 64 ? len : 64);
}

/* A bit for each of 64 bytes that is a blank; `*wide`: whether one begins a character of three bytes or four. */
#ifdef __SSE2__
static inline uint64_t blanks_of(const char *p, bool *wide)
{
    const __m128i blank = _mm_set1_epi8(' '), lead = _mm_set1_epi8((char)0xE0);
    uint64_t blanks = 0;
    __m128i most = _mm_setzero_si128();
    for (unsigned i = 0; i < 64; i += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
        blanks |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, blank)) << i;
        most = _mm_max_epu8(most, bytes);
    }
    *wide = _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_max_epu8(most, lead), most)) != 0;
    return blanks;
}
#else
static inline uint64_t blanks_of(const char *p, bool *wide)
{
    uint64_t blanks = 0, any = 0;
    for (unsigned i = 0; i < 64; i += 8) {
        uint64_t word = load(p + i), other = word ^ ONES * ' ';
        other = ((other & ~HIGHS) + ~HIGHS) | other;    /* the highest bit of each byte that is no blank */
        blanks |= ((~other & HIGHS) >> 7) * UINT64_C(0x0102040810204080) >> 56 << i;
        any |= word & word << 1 & word << 2;
    }
    *wide = (any & HIGHS) != 0;
    return blanks;
}
#endif

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

static inline unsigned count_bits(uint64_t bits)
{
    bits -= bits >> 1 & ONES * 0x55;
    bits = (bits & ONES * 0x33) + (bits >> 2 & ONES * 0x33);
    return (unsigned)(((bits + (bits >> 4)) & ONES * 0x0F) * ONES >> 56);
}

/* The places of the bits that are set; room for 8 more is written to without a look, which is faster than a branch. */
static inline uint32_t *add_places(uint64_t bits, uint32_t at, uint32_t *place)
{
    const uint64_t none = UINT64_C(1) << 63;            /* of no bits, the place is not defined */
    uint32_t *past = place + count_bits(bits);
    do {
        for (int i = 0; i < 8; i += 4) {                /* four in a row: -O2 does not unroll */
            place[i] = at + (uint32_t)__builtin_ctzll(bits | none), bits &= bits - 1;
            place[i + 1] = at + (uint32_t)__builtin_ctzll(bits | none), bits &= bits - 1;
            place[i + 2] = at + (uint32_t)__builtin_ctzll(bits | none), bits &= bits - 1;
            place[i + 3] = at + (uint32_t)__builtin_ctzll(bits | none), bits &= bits - 1;
        }
        place += 8;
    } while (place < past);
    return past;
}

/* Where the words end, as long as all are of scripts with blanks. out  *ends: past them; gives back what was seen */
static size_t find_ends(struct nf_span key, uint32_t **ends)
{
    size_t at = 0;
    for (bool wide; at < key.len; at += 64) {
        uint64_t blanks = blanks_of(key.data + at, &wide);
        if (wide)
            break;
        if (key.len - at < 64)
            blanks = (blanks & ((UINT64_C(1) << (key.len - at)) - 1)) | UINT64_C(1) << (key.len - at);
        *ends = add_places(blanks, (uint32_t)at, *ends);
    }
    if (at == key.len && at)
        *(*ends)++ = (uint32_t)at;
    return at;
}

void nf_words_add(struct nf_words *words, struct nf_span key)
{
    size_t most = key.len / 2 + 2, from = 0;            /* a letter and a blank, or a letter and a longer character */
    words->trace = nf_grow(words->trace, &words->capacity, words->count + most, sizeof *words->trace);
    words->end = nf_grow(words->end, &words->end_capacity, most + 8, sizeof *words->end);
    uint16_t *trace = words->trace + words->count;
    uint32_t *ends = words->end, *past = ends;
    size_t seen = key.len < UINT32_MAX ? find_ends(key, &past) : 0;
    for (; ends < past; ends++) {
        *trace++ = nf_word_trace(hash_of(key.data + from, *ends - from));
        from = *ends + (size_t)1;
    }
    struct tokens tokens = {key.data + from, key.data + key.len, key.data};
    for (uint32_t hash; seen < key.len && next_word(&tokens, &hash);)
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
