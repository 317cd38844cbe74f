/*
 * test_words.c: keys into words, quickly and in full, agree.
 */
#include "text/words.h"

#include "test.h"

/* Words as a reader sees them, a bar between. */
static const struct {
    const char *text, *words;
} texts[] = {
    {"", ""},
    {"He met 12 deputies", "he|met|12|deputies"},
    {"a bb cccccccc ddddddddd eeeeeeeeeeeeeeeee", "a|bb|cccccccc|ddddddddd|eeeeeeeeeeeeeeeee"},
    {"counterrevolutionaries went", "counterrevolutionaries|went"},
    {"caf\xC3\xA9 na\xC3\xAFve", "caf\xC3\xA9|na\xC3\xAFve"},
    {"\xE4\xB8\xAD\xE5\x9B\xBD", "\xE4\xB8\xAD|\xE5\x9B\xBD"},
    {"abc\xE4\xB8\xAD" "def", "abc|\xE4\xB8\xAD|def"},
    {"\xE4\xB8\xAD abc def \xE5\x9B\xBD 5", "\xE4\xB8\xAD|abc|def|\xE5\x9B\xBD|5"},
    {"5 \xE2\x82\xAC and more", "5|\xE2\x82\xAC|and|more"},
    {"\xED\x95\x9C\xEA\xB5\xAD \xED\x95\x9C", "\xED\x95\x9C\xEA\xB5\xAD|\xED\x95\x9C"},
};

/* The hash of the word at *at of a text with bars; *at moves behind it. */
static uint32_t hash_at(const char *words, size_t *at)
{
    char word[64] = "";
    size_t len = strcspn(words + *at, "|");
    memcpy(word, words + *at, len);
    *at += len + (words[*at + len] == '|');
    return nf_word_hash(word);
}

static void check(struct nf_full_words *full, struct nf_words *words, const char *text, const char *want)
{
    size_t count = 0;
    words->count = 0;
    nf_full_words_start(full, nf_span(text, strlen(text)));
    const struct nf_word *word = nf_full_words_of(full);
    nf_words_add(words, nf_buf_span(&full->key.bytes));
    for (size_t at = 0; want[at]; count++) {
        uint32_t hash = hash_at(want, &at);
        if (!CHECK(count < words->count && count < full->key.word_count, "more than %zu words", words->count))
            return;
        CHECK(word[count].hash == hash, "word %zu in full", count);
        CHECK(words->trace[count] == nf_word_trace(hash), "word %zu", count);
    }
    CHECK(words->count == count && full->key.word_count == count, "%zu and %zu words", words->count, full->key.word_count);
}

/* Keys of random texts of all scripts: as many words by either way, and the same. */
static void test_random_texts(struct nf_full_words *full, struct nf_words *words)
{
    static const char *const piece[] = {"a", "Bc", "deFghijk", "lmnopqrst ", " ", "5", ".", "\xC3\xA9", "\xE4\xB8\xAD",
                                        "\xE0\xB8\x81", "\xD0\x96", "\xE2\x82\xAC", "\xF0\xA0\x80\x80", "\xF0\x90\x90\x80"};
    uint64_t state = 7;
    test_begin("words: quickly and in full");
    for (int round = 0; round < 2000; round++) {
        char text[128] = "";
        size_t len = 0, count = test_random(&state) % 24;
        for (size_t i = 0; i < count; i++) {
            const char *add = piece[test_random(&state) % (sizeof piece / sizeof *piece)];
            memcpy(text + len, add, strlen(add));
            len += strlen(add);
        }
        words->count = 0;
        nf_full_words_start(full, nf_span(text, len));
        const struct nf_word *word = nf_full_words_of(full);
        nf_words_add(words, nf_buf_span(&full->key.bytes));
        if (!CHECK(words->count == full->key.word_count, "'%s': %zu and %zu words", text, words->count, full->key.word_count))
            return;
        for (size_t i = 0; i < words->count; i++)
            CHECK(words->trace[i] == nf_word_trace(word[i].hash), "'%s': word %zu", text, i);
    }
}

void test_words(void)
{
    struct nf_full_words full = {0};
    struct nf_words words = {0};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        test_begin("words: '%s'", texts[i].text);
        check(&full, &words, texts[i].text, texts[i].words);
    }
    test_random_texts(&full, &words);
    nf_words_release(&words);
    nf_full_words_release(&full);
}
