/*
 * test_anchors.c: a copy has its anchors where its source has them, whatever stands around it.
 */
#include "stage/fold_anchors.h"

#include "base/alloc.h"
#include "test.h"

#define WORDS 400

static const struct nf_anchor *anchor_at(const struct nf_anchors *anchors, uint32_t word)
{
    for (size_t a = 0; a < anchors->count; a++)
        if (anchors->anchor[a].word == word)
            return &anchors->anchor[a];
    return NULL;
}

static bool is_kept(const struct nf_anchors *anchors, size_t a)
{
    for (size_t k = 0; k < anchors->kept_count; k++)
        if (anchors->kept[k] == a)
            return true;
    return false;
}

/* in  copy: an array of just `len` words, so that a sanitizer sees what is read beyond it */
static size_t check_copy(const struct nf_anchors *source, const uint16_t *copy, uint32_t from, uint32_t len)
{
    struct nf_anchors anchors = {0};
    size_t shared = 0;
    nf_anchors_add(&anchors, copy, 0, len);
    CHECK((anchors.count > 0) == (len >= 8), "%zu anchors of %u words", anchors.count, len);
    for (size_t a = 0; a < anchors.count; a++) {
        const struct nf_anchor *anchor = &anchors.anchor[a], *of = anchor_at(source, from + anchor->word);
        CHECK(anchor->word + 8 <= len && (a == 0 || anchor->word > anchor[-1].word), "anchor %zu in its place", a);
        CHECK(of ? of->key == anchor->key : anchors.count == 1, "anchor %zu is one of the source", a);
        shared += of != NULL;
    }
    for (uint32_t at = 0; at + 8 <= len; at++)
        CHECK(!anchor_at(source, from + at) || anchor_at(&anchors, at), "the source's anchor at %u, of %u words", at, len);
    CHECK(len < 8 || anchors.kept_count, "one is kept of %u words", len);
    for (size_t k = 0; k < anchors.kept_count; k++)
        CHECK(anchors.kept[k] < anchors.count && (k == 0 || anchors.kept[k] > anchors.kept[k - 1]), "kept %zu in order", k);
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
    nf_anchors_add(&anchors, source, 0, WORDS);
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

static void test_look_up(void)
{
    uint16_t word[WORDS];
    uint64_t state = 4;
    struct nf_anchors anchors = {0};
    struct nf_places earlier;
    test_begin("anchors: equal ones in a document, and in earlier text");
    for (size_t i = 0; i < WORDS / 2; i++)
        word[i] = word[i + WORDS / 2] = (uint16_t)test_random(&state);
    nf_places_init(&earlier, 2);
    nf_anchors_add(&anchors, word, 0, WORDS / 2);
    size_t half = anchors.count;
    for (size_t a = 0; a < half; a += 2)
        if (is_kept(&anchors, a))
            nf_places_put(&earlier, anchors.anchor[a].key, (uint32_t)a);
    nf_anchors_add(&anchors, word, WORDS / 2, WORDS);
    nf_anchors_look_up(&anchors, &earlier);
    CHECK(anchors.count == half * 2, "%zu anchors and as many", half);
    for (size_t a = 0; a < anchors.count; a++) {
        const struct nf_anchor *anchor = &anchors.anchor[a];
        uint32_t known = is_kept(&anchors, a) && a % half % 2 == 0 ? (uint32_t)(a % half) : NF_PLACES_ABSENT;
        CHECK(anchor->first == a % half && anchor->again, "anchor %zu is the first's", a);
        CHECK(anchor->earlier == known && anchor->here == NF_PLACES_ABSENT, "anchor %zu in earlier text", a);
    }
    nf_anchors_release(&anchors);
    nf_places_release(&earlier);
}

/* In a text that repeats nothing only those of earlier text stand anywhere else. */
static void test_again(void)
{
    uint16_t word[WORDS];
    uint64_t state = 5;
    struct nf_anchors anchors = {0};
    struct nf_places earlier;
    size_t again = 0;
    test_begin("anchors: those that stand nowhere else");
    for (size_t i = 0; i < WORDS; i++)
        word[i] = (uint16_t)test_random(&state);
    nf_places_init(&earlier, 2);
    nf_anchors_add(&anchors, word, 0, WORDS);
    for (size_t k = 0; k < anchors.kept_count; k += 2)
        nf_places_put(&earlier, anchors.anchor[anchors.kept[k]].key, (uint32_t)k);
    nf_anchors_look_up(&anchors, &earlier);
    for (size_t a = 0; a < anchors.count; a++) {
        CHECK(anchors.anchor[a].again == (anchors.anchor[a].earlier != NF_PLACES_ABSENT), "anchor %zu", a);
        again += anchors.anchor[a].again;
    }
    CHECK(again == (anchors.kept_count + 1) / 2 && again < anchors.count, "%zu of %zu stand in earlier text", again, anchors.count);
    nf_anchors_release(&anchors);
    nf_places_release(&earlier);
}

void test_anchors(void)
{
    test_again();
    test_copies();
    test_look_up();
}
