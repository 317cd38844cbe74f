/*
 * page_evidence.c: words in names of classes and ids, looked up.
 * Used by the page_*.c files.
 */
#include "stage/page_evidence.h"

#define WORD_LEN_MAX 20

/* A word's first eight letters as a number, so that numbers are in the order of words. */
#define LETTER(word, i) ((uint64_t)(unsigned char)(word "\0\0\0\0\0\0\0")[i] << (56 - 8 * (i)))
#define KEY(word) (LETTER(word, 0) | LETTER(word, 1) | LETTER(word, 2) | LETTER(word, 3) | LETTER(word, 4) \
                   | LETTER(word, 5) | LETTER(word, 6) | LETTER(word, 7))

static const uint64_t keys[] = {
#define WORD(word, evidence) KEY(word),
#include "stage/page_words.def"
#undef WORD
};

static const struct {
    const char *word;
    enum nf_evidence evidence;
} words[] = {
#define WORD(word, evidence) {word, NF_EVIDENCE_##evidence},
#include "stage/page_words.def"
#undef WORD
};

#define WORD_COUNT (sizeof words / sizeof *words)

/* in  word: of `len` letters, NUL-terminated; key: of it */
static uint64_t look_up(uint64_t key, const char *word, size_t len)
{
    size_t at = 0;
    for (size_t left = WORD_COUNT; left > 1; left -= left / 2)
        at += keys[at + left / 2 - 1] < key ? left / 2 : 0;
    for (; at < WORD_COUNT && keys[at] <= key; at++)
        if (keys[at] == key && (len <= 8 || strcmp(word + 8, words[at].word + 8) == 0)
            && (len > 8 || !words[at].word[len]))
            return UINT64_C(1) << words[at].evidence;
    return 0;
}

uint64_t nf_evidence_of(const char *names)
{
    uint64_t bits = 0;
    char word[WORD_LEN_MAX + 1];
    size_t len = 0;
    uint64_t key = 0;
    bool lower_before = false;
    for (const char *p = names;; p++) {
        bool upper = *p >= 'A' && *p <= 'Z', lower = *p >= 'a' && *p <= 'z';
        if (len && (!(upper || lower) || (upper && lower_before))) {
            word[len] = '\0';
            if (len > 1)
                bits |= look_up(key, word, len);
            len = 0, key = 0;
        }
        if (!*p)
            return bits;
        if ((upper || lower) && len < WORD_LEN_MAX) {
            word[len] = (char)(upper ? *p + 32 : *p);
            key |= len < 8 ? (uint64_t)(unsigned char)word[len] << (56 - 8 * len) : 0;
            len++;
        }
        lower_before = lower;
    }
}
