/*
 * strip_model.c: features of lines, and their weights.
 * Used by strip_structure.c.
 *
 * A feature either holds or not. Most are pairs: what the line is like, and what stands around it. The
 * weights are the rows of line_model.def, made by tests/eval/train_lines.py; nothing in them names a
 * language, a site or a word.
 */
#include "stage/strip_model.h"

#include "base/alloc.h"

/* What a line is, by length and sentence end. */
enum kind { KIND_TINY, KIND_SHORT, KIND_PHRASE, KIND_TITLE, KIND_OPEN, KIND_SAYING, KIND_PROSE, KIND_HIT, KIND_COUNT };

/* Kinds that are summed over windows. */
enum sum {
    SUM_PROSE, SUM_PROSE_WORDS, SUM_SHORT, SUM_TITLE, SUM_SAYING, SUM_HIT, SUM_MARKED,
    SUM_COMMENTS, SUM_RELATED, SUM_PROMOTION, SUM_FOOTER, SUM_STAMP, SUM_PICTURE, SUM_CARD, SUM_COUNT
};

/* The groups of features; the number of a feature is its group's first plus its place in it. */
enum {
    FIRST_LENGTH = 0, LENGTHS = 12,
    FIRST_TRAIT = FIRST_LENGTH + LENGTHS, TRAITS = 16,
    FIRST_KIND_TRAIT = FIRST_TRAIT + TRAITS,
    FIRST_NEIGHBOUR = FIRST_KIND_TRAIT + KIND_COUNT * TRAITS, NEIGHBOURS = 6 * KIND_COUNT,
    FIRST_KIND_PLACE = FIRST_NEIGHBOUR + NEIGHBOURS, PLACES = 80,
    FEATURE_COUNT = FIRST_KIND_PLACE + KIND_COUNT * PLACES
};

static const float weights[] = {
#define BIAS(weight)
#define WEIGHT(feature, weight) [feature] = weight,
#include "stage/line_model.def"
#undef WEIGHT
#undef BIAS
    [FEATURE_COUNT] = 0
};

static const float bias =
#define BIAS(weight) weight
#define WEIGHT(feature, weight)
#include "stage/line_model.def"
#undef WEIGHT
#undef BIAS
    ;

static enum kind kind_of(const struct nf_surroundings *s, size_t i)
{
    const struct nf_line_facts *facts = &s->facts[i];
    if (s->document->paragraphs[i].verdict != NF_KEEP)
        return KIND_HIT;
    if (facts->ends_sentence)
        return facts->words < 15 ? KIND_SAYING : KIND_PROSE;
    if (facts->words <= 2)
        return KIND_TINY;
    if (facts->words <= 4)
        return KIND_SHORT;
    if (facts->words <= 8)
        return KIND_PHRASE;
    return facts->words <= 14 ? KIND_TITLE : KIND_OPEN;
}

static uint32_t *sums_of(const struct nf_surroundings *s, enum sum sum)
{
    return s->sums + (size_t)sum * (s->count + 1);
}

/* Whether a rule of one of two categories matched the line, taken out or not. */
static uint32_t is_of(const struct nf_surroundings *s, size_t i, enum nf_category one, enum nf_category other)
{
    return (s->facts[i].categories >> one | s->facts[i].categories >> other) & 1;
}

static void add_sums(struct nf_surroundings *s, size_t i)
{
    enum kind kind = kind_of(s, i);
    uint32_t add[SUM_COUNT] = {
        [SUM_PROSE] = kind == KIND_PROSE,
        [SUM_PROSE_WORDS] = kind == KIND_PROSE ? s->facts[i].words : 0,
        [SUM_SHORT] = kind == KIND_TINY || kind == KIND_SHORT,
        [SUM_TITLE] = kind == KIND_PHRASE || kind == KIND_TITLE,
        [SUM_SAYING] = kind == KIND_SAYING,
        [SUM_HIT] = kind == KIND_HIT,
        [SUM_MARKED] = s->facts[i].marked,
        [SUM_COMMENTS] = is_of(s, i, NF_CATEGORY_COMMENTS, NF_CATEGORY_COMMENTS),
        [SUM_RELATED] = is_of(s, i, NF_CATEGORY_RELATED, NF_CATEGORY_ADVERT),
        [SUM_PROMOTION] = is_of(s, i, NF_CATEGORY_NEWSLETTER, NF_CATEGORY_PAYWALL),
        [SUM_FOOTER] = is_of(s, i, NF_CATEGORY_COPYRIGHT, NF_CATEGORY_NAVIGATION),
        [SUM_STAMP] = is_of(s, i, NF_CATEGORY_DATESTAMP, NF_CATEGORY_DATESTAMP),
        [SUM_PICTURE] = is_of(s, i, NF_CATEGORY_CAPTION, NF_CATEGORY_CREDIT),
        [SUM_CARD] = is_of(s, i, NF_CATEGORY_FORUM_CARD, NF_CATEGORY_QUOTE_FRAME),
    };
    for (int sum = 0; sum < SUM_COUNT; sum++)
        sums_of(s, sum)[i + 1] = sums_of(s, sum)[i] + add[sum];
}

static void add_distances(struct nf_surroundings *s)
{
    uint32_t distance = 99;
    for (size_t i = 0; i < s->count; i++) {
        distance += distance < 99;
        s->before[i] = distance;
        if (kind_of(s, i) == KIND_PROSE)
            distance = 0;
    }
    distance = 99;
    for (size_t i = s->count; i-- > 0;) {
        distance += distance < 99;
        s->after[i] = distance;
        if (kind_of(s, i) == KIND_PROSE)
            distance = 0;
    }
}

/* Posts leave user cards, quote frames, comment labels and dates; articles few of them. */
static bool is_thread(const struct nf_surroundings *s)
{
    uint32_t cards = sums_of(s, SUM_CARD)[s->count], comments = sums_of(s, SUM_COMMENTS)[s->count];
    return cards >= 3 || (comments >= 3 && sums_of(s, SUM_STAMP)[s->count] >= 3);
}

void nf_surroundings_init(struct nf_surroundings *s, struct nf_line_facts *facts, const struct nf_document *document)
{
    *s = (struct nf_surroundings){.facts = facts, .document = document, .count = document->count};
    s->sums = nf_alloc_zero(SUM_COUNT * (s->count + 1), sizeof *s->sums);
    s->before = nf_alloc(s->count * sizeof *s->before);
    s->after = nf_alloc(s->count * sizeof *s->after);
    for (size_t i = 0; i < s->count; i++)
        add_sums(s, i);
    add_distances(s);
    s->thread = is_thread(s);
    s->dense = sums_of(s, SUM_PROSE)[s->count] * 5 > s->count;
    s->large = s->count > 200;
}

void nf_surroundings_release(struct nf_surroundings *s)
{
    nf_free(s->sums);
    nf_free(s->before);
    nf_free(s->after);
}

struct found {
    uint16_t *feature;
    size_t count;
};

static void add(struct found *found, size_t feature)
{
    if (found->count < NF_FEATURES_MAX)
        found->feature[found->count++] = (uint16_t)feature;
}

static size_t length_class(uint32_t words)
{
    static const uint32_t least[] = {2, 3, 4, 5, 6, 9, 13, 17, 21, 31, 51};
    size_t class = 0;
    while (class < sizeof least / sizeof *least && words >= least[class])
        class++;
    return class;
}

static uint32_t trait_bits(const struct nf_line_facts *facts)
{
    return facts->traits | (uint32_t)facts->marked << 14 | (uint32_t)(facts->categories != 0) << 15;
}

static void add_line(const struct nf_surroundings *s, size_t i, struct found *found)
{
    const struct nf_line_facts *facts = &s->facts[i];
    uint32_t traits = trait_bits(facts);
    add(found, FIRST_LENGTH + length_class(facts->words));
    for (size_t t = 0; t < TRAITS; t++)
        if (traits >> t & 1) {
            add(found, FIRST_TRAIT + t);
            add(found, FIRST_KIND_TRAIT + (size_t)kind_of(s, i) * TRAITS + t);
        }
}

static void add_neighbours(const struct nf_surroundings *s, size_t i, struct found *found)
{
    static const ptrdiff_t offsets[] = {-1, -2, -3, 1, 2, 3};
    for (size_t n = 0; n < 6; n++) {
        ptrdiff_t at = (ptrdiff_t)i + offsets[n];
        if (at >= 0 && (size_t)at < s->count)
            add(found, FIRST_NEIGHBOUR + n * KIND_COUNT + (size_t)kind_of(s, (size_t)at));
    }
}

/* How many lines of a kind stand in a window of lines before or after. */
static uint32_t in_window(const struct nf_surroundings *s, enum sum sum, size_t i, size_t lines, bool after)
{
    const uint32_t *sums = sums_of(s, sum);
    size_t from = after ? i + 1 : i > lines ? i - lines : 0;
    size_t to = after ? (i + 1 + lines < s->count ? i + 1 + lines : s->count) : i;
    return sums[to] - sums[from];
}

/* The conditions that a place fulfils, collected one after the other. */
struct places {
    bool holds[PLACES];
    size_t count;
};

static void add_place(struct places *places, bool holds)
{
    if (places->count < PLACES)
        places->holds[places->count++] = holds;
}

static void add_distance_places(const struct nf_surroundings *s, size_t i, struct places *places)
{
    static const uint32_t far[] = {1, 2, 3, 5, 8, 15, 40};
    for (size_t k = 0; k < 7; k++) {
        add_place(places, s->before[i] <= far[k]);
        add_place(places, s->after[i] <= far[k]);
    }
    for (size_t k = 0; k < 6; k++)
        add_place(places, s->before[i] <= far[k] && s->after[i] <= far[k]);
}

/* How much of the document's prose, and of its lines, came before. */
static void add_share_places(const struct nf_surroundings *s, size_t i, struct places *places)
{
    const uint32_t *words = sums_of(s, SUM_PROSE_WORDS);
    uint64_t all = words[s->count], gone = words[i];
    add_place(places, gone == 0);
    add_place(places, gone * 50 < all);
    add_place(places, gone * 4 < all);
    add_place(places, gone * 4 >= all * 3);
    add_place(places, gone * 50 >= all * 49);
    add_place(places, gone == all);
    add_place(places, i * 10 < s->count);
    add_place(places, i * 3 < s->count);
    add_place(places, i * 3 >= s->count * 2);
    add_place(places, i * 10 >= s->count * 9);
}

static void add_window_places(const struct nf_surroundings *s, size_t i, struct places *places)
{
    for (int after = 0; after < 2; after++) {
        add_place(places, in_window(s, SUM_SHORT, i, 5, after) >= 3);
        add_place(places, in_window(s, SUM_SHORT, i, 5, after) == 0);
        add_place(places, in_window(s, SUM_SHORT, i, 20, after) >= 12);
        add_place(places, in_window(s, SUM_TITLE, i, 5, after) >= 3);
        add_place(places, in_window(s, SUM_HIT, i, 5, after) >= 1);
        add_place(places, in_window(s, SUM_HIT, i, 5, after) >= 3);
        add_place(places, in_window(s, SUM_HIT, i, 20, after) >= 6);
        add_place(places, in_window(s, SUM_SAYING, i, 5, after) >= 2);
        add_place(places, in_window(s, SUM_MARKED, i, 5, after) >= 3);
        add_place(places, in_window(s, SUM_PROSE, i, 20, after) >= 5);
        add_place(places, in_window(s, SUM_PROSE, i, 10, after) == 0);
        for (int sum = SUM_COMMENTS; sum <= SUM_CARD; sum++)
            add_place(places, in_window(s, (enum sum)sum, i, 3, after) > 0);
    }
    for (int after = 0; after < 2; after++) {
        add_place(places, in_window(s, SUM_COMMENTS, i, s->count, after) >= 1);
        add_place(places, in_window(s, SUM_COMMENTS, i, s->count, after) >= 4);
        add_place(places, in_window(s, SUM_FOOTER, i, s->count, after) == 0);
    }
}

size_t nf_line_features(const struct nf_surroundings *s, size_t i, uint16_t *features)
{
    struct found found = {features, 0};
    struct places places = {.count = 0};
    size_t kind = (size_t)kind_of(s, i);
    add_line(s, i, &found);
    add_neighbours(s, i, &found);
    add_distance_places(s, i, &places);
    add_share_places(s, i, &places);
    add_window_places(s, i, &places);
    add_place(&places, s->thread);
    add_place(&places, s->dense);
    add_place(&places, s->large);
    add_place(&places, true);
    for (size_t p = 0; p < places.count; p++)
        if (places.holds[p])
            add(&found, FIRST_KIND_PLACE + kind * PLACES + p);
    return found.count;
}

size_t nf_feature_count(void)
{
    return FEATURE_COUNT;
}

float nf_line_odds(const struct nf_surroundings *s, size_t i)
{
    uint16_t features[NF_FEATURES_MAX];
    size_t count = nf_line_features(s, i, features);
    float odds = bias;
    for (size_t f = 0; f < count; f++)
        odds += weights[features[f]];
    return odds;
}
