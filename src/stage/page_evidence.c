/*
 * page_evidence.c: words in names of classes and ids, looked up.
 * Used by the page_*.c files.
 */
#include "stage/page_evidence.h"

#define WORD_LEN_MAX 20

static const struct {
    const char *word;
    enum nf_evidence evidence;
} words[] = {
#define WORD(word, evidence) {word, NF_EVIDENCE_##evidence},
#include "stage/page_words.def"
#undef WORD
};

static uint64_t look_up(const char *word)
{
    size_t from = 0, to = sizeof words / sizeof *words;
    while (from < to) {
        size_t middle = (from + to) / 2;
        int order = word[0] != words[middle].word[0] ? word[0] - words[middle].word[0] : strcmp(word, words[middle].word);
        if (order == 0)
            return UINT64_C(1) << words[middle].evidence;
        if (order < 0)
            to = middle;
        else
            from = middle + 1;
    }
    return 0;
}

uint64_t nf_evidence_of(const char *names)
{
    uint64_t bits = 0;
    char word[WORD_LEN_MAX + 1];
    size_t len = 0;
    bool lower_before = false;
    for (const char *p = names;; p++) {
        bool upper = *p >= 'A' && *p <= 'Z', lower = *p >= 'a' && *p <= 'z';
        if (len && (!(upper || lower) || (upper && lower_before))) {
            word[len] = '\0';
            if (len > 1)
                bits |= look_up(word);
            len = 0;
        }
        if (!*p)
            return bits;
        if ((upper || lower) && len < WORD_LEN_MAX)
            word[len++] = (char)(upper ? *p + 32 : *p);
        lower_before = lower;
    }
}
