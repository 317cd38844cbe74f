/*
 * test_guard.c: the words that must agree in copies, and how edits with them are judged.
 */
#include "stage/guard.h"

#include "test.h"
#include "text/words.h"

static const char *const words[] = {
#define GUARD(word) word,
#define PARTICLE(word) word,
#define NEWS_AGENCY(word) word,
#include "stage/guard.def"
#undef GUARD
#undef PARTICLE
#undef NEWS_AGENCY
};

/* A word that keys never hold would guard nothing. */
static void test_folded(void)
{
    struct nf_normaliser normaliser = {0};
    struct nf_key key = {.want_words = true};
    test_begin("guard: every word is as keys have it, and in one row");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        nf_normalise(&normaliser, nf_span(words[i], strlen(words[i])), &key);
        CHECK(nf_span_is(nf_buf_span(&key.bytes), words[i]), "%s is no folded word", words[i]);
        for (size_t k = 0; k < i; k++)
            CHECK(strcmp(words[i], words[k]) != 0, "%s is there twice", words[i]);
    }
    nf_key_release(&key);
    nf_normaliser_release(&normaliser);
}

static void test_classes(void)
{
    struct nf_guard *guard = nf_guard_new();
    test_begin("guard: classes");
    CHECK(nf_is_guarded(guard, nf_word_hash("not")) && !nf_is_light_word(guard, nf_word_hash("not")), "not");
    CHECK(nf_is_guarded_trace(guard, nf_word_trace(nf_word_hash("not"))), "not, by its trace");
    CHECK(!nf_is_guarded(guard, nf_word_hash("the")) && nf_is_light_word(guard, nf_word_hash("the")), "the");
    CHECK(nf_is_agency(guard, nf_word_hash("reuters")) && !nf_is_light_word(guard, nf_word_hash("reuters")), "reuters");
    CHECK(nf_is_guarded(guard, nf_word_hash("六")) && nf_is_light_word(guard, nf_word_hash("的")), "Chinese");
    CHECK(!nf_is_guarded(guard, nf_word_hash("harbour")) && !nf_is_light_word(guard, nf_word_hash("harbour")), "harbour");
    nf_guard_free(guard);
}

void test_guard(void)
{
    test_folded();
    test_classes();
}
