/*
 * page_title.c: words found by a bit for each byte, 64 at a time.
 * Used by page_facts.c.
 */
#include "stage/page_title.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define EACH 64                 /* bytes of text to a word of bits */
#define WORD_LEN_LEAST 3

/* ASCII letters and digits, and whatever is not ASCII. */
#ifdef __SSE2__
static __m128i are_between(__m128i bytes, char first, char last)
{
    __m128i high_enough = _mm_cmpgt_epi8(bytes, _mm_set1_epi8((char)(first - 1)));
    return _mm_and_si128(high_enough, _mm_cmplt_epi8(bytes, _mm_set1_epi8((char)(last + 1))));
}

static uint64_t bits_of(const char *p)
{
    uint64_t bits = 0;
    for (unsigned i = 0; i < EACH; i += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
        __m128i letters = are_between(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), 'a', 'z');
        __m128i of_words = _mm_or_si128(_mm_or_si128(letters, are_between(bytes, '0', '9')), bytes);
        bits |= (uint64_t)(unsigned)_mm_movemask_epi8(of_words) << i;
    }
    return bits;
}
#else
static uint64_t bits_of(const char *p)
{
    uint64_t bits = 0;
    for (unsigned i = 0; i < EACH; i++) {
        unsigned char c = (unsigned char)p[i], small = c | 0x20;
        bits |= (uint64_t)(c >= 0x80 || (c >= '0' && c <= '9') || (small >= 'a' && small <= 'z')) << i;
    }
    return bits;
}
#endif

static uint64_t bits_from(struct nf_span text, size_t at)
{
    char last[EACH] = "";
    if (text.len - at >= EACH)
        return bits_of(text.data + at);
    memcpy(last, text.data + at, text.len - at);
    return bits_of(last);
}

static uint64_t word_hash(const char *p, size_t len)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)p[i];
        hash = (hash ^ (c >= 'A' && c <= 'Z' ? c + 32u : c)) * 1099511628211u;
    }
    return hash ^ hash >> 32;
}

static uint64_t filter_bit(const char *word, size_t len)
{
    unsigned char first = (unsigned char)word[0] | 0x20, second = (unsigned char)word[1] | 0x20;
    return UINT64_C(1) << ((first * 7u + second * 3u + len) & 63);
}

struct search {
    struct nf_page_title *title;
    bool fill;                  /* words are put into the title */
    unsigned words, found;
};

static void take_word(struct search *search, const char *word, size_t len)
{
    struct nf_page_title *title = search->title;
    if (len < WORD_LEN_LEAST)
        return;
    uint64_t bit = filter_bit(word, len);
    search->words++;
    if (search->fill) {
        title->filter |= bit;
        nf_table_put(&title->words, word_hash(word, len), 0, 1);
    } else if (title->filter & bit) {
        search->found += nf_table_get(&title->words, word_hash(word, len), 0) != NF_TABLE_ABSENT;
    }
}

static void take_words(struct search *search, struct nf_span text)
{
    size_t from = 0;
    uint64_t before = 0;        /* whether the byte before is of a word */
    for (size_t at = 0; at < text.len; at += EACH) {
        uint64_t bits = bits_from(text, at), edges = bits ^ (bits << 1 | before);
        bool inside = before;
        for (; edges; edges &= edges - 1, inside = !inside) {
            size_t edge = at + (unsigned)__builtin_ctzll(edges);
            if (inside)
                take_word(search, text.data + from, edge - from);
            from = edge;
        }
        before = bits >> (EACH - 1);
    }
    if (before)
        take_word(search, text.data + from, text.len - from);
}

void nf_page_title_init(struct nf_page_title *title, struct nf_span text)
{
    struct search search = {.title = title, .fill = true};
    title->filter = 0;
    nf_table_init(&title->words, 0);
    take_words(&search, text);
}

void nf_page_title_release(struct nf_page_title *title)
{
    nf_table_release(&title->words);
}

float nf_page_title_share(struct nf_page_title *title, struct nf_span line)
{
    struct search search = {.title = title};
    take_words(&search, line);
    return search.words ? (float)search.found / (float)search.words : 0;
}
