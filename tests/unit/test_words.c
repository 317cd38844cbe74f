/*
 * test_words.c: keys into words, quickly and in full, agree, by whatever the processor has.
 */
#include "text/words.h"

#include "adapt/digest.h"
#include "base/paragraphs.h"
#include "stage/digest_keys.h"
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
    nf_words_add(words, nf_buf_span(&full->key.bytes), full->key.unspaced);
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
        nf_words_add(words, nf_buf_span(&full->key.bytes), full->key.unspaced);
        if (!CHECK(words->count == full->key.word_count, "'%s': %zu and %zu words", text, words->count, full->key.word_count))
            return;
        for (size_t i = 0; i < words->count; i++)
            CHECK(words->trace[i] == nf_word_trace(word[i].hash), "'%s': word %zu", text, i);
    }
}

/* A paragraph of random length: words of 1 to 40 letters, and with `unspaced` some Chinese. */
static void add_paragraph(struct nf_buf *text, uint64_t *state, bool unspaced)
{
    size_t most = test_random(state) % 3 ? 8 : 40;
    for (size_t count = test_random(state) % 60; count; count--) {
        for (size_t len = 1 + test_random(state) % most; len; len--)
            nf_buf_add_char(text, (char)('a' + test_random(state) % 26));
        nf_buf_add_text(text, unspaced && test_random(state) % 4 == 0 ? "\xE4\xB8\xAD" : test_random(state) % 9 ? " " : " \xC3\xA9");
    }
    nf_buf_add_char(text, '\n');
}

/* Its lines as paragraphs. */
static void cut_lines(struct nf_document *document, const struct nf_buf *text)
{
    document->bytes = nf_buf_span(text);
    for (size_t at = 0; at < text->len;) {
        const char *end = memchr(text->data + at, '\n', text->len - at);
        size_t len = (size_t)(end - text->data) - at;
        nf_document_add(document)->text = nf_span(text->data + at, len);
        at += len + 1;
    }
}

/* The words of each paragraph are those of its key by itself, found one after the other. */
static void check_document(struct nf_document *document, enum nf_cpu cpu, int round)
{
    struct nf_normaliser normaliser = {.cpu = cpu};
    struct nf_key row = {0}, key = {0};
    struct nf_words words = {.cpu = cpu}, alone = {.cpu = NF_CPU_REFERENCE};
    nf_digest_keys(document, &normaliser, &row, &words);
    for (size_t i = 0, content = 0; i < document->count; i++) {
        struct nf_paragraph *paragraph = &document->paragraphs[i];
        nf_normalise(&normaliser, paragraph->text, &key);
        alone.count = 0;
        nf_words_add(&alone, nf_key_span(&key), true);
        CHECK(paragraph->words == key.words, "round %d, way %d: weight of paragraph %zu", round, cpu, i);
        if (!key.words) {
            CHECK(!alone.count, "paragraph %zu has neither weight nor words", i);
            continue;
        }
        struct nf_digest want = nf_digest_of(nf_key_span(&key));
        CHECK(paragraph->digest.low == want.low && paragraph->digest.high == want.high, "digest of %zu", i);
        size_t from = words.from[content], count = words.from[++content] - from;
        CHECK(count == alone.count && from + count <= words.count
              && (!count || !memcmp(words.trace + from, alone.trace, count * sizeof *alone.trace)),
              "round %d, way %d: words of paragraph %zu: %zu and %zu", round, cpu, i, count, alone.count);
    }
    nf_words_release(&words);
    nf_words_release(&alone);
    nf_key_release(&row);
    nf_key_release(&key);
    nf_normaliser_release(&normaliser);
}

static void test_documents(void)
{
    uint64_t state = 5;
    struct nf_buf text = {0};
    test_begin("words: of a document's keys in a row, by every way");
    for (int round = 0; round < 200; round++) {
        text.len = 0;
        for (size_t count = test_random(&state) % (round % 10 ? 20 : 300); count; count--)
            add_paragraph(&text, &state, test_random(&state) % 5 == 0);
        for (int cpu = NF_CPU_REFERENCE; cpu <= (int)nf_cpu_best(); cpu++) {
            struct nf_document document = {0};
            cut_lines(&document, &text);
            check_document(&document, (enum nf_cpu)cpu, round);
            nf_document_release(&document);
        }
    }
    nf_buf_release(&text);
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
    test_documents();
    nf_words_release(&words);
    nf_full_words_release(&full);
}
