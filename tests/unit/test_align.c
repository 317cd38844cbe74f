/*
 * test_align.c: what is a copy of a source but for small edits, and what is news.
 */
#include "stage/align.h"

#include "base/alloc.h"
#include "test.h"

#define SOURCE "The harbour council voted on Tuesday to close the old ferry terminal for good and to sell the land " \
               "around it to the city housing company which wants to build four hundred flats there by spring"

static const struct {
    const char *what, *copy;
    bool is_copy;
} copies[] = {
    {"the same", SOURCE, true},
    {"cut short", "The harbour council voted on Tuesday to close the old ferry terminal for good and to sell the land "
                  "around it to the city", true},
    {"cut in a word", "The harbour council voted on Tuesday to close the old ferry terminal for good and to sell the land "
                      "around it to the city housing comp", true},
    {"begun late", "to close the old ferry terminal for good and to sell the land around it to the city housing company",
     true},
    {"a word replaced", "The harbour council voted on Tuesday to shut the old ferry terminal for good and to sell the "
                        "land around it to the city housing company", true},
    {"a word put in", "The harbour council voted on Tuesday to close the old wooden ferry terminal for good and to sell "
                      "the land around it to the city housing company", true},
    {"a sentence left out", "The harbour council voted on Tuesday to close the old ferry terminal for good and wants to "
                            "build four hundred flats there by spring", true},
    {"a number brought in", "The harbour council voted on Tuesday to close the old ferry terminal in 2031 for good and to "
                            "sell the land around it to the city housing company", false},
    {"a number word changed", "The harbour council voted on Tuesday to close the old ferry terminal for good and to sell "
                              "the land around it to the city housing company which wants to build five hundred flats "
                              "there by spring", false},
    {"a negation", "The harbour council voted on Tuesday not to close the old ferry terminal for good and to sell the "
                   "land around it to the city housing company", false},
    {"a name", "The harbour council voted on Tuesday to close the old Marlin ferry terminal for good and to sell the "
               "land around it to the city housing company", false},
    {"another text", "The school board met on Friday and talked about lunch prices in the new year while parents waited "
                     "outside for an answer that did never come to them", false},
    {"half another text", "The harbour council voted on Tuesday to close the old ferry terminal for good because nobody "
                          "wanted to pay for repairs that would have taken years to finish", false},
    {"many edits", "The harbour council chose on Tuesday to shut the former ferry terminal for ever and to sell the ground "
                   "about it to the local housing company", false},
};

static void words_of(const char *text, struct nf_key *key, uint16_t **trace)
{
    struct nf_normaliser normaliser = {0};
    key->want_words = true;
    nf_normalise(&normaliser, nf_span(text, strlen(text)), key);
    *trace = nf_alloc(key->word_count * sizeof **trace);
    for (size_t i = 0; i < key->word_count; i++)
        (*trace)[i] = nf_trace_of(key->word[i].hash);
    nf_normaliser_release(&normaliser);
}

/* Around every pair of equal words that begin four equal ones, as an anchor would. */
static bool aligns(const struct nf_key *copy, const uint16_t *copy_trace, const struct nf_key *source,
                   const uint16_t *source_trace, struct nf_guard *guard)
{
    bool any = false;
    for (size_t c = 0; c + 4 <= copy->word_count; c++)
        for (size_t s = 0; s + 4 <= source->word_count; s++) {
            if (memcmp(copy_trace + c, source_trace + s, 4 * sizeof *copy_trace) != 0)
                continue;
            struct nf_alignment all = {.guard = guard, .copy = copy->word, .copy_trace = copy_trace,
                                       .count = copy->word_count, .source = source_trace,
                                       .source_to = source->word_count};
            if (!nf_align(&all, c, s))
                continue;
            any = true;
            CHECK(all.first < all.last && all.last <= source->word_count, "spans %zu to %zu", all.first, all.last);
            CHECK(all.matched <= copy->word_count, "%zu matched", all.matched);
        }
    return any;
}

void test_align(void)
{
    struct nf_guard *guard = nf_guard_new();
    struct nf_key source = {0};
    uint16_t *source_trace;
    words_of(SOURCE, &source, &source_trace);
    for (size_t i = 0; i < sizeof copies / sizeof *copies; i++) {
        struct nf_key copy = {0};
        uint16_t *trace;
        test_begin("align: %s", copies[i].what);
        words_of(copies[i].copy, &copy, &trace);
        CHECK(aligns(&copy, trace, &source, source_trace, guard) == copies[i].is_copy, "%s",
              copies[i].is_copy ? "is a copy" : "is none");
        nf_free(trace);
        nf_key_release(&copy);
    }
    nf_free(source_trace);
    nf_key_release(&source);
    nf_guard_free(guard);
}
