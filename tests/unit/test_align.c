/*
 * test_align.c: what is a copy of a source but for small edits, and what is news.
 */
#include "stage/align.h"

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

/* Around every pair of words that begin four equal ones, as an anchor would. */
static bool aligns(const struct nf_words *copy, struct nf_full_words *full, const struct nf_words *source,
                   struct nf_guard *guard)
{
    bool any = false;
    for (size_t c = 0; c + 4 <= copy->count; c++)
        for (size_t s = 0; s + 4 <= source->count; s++) {
            if (memcmp(copy->trace + c, source->trace + s, 4 * sizeof *copy->trace) != 0)
                continue;
            struct nf_alignment all = {.guard = guard, .copy = copy->trace, .copy_words = full, .count = copy->count,
                                       .source = source->trace, .source_to = source->count, .steps_most = SIZE_MAX};
            if (!nf_align(&all, c, s))
                continue;
            any = true;
            CHECK(all.first < all.last && all.last <= source->count, "spans %zu to %zu", all.first, all.last);
            CHECK(all.matched <= copy->count, "%zu matched", all.matched);
        }
    return any;
}

static void words_of(const char *text, struct nf_full_words *full, struct nf_words *words)
{
    words->count = 0;
    nf_full_words_start(full, nf_span(text, strlen(text)));
    nf_full_words_of(full);
    nf_words_add(words, nf_buf_span(&full->key.bytes), full->key.unspaced);
}

/* A source with five words more behind every twelfth: each is an edit, and every edit takes steps. */
static void check_bound(const struct nf_guard *guard)
{
    enum { PIECES = 200, PIECE = 12, MORE = 5 };
    static uint16_t copy[PIECES * PIECE], source[PIECES * (PIECE + MORE)];
    uint64_t state = 3;
    for (size_t p = 0; p < PIECES; p++)
        for (size_t w = 0; w < PIECE + MORE; w++) {
            uint16_t word = (uint16_t)test_random(&state);
            source[p * (PIECE + MORE) + w] = word;
            if (w < PIECE)
                copy[p * PIECE + w] = word;
        }
    struct nf_alignment all = {.guard = guard, .copy = copy, .count = PIECES * PIECE, .source = source,
                               .source_to = PIECES * (PIECE + MORE), .steps_most = SIZE_MAX};
    CHECK(nf_align(&all, 0, 0) && all.edits == PIECES - 1, "%zu edits", all.edits);
    CHECK(all.steps > 1000 && all.steps < 20 * PIECES, "%zu steps", all.steps);
    all.steps = 0;
    all.steps_most = 200;
    CHECK(!nf_align(&all, 0, 0) && all.steps <= 400, "%zu steps, when 200 are allowed", all.steps);
}

/* Some of six words in random order, or those of another text, of which now and then one is left out or put in. */
static size_t write_words(char *text, size_t count, const uint8_t *like, uint8_t *which, uint64_t *state)
{
    static const char *const word[] = {"hill", "lake", "road", "barn", "wood", "mill"};
    size_t written = 0;
    *text = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t edit = like ? test_random(state) % 24 : 2;
        for (uint64_t times = edit < 2 ? edit * 2 : 1; times; times--, written++) {
            which[written] = like && times == 1 ? like[i] : (uint8_t)(test_random(state) % 6);
            strcat(strcat(text, written ? " " : ""), word[which[written]]);
        }
    }
    return written;
}

/* What stands far behind in the source, and is in no copy, changes nothing; but ends are far then, and looked for in another way. */
static void check_far_ends(const struct nf_guard *guard)
{
    uint64_t state = 9;
    size_t found = 0;
    for (int round = 0; round < 4000; round++) {
        char text[1024];
        uint8_t which[128], copied[128];
        uint16_t far[47 + 60];
        struct nf_full_words full = {0};
        struct nf_words source = {0}, copy = {0};
        size_t count = write_words(text, 10 + test_random(&state) % 37, NULL, which, &state);
        words_of(text, &full, &source);
        write_words(text, count, which, copied, &state);
        words_of(text, &full, &copy);
        memcpy(far, source.trace, count * sizeof *far);
        for (size_t i = count; i < sizeof far / sizeof *far; i++)
            far[i] = 1;
        struct nf_alignment near = {.guard = guard, .copy = copy.trace, .copy_words = &full, .count = copy.count,
                                    .source = source.trace, .source_to = count, .steps_most = SIZE_MAX}, other = near;
        other.source = far;
        other.source_to = sizeof far / sizeof *far;
        size_t at = test_random(&state) % (count < copy.count ? count : copy.count);
        bool is_copy = nf_align(&near, at, at);
        found += is_copy;
        CHECK(nf_align(&other, at, at) == is_copy, "round %d", round);
        CHECK(near.matched == other.matched && near.edits == other.edits, "round %d: %zu and %zu matched", round, near.matched, other.matched);
        CHECK(!is_copy || (near.first == other.first && near.last == other.last), "round %d: to %zu and %zu", round, near.last, other.last);
        nf_words_release(&source);
        nf_words_release(&copy);
        nf_full_words_release(&full);
    }
    CHECK(found > 100, "%zu copies", found);
}

void test_align(void)
{
    struct nf_guard *guard = nf_guard_new();
    struct nf_full_words full = {0};
    struct nf_words source = {0}, copy = {0};
    words_of(SOURCE, &full, &source);
    for (size_t i = 0; i < sizeof copies / sizeof *copies; i++) {
        test_begin("align: %s", copies[i].what);
        words_of(copies[i].copy, &full, &copy);
        CHECK(aligns(&copy, &full, &source, guard) == copies[i].is_copy, "%s", copies[i].is_copy ? "is a copy" : "is none");
    }
    test_begin("align: the work of many edits is bounded");
    check_bound(guard);
    test_begin("align: a source that goes on");
    check_far_ends(guard);
    nf_words_release(&source);
    nf_words_release(&copy);
    nf_full_words_release(&full);
    nf_guard_free(guard);
}
