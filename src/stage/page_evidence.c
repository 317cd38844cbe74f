/*
 * page_evidence.c: words in names of classes and ids, looked up.
 * Used by page_element.c.
 */
#include "stage/page_evidence.h"

#define SLOT_BITS 10
#define SLOTS (1u << SLOT_BITS)

_Static_assert(SLOTS == sizeof ((struct nf_evidence_words *)0)->number / sizeof(uint16_t), "as many slots as there is room for");

/* A word's first eight letters as a number. */
#define LETTER(word, i) ((uint64_t)(unsigned char)(word "\0\0\0\0\0\0\0")[i] << (56 - 8 * (i)))
#define KEY(word) (LETTER(word, 0) | LETTER(word, 1) | LETTER(word, 2) | LETTER(word, 3) | LETTER(word, 4) \
                   | LETTER(word, 5) | LETTER(word, 6) | LETTER(word, 7))

static const struct {
    uint64_t key;
    const char *rest;           /* of the word: letters beyond the eighth */
    enum nf_evidence evidence;
} words[] = {
#define WORD(word, evidence) {KEY(word), &(word "\0\0\0\0\0\0\0")[sizeof word > 9 ? 8 : sizeof word - 1], NF_EVIDENCE_##evidence},
#include "stage/page_words.def"
#undef WORD
};

#define WORD_COUNT (sizeof words / sizeof *words)

_Static_assert(2 * WORD_COUNT <= SLOTS, "half of the slots stay free");

static size_t slot_of(uint64_t key)
{
    return (size_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> (64 - SLOT_BITS));
}

void nf_evidence_words_init(struct nf_evidence_words *index)
{
    memset(index, 0, sizeof *index);
    for (size_t i = 0; i < WORD_COUNT; i++) {
        size_t slot = slot_of(words[i].key);
        while (index->number[slot])
            slot = (slot + 1) % SLOTS;
        index->number[slot] = (uint16_t)(i + 1);
    }
}

static bool ends_with(const char *letters, size_t len, const char *rest)
{
    size_t i = 0;
    while (i < len && rest[i] == (letters[i] | 0x20))
        i++;
    return i == len && !rest[i];
}

/* in  word: letters of any case; key: of its first eight */
static uint64_t look_up(const struct nf_evidence_words *index, uint64_t key, const char *word, size_t len)
{
    size_t beyond = len > 8 ? len - 8 : 0;
    for (size_t slot = slot_of(key); index->number[slot]; slot = (slot + 1) % SLOTS) {
        size_t i = index->number[slot] - 1u;
        if (words[i].key == key && ends_with(word + len - beyond, beyond, words[i].rest))
            return UINT64_C(1) << words[i].evidence;
    }
    return 0;
}

static bool is_letter(char c)
{
    return (unsigned char)((c | 0x20) - 'a') < 26;
}

uint64_t nf_evidence_of(const struct nf_evidence_words *index, const char *names)
{
    uint64_t bits = 0;
    for (const char *p = names; *p;) {
        if (!is_letter(*p)) {
            p++;
            continue;
        }
        const char *word = p;
        uint64_t key = 0;
        bool lower = false;
        for (; is_letter(*p) && !(lower && *p < 'a'); p++) {
            lower = *p >= 'a';
            key = p < word + 8 ? key << 8 | (unsigned char)(*p | 0x20) : key;
        }
        size_t len = (size_t)(p - word);
        if (len > 1)
            bits |= look_up(index, len < 8 ? key << (64 - 8 * len) : key, word, len);
    }
    return bits;
}
