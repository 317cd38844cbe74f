/*
 * test_anchors.c: a copy has its anchors where its source has them, whatever stands around it.
 */
#include "stage/fold_anchors.h"

#include "base/alloc.h"
#include "test.h"

#define WORDS 400

static bool is_anchor(const struct nf_anchors *anchors, uint32_t word)
{
    for (size_t a = 0; a < anchors->count; a++)
        if (anchors->word[a] == word)
            return true;
    return false;
}

static void add_item(struct nf_anchors *anchors, const uint16_t *word, uint32_t len)
{
    const uint32_t from[] = {0, len};
    nf_anchors_add(anchors, word, from, 0, 1);
}

/* in  copy: an array of just `len` words, so that a sanitizer sees what is read beyond it */
static size_t check_copy(const struct nf_anchors *source, const uint16_t *copy, uint32_t from, uint32_t len)
{
    struct nf_anchors anchors = {.cpu = nf_cpu_best()};
    size_t shared = 0;
    add_item(&anchors, copy, len);
    CHECK((anchors.count > 0) == (len >= 8), "%zu anchors of %u words", anchors.count, len);
    for (size_t a = 0; a < anchors.count; a++) {
        bool of = is_anchor(source, from + anchors.word[a]);
        CHECK(anchors.word[a] + 8 <= len && (a == 0 || anchors.word[a] > anchors.word[a - 1]), "anchor %zu in its place", a);
        CHECK(of || anchors.count == 1, "anchor %zu is one of the source", a);
        shared += of;
    }
    for (uint32_t at = 0; at + 8 <= len; at++)
        CHECK(!is_anchor(source, from + at) || is_anchor(&anchors, at), "the source's anchor at %u, of %u words", at, len);
    CHECK(len < 8 || anchors.kept_count, "one is kept of %u words", len);
    for (size_t k = 0; k < anchors.kept_count; k++)
        CHECK(is_anchor(&anchors, anchors.kept[k].word) && anchors.kept[k].item == 0
              && (k == 0 || anchors.kept[k].word > anchors.kept[k - 1].word), "kept %zu in order", k);
    nf_anchors_release(&anchors);
    return shared;
}

static void test_copies(void)
{
    uint16_t source[WORDS];
    uint64_t state = 3;
    struct nf_anchors anchors = {0};
    test_begin("anchors: pieces of a paragraph");
    for (size_t i = 0; i < WORDS; i++)
        source[i] = (uint16_t)test_random(&state);
    add_item(&anchors, source, WORDS);
    CHECK(anchors.count > WORDS / 16 && anchors.count < WORDS / 4, "%zu of %u words", anchors.count, WORDS);
    size_t shared = 0;
    for (uint32_t len = 0; len < 70; len++) {
        for (uint32_t from = 0; from + len <= WORDS; from += 23) {
            uint16_t *copy = nf_alloc((len ? len : 1) * sizeof *copy);
            memcpy(copy, source + from, len * sizeof *copy);
            shared += check_copy(&anchors, copy, from, len);
            nf_free(copy);
        }
    }
    CHECK(shared > 1000, "%zu anchors were found again", shared);
    nf_anchors_release(&anchors);
}

/* Many paragraphs at once have the anchors that each has alone. */
static void test_items(void)
{
    uint16_t word[WORDS];
    uint32_t from[] = {0, 5, 80, 143, 144, 144, 160, 300, WORDS};
    const size_t items = sizeof from / sizeof *from - 1;
    uint64_t state = 6;
    struct nf_anchors all = {0}, one = {0};
    size_t count = 0, kept = 0;
    test_begin("anchors: paragraphs in a row");
    for (size_t i = 0; i < WORDS; i++)
        word[i] = (uint16_t)test_random(&state);
    nf_anchors_add(&all, word, from, 0, items);
    for (size_t i = 0; i < items; i++) {
        nf_anchors_start(&one);
        nf_anchors_add(&one, word, from, i, i + 1);
        for (size_t a = 0; a < one.count; a++, count++)
            CHECK(count < all.count && all.word[count] == one.word[a], "anchor %zu of paragraph %zu", a, i);
        for (size_t k = 0; k < one.kept_count; k++, kept++)
            CHECK(kept < all.kept_count && all.kept[kept].word == one.kept[k].word && all.kept[kept].item == i, "kept %zu of paragraph %zu", k, i);
    }
    CHECK(count == all.count && kept == all.kept_count && kept >= items - 4, "%zu and %zu of them", all.count, all.kept_count);
    nf_anchors_release(&all);
    nf_anchors_release(&one);
}

/* in  word: an array of just `len`; zeros have low ranks wherever they stand together */
static void check_ways(const uint16_t *word, uint32_t len)
{
    const uint32_t from[] = {0, len / 3, len};
    struct nf_anchors plain = {.cpu = NF_CPU_ANY}, best = {.cpu = nf_cpu_best()};
    nf_anchors_add(&plain, word, from, 0, 2);
    nf_anchors_add(&best, word, from, 0, 2);
    CHECK(plain.count == best.count && plain.kept_count == best.kept_count, "%u words: %zu and %zu, kept %zu and %zu", len,
          plain.count, best.count, plain.kept_count, best.kept_count);
    CHECK(!plain.count || memcmp(plain.word, best.word, plain.count * sizeof *plain.word) == 0, "%u words: their places", len);
    CHECK(!plain.count || memcmp(plain.kept, best.kept, plain.kept_count * sizeof *plain.kept) == 0, "%u words: those kept", len);
    nf_anchors_release(&plain);
    nf_anchors_release(&best);
}

static void test_ways(void)
{
    uint64_t state = 7;
    test_begin("anchors: the processor's way and the plain one");
    for (uint32_t len = 0; len < 300; len++) {
        for (uint64_t zeros = 0; zeros < 4; zeros++) {
            uint16_t *word = nf_alloc((len ? len : 1) * sizeof *word);
            for (uint32_t i = 0; i < len; i++)
                word[i] = (uint16_t)(test_random(&state) % 4 < zeros ? 0 : test_random(&state));
            check_ways(word, len);
            nf_free(word);
        }
    }
}

/* Every other one that is kept stands in earlier text. */
static void put_half(const struct nf_anchors *anchors, size_t count, struct nf_places *earlier)
{
    for (size_t k = 0; k < count; k += 2)
        nf_places_put(earlier, anchors->key[k], anchors->kept[k].word);
}

/* in  word: of an anchor that is kept, or not */
static uint32_t put_place(const struct nf_anchors *anchors, size_t count, uint32_t word)
{
    for (size_t k = 0; k < count; k += 2)
        if (anchors->kept[k].word == word)
            return word;
    return NF_PLACES_ABSENT;
}

static bool is_kept(const struct nf_anchors *anchors, uint32_t word)
{
    for (size_t k = 0; k < anchors->kept_count; k++)
        if (anchors->kept[k].word == word)
            return true;
    return false;
}

static void test_look_up(void)
{
    uint16_t word[WORDS];
    const uint32_t from[] = {0, WORDS / 2, WORDS};
    uint64_t state = 4;
    struct nf_anchors anchors = {0};
    struct nf_places earlier;
    test_begin("anchors: equal ones in a document, and in earlier text");
    for (size_t i = 0; i < WORDS / 2; i++)
        word[i] = word[i + WORDS / 2] = (uint16_t)test_random(&state);
    nf_places_init(&earlier, 2);
    nf_anchors_add(&anchors, word, from, 0, 2);
    nf_anchors_look_up(&anchors, word, &earlier);       /* makes their keys */
    put_half(&anchors, anchors.kept_count / 2, &earlier);
    nf_anchors_look_up(&anchors, word, &earlier);
    size_t half = anchors.count / 2;
    CHECK(half && anchors.again_count == half * 2, "%zu of %zu", anchors.again_count, anchors.count);
    for (size_t a = 0; a < anchors.again_count; a++) {
        const struct nf_anchor *anchor = &anchors.again[a];
        uint32_t place = put_place(&anchors, anchors.kept_count / 2, anchor->word % (WORDS / 2));
        CHECK(anchor->word == anchors.word[a] && anchor->first == a % half && anchor->here == NF_PLACES_ABSENT, "anchor %zu is the first's", a);
        CHECK(anchor->earlier == (is_kept(&anchors, anchor->word) ? place : NF_PLACES_ABSENT), "anchor %zu in earlier text", a);
    }
    nf_anchors_release(&anchors);
    nf_places_release(&earlier);
}

/* In a text that repeats nothing those of earlier text stand elsewhere, and few others may seem to. */
static void test_again(void)
{
    uint16_t word[WORDS];
    uint64_t state = 5;
    struct nf_anchors anchors = {0};
    struct nf_places earlier;
    size_t known = 0;
    test_begin("anchors: those that stand nowhere else");
    for (size_t i = 0; i < WORDS; i++)
        word[i] = (uint16_t)test_random(&state);
    nf_places_init(&earlier, 2);
    add_item(&anchors, word, WORDS);
    nf_anchors_look_up(&anchors, word, &earlier);
    CHECK(anchors.again_count < anchors.count / 4, "%zu of %zu stand nowhere else", anchors.again_count, anchors.count);
    put_half(&anchors, anchors.kept_count, &earlier);
    nf_anchors_look_up(&anchors, word, &earlier);
    for (size_t a = 0; a < anchors.again_count; a++) {
        const struct nf_anchor *anchor = &anchors.again[a];
        CHECK(anchor->first == a && anchor->earlier == put_place(&anchors, anchors.kept_count, anchor->word), "anchor %zu", a);
        known += anchor->earlier != NF_PLACES_ABSENT;
    }
    CHECK(known == (anchors.kept_count + 1) / 2, "%zu of %zu stand in earlier text", known, anchors.kept_count);
    nf_anchors_release(&anchors);
    nf_places_release(&earlier);
}

void test_anchors(void)
{
    test_again();
    test_copies();
    test_items();
    test_ways();
    test_look_up();
}
