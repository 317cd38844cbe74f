/*
 * strip_surroundings.c: what stands around the lines of a dump, counted once for all of them.
 * Used by strip_structure.c.
 */
#include "stage/strip_cues.h"

#include "base/alloc.h"

#define LONG_PROSE 40           /* words */

/* What a line that is no prose costs the main cluster, in words. */
#define CLUSTER_COST 12
#define CLUSTER_LINE_MOST 80

#define HEADLINE_LINES 25
#define HEADLINE_WORDS 25

static enum nf_line_kind kind_of(const struct nf_surroundings *s, size_t i)
{
    const struct nf_line_facts *facts = &s->facts[i];
    if (s->document->paragraphs[i].verdict != NF_KEEP)
        return NF_KIND_HIT;
    if (facts->ends_sentence)
        return facts->words < 15 ? NF_KIND_SAYING : NF_KIND_PROSE;
    if (facts->words <= 2)
        return NF_KIND_TINY;
    if (facts->words <= 4)
        return NF_KIND_SHORT;
    if (facts->words <= 8)
        return NF_KIND_PHRASE;
    return facts->words <= 14 ? NF_KIND_TITLE : NF_KIND_OPEN;
}

static uint64_t bit(enum nf_category category)
{
    return UINT64_C(1) << category;
}

/* Whether a rule of the group matched the line, taken out or not. */
static bool is_of(const struct nf_line_facts *facts, enum nf_rule_group group)
{
    const uint64_t bits[NF_GROUP_COUNT] = {
        [NF_GROUP_COMMENTS] = bit(NF_CATEGORY_COMMENTS),
        [NF_GROUP_RELATED] = bit(NF_CATEGORY_RELATED) | bit(NF_CATEGORY_ADVERT),
        [NF_GROUP_PROMOTION] = bit(NF_CATEGORY_NEWSLETTER) | bit(NF_CATEGORY_PAYWALL),
        [NF_GROUP_FOOTER] = bit(NF_CATEGORY_COPYRIGHT) | bit(NF_CATEGORY_NAVIGATION),
        [NF_GROUP_STAMP] = bit(NF_CATEGORY_DATESTAMP),
        [NF_GROUP_PICTURE] = bit(NF_CATEGORY_CAPTION) | bit(NF_CATEGORY_CREDIT),
        [NF_GROUP_CARD] = bit(NF_CATEGORY_FORUM_CARD) | bit(NF_CATEGORY_QUOTE_FRAME),
        [NF_GROUP_SHARE] = bit(NF_CATEGORY_SHARE) | bit(NF_CATEGORY_FOLLOW),
        [NF_GROUP_TAGS] = bit(NF_CATEGORY_TAGS),
    };
    return (facts->categories & bits[group]) != 0;
}

/* Dates, times of day, bylines with them. */
static bool is_dated(const struct nf_surroundings *s, size_t i)
{
    const struct nf_line_looks *looks = &s->line[i].looks;
    return s->facts[i].words <= 10 && (looks->clock || looks->year || is_of(&s->facts[i], NF_GROUP_STAMP));
}

static bool is_name(const struct nf_surroundings *s, size_t i)
{
    const struct nf_line_looks *looks = &s->line[i].looks;
    return s->line[i].kind <= NF_KIND_SHORT && looks->words && looks->capitals == looks->words && !looks->digits;
}

static void add_sums(struct nf_surroundings *s, size_t i)
{
    const struct nf_line_facts *facts = &s->facts[i];
    enum nf_line_kind kind = s->line[i].kind;
    uint32_t add[NF_SUM_COUNT] = {
        [NF_SUM_PROSE] = kind == NF_KIND_PROSE,
        [NF_SUM_PROSE_WORDS] = kind == NF_KIND_PROSE ? facts->words : 0,
        [NF_SUM_WORDS] = kind == NF_KIND_HIT ? 0 : facts->words,
        [NF_SUM_SHORT] = kind == NF_KIND_TINY || kind == NF_KIND_SHORT,
        [NF_SUM_TITLE] = kind == NF_KIND_PHRASE || kind == NF_KIND_TITLE,
        [NF_SUM_SAYING] = kind == NF_KIND_SAYING,
        [NF_SUM_HIT] = kind == NF_KIND_HIT,
        [NF_SUM_MARKED] = facts->marked,
        [NF_SUM_LONG] = kind == NF_KIND_PROSE && facts->words >= LONG_PROSE,
        [NF_SUM_DATED] = is_dated(s, i),
        [NF_SUM_NAMES] = is_name(s, i),
        [NF_SUM_COMMENTS] = is_of(facts, NF_GROUP_COMMENTS),
        [NF_SUM_STAMP] = is_of(facts, NF_GROUP_STAMP),
        [NF_SUM_CARD] = is_of(facts, NF_GROUP_CARD),
        [NF_SUM_FOOTER] = is_of(facts, NF_GROUP_FOOTER),
    };
    for (int sum = 0; sum < NF_SUM_COUNT; sum++)
        s->sums[i + 1][sum] = s->sums[i][sum] + add[sum];
}

/* A distance for each group of rules, all stepped at once. */
typedef uint8_t distances __attribute__((vector_size(16)));

/* Distances so far on the way through the lines, in one direction. */
struct way {
    distances group;
    uint8_t prose, longer, sentence, dated;
};

static void step(uint8_t *distance, bool there)
{
    *distance = there ? 0 : (uint8_t)(*distance < NF_FAR ? *distance + 1 : NF_FAR);
}

/* Most lines are of no group. */
static void step_groups(distances *distance, const struct nf_line_facts *facts)
{
    _Static_assert(NF_GROUP_COUNT <= sizeof(distances), "a byte for each group");
    *distance -= (distances)(*distance < NF_FAR);       /* all ones where it is so */
    for (int group = 0; facts->categories && group < NF_GROUP_COUNT; group++)
        if (is_of(facts, (enum nf_rule_group)group))
            (*distance)[group] = 0;
}

/* Groups count the line itself, the others do not. */
static void pass(struct nf_surroundings *s, size_t i, struct way *way, int direction)
{
    const struct nf_line_facts *facts = &s->facts[i];
    struct nf_line_place *line = &s->line[i];
    bool prose = line->kind == NF_KIND_PROSE;
    line->prose[direction] = way->prose;
    line->longer[direction] = way->longer;
    line->sentence[direction] = way->sentence;
    line->dated[direction] = way->dated;
    step(&way->prose, prose);
    step(&way->dated, is_dated(s, i));
    step(&way->longer, prose && facts->words >= LONG_PROSE);
    step(&way->sentence, prose || line->kind == NF_KIND_SAYING);
    step_groups(&way->group, facts);
    memcpy(line->group[direction], &way->group, sizeof line->group[direction]);
}

static void add_distances(struct nf_surroundings *s)
{
    struct way way;
    memset(&way, NF_FAR, sizeof way);
    for (size_t i = 0; i < s->count; i++)
        pass(s, i, &way, 0);
    memset(&way, NF_FAR, sizeof way);
    for (size_t i = s->count; i-- > 0;)
        pass(s, i, &way, 1);
}

/*
 * The stretch of lines with the most prose.
 *
 * source  Kadane's algorithm: the segment with the largest sum
 */
static void find_cluster(struct nf_surroundings *s)
{
    int64_t sum = 0, best = 0;
    size_t from = 0;
    for (size_t i = 0; i < s->count; i++) {
        uint32_t words = s->facts[i].words < CLUSTER_LINE_MOST ? s->facts[i].words : CLUSTER_LINE_MOST;
        if (sum <= 0) {
            sum = 0;
            from = i;
        }
        if (s->line[i].kind == NF_KIND_PROSE)
            sum += words;
        else if (s->line[i].kind != NF_KIND_HIT)
            sum -= CLUSTER_COST;
        else
            sum -= CLUSTER_COST / 4;
        if (sum > best) {
            best = sum;
            s->cluster_from = from;
            s->cluster_to = i + 1;
        }
    }
}

/* Digests by number; how often, and where, each was met. */
struct tally {
    struct tally_entry {
        uint64_t key;
        uint32_t last_line, prose, cluster, others;
        uint32_t headline;      /* times in it */
    } *entry;
    uint32_t count;
    struct tally_slot {
        uint32_t part;          /* of the key: most that differ are told by it */
        uint32_t number;        /* of the entry, from 1; 0: free */
    } *slot;
    size_t mask;
};

static void tally_init(struct tally *tally, size_t most)
{
    size_t size = 16;
    while (size < most * 2)
        size *= 2;
    *tally = (struct tally){nf_alloc(most * sizeof *tally->entry), 0, nf_alloc_zero(size, sizeof *tally->slot), size - 1};
}

static void tally_release(struct tally *tally)
{
    nf_free(tally->entry);
    nf_free(tally->slot);
}

static inline uint32_t tally_number(struct tally *tally, uint64_t key)
{
    uint64_t mixed = key * UINT64_C(0x9E3779B97F4A7C15);
    uint32_t part = (uint32_t)key;
    struct tally_slot *slot = &tally->slot[(mixed ^ mixed >> 32) & tally->mask];
    while (slot->number && !(slot->part == part && tally->entry[slot->number - 1].key == key))
        slot = slot == &tally->slot[tally->mask] ? tally->slot : slot + 1;
    if (!slot->number) {
        tally->entry[tally->count] = (struct tally_entry){.key = key};
        *slot = (struct tally_slot){part, ++tally->count};
    }
    return slot->number - 1;
}

static uint8_t times(uint32_t count)
{
    return (uint8_t)(count < NF_FAR ? count : NF_FAR);
}

static void count_repeats(struct nf_surroundings *s)
{
    struct tally same, shape;
    uint32_t (*number)[2] = nf_alloc(s->count * sizeof *number);
    tally_init(&same, s->count);
    tally_init(&shape, s->count);
    for (size_t i = 0; i < s->count; i++) {
        number[i][0] = tally_number(&same, s->line[i].looks.same);
        number[i][1] = tally_number(&shape, s->line[i].looks.shape);
        same.entry[number[i][0]].others++;
        shape.entry[number[i][1]].others++;
    }
    for (size_t i = 0; i < s->count; i++) {
        s->line[i].repeated = times(same.entry[number[i][0]].others);
        s->line[i].shaped = times(shape.entry[number[i][1]].others);
    }
    tally_release(&same);
    tally_release(&shape);
    nf_free(number);
}

static size_t terms_end(const struct nf_surroundings *s, size_t i)
{
    return i + 1 < s->count ? s->line[i + 1].looks.first_term : s->terms.count;
}

static bool is_in_cluster(const struct nf_surroundings *s, size_t i)
{
    return i >= s->cluster_from && i < s->cluster_to && s->line[i].kind == NF_KIND_PROSE;
}

/* From here on terms are numbers of the tally's. */
static void tally_terms(struct nf_surroundings *s, struct tally *tally)
{
    tally_init(tally, s->terms.count);
    for (size_t i = 0; i < s->count; i++)
        for (size_t t = s->line[i].looks.first_term; t < terms_end(s, i); t++) {
            s->terms.item[t] = tally_number(tally, s->terms.item[t]);
            struct tally_entry *entry = &tally->entry[s->terms.item[t]];
            if (entry->last_line == i + 1)
                continue;
            entry->last_line = (uint32_t)(i + 1);
            entry->prose += s->line[i].kind == NF_KIND_PROSE;
            entry->cluster += is_in_cluster(s, i);
            entry->others += s->line[i].kind != NF_KIND_PROSE;
        }
}

/* The terms of each line that others have. in  tally: of all terms */
static void compare_terms(struct nf_surroundings *s, const struct tally *tally)
{
    for (size_t i = 0; i < s->count; i++) {
        struct nf_line_place *line = &s->line[i];
        size_t from = line->looks.first_term, to = terms_end(s, i);
        uint32_t prose = 0, cluster = 0, others = 0;
        bool own_prose = line->kind == NF_KIND_PROSE, own_cluster = is_in_cluster(s, i);
        for (size_t t = from; t < to; t++) {
            const struct tally_entry *entry = &tally->entry[s->terms.item[t]];
            uint32_t in_cluster = entry->cluster - own_cluster;
            prose += entry->prose > own_prose;
            cluster += in_cluster > 0;
            others += entry->others > !own_prose;
            line->rare += in_cluster ? 1.0f / (float)(entry->prose + entry->others) : 0;
        }
        float count = (float)(to - from);
        line->in_prose = count > 0 ? (float)prose / count : -1;
        line->in_cluster = count > 0 ? (float)cluster / count : -1;
        line->in_short = count > 0 ? (float)others / count : -1;
    }
}

/* The line before the main cluster that has most in common with it. */
static void find_headline(struct nf_surroundings *s)
{
    size_t from = s->cluster_from > HEADLINE_LINES ? s->cluster_from - HEADLINE_LINES : 0;
    float best = 0;
    s->headline = s->count;
    for (size_t i = from; i < s->cluster_from + 3 && i < s->count; i++) {
        const struct nf_line_place *line = &s->line[i];
        bool fits = line->kind >= NF_KIND_SHORT && line->kind <= NF_KIND_SAYING && s->facts[i].words <= HEADLINE_WORDS;
        if (fits && line->rare > best) {
            best = line->rare;
            s->headline = i;
        }
    }
}

static void compare_headline(struct nf_surroundings *s, struct tally *tally)
{
    find_headline(s);
    if (s->headline == s->count)
        return;
    size_t first = s->line[s->headline].looks.first_term, end = terms_end(s, s->headline);
    for (size_t h = first; h < end; h++)
        tally->entry[s->terms.item[h]].headline++;
    for (size_t i = 0; i < s->count && end > first; i++) {
        uint32_t common = 0;
        for (size_t t = s->line[i].looks.first_term; t < terms_end(s, i); t++)
            common += tally->entry[s->terms.item[t]].headline;
        s->line[i].headline = (float)common / (float)(end - first);
    }
}

static void compare_all(struct nf_surroundings *s)
{
    struct tally tally;
    tally_terms(s, &tally);
    compare_terms(s, &tally);
    compare_headline(s, &tally);
    tally_release(&tally);
}

static void count_known(struct nf_surroundings *s)
{
    for (size_t i = 0; i < s->count; i++) {
        float words = s->line[i].in_cluster > 0 ? s->line[i].in_cluster * (float)s->facts[i].words * 16 : 0;
        s->sums[i + 1][NF_SUM_KNOWN_WORDS] = s->sums[i][NF_SUM_KNOWN_WORDS] + (s->line[i].kind == NF_KIND_HIT ? 0 : (uint32_t)words);
    }
}

static void count_capitals(struct nf_surroundings *s)
{
    uint64_t words = 0, capitals = 0;
    for (size_t i = 0; i < s->count; i++)
        if (s->line[i].kind == NF_KIND_PROSE) {
            words += s->line[i].looks.words;
            capitals += s->line[i].looks.capitals;
        }
    s->capitals = words ? (float)capitals / (float)words : -1;
}

void nf_surroundings_init(struct nf_surroundings *s, const struct nf_line_facts *facts,
                          const struct nf_document *document)
{
    *s = (struct nf_surroundings){.facts = facts, .document = document, .count = document->count};
    s->sums = nf_alloc((s->count + 1) * sizeof *s->sums);
    memset(s->sums[0], 0, sizeof s->sums[0]);
    enum nf_cpu cpu = nf_cpu_best();
    s->line = nf_alloc_zero(s->count, sizeof *s->line);
    for (size_t i = 0; i < s->count; i++) {
        s->line[i].looks = nf_looks_of(document->paragraphs[i].text, cpu, &s->terms);
        s->line[i].kind = (uint8_t)kind_of(s, i);
        add_sums(s, i);
    }
    nf_surroundings_make_logs(s);
    add_distances(s);
    find_cluster(s);
    count_repeats(s);
    compare_all(s);
    count_known(s);
    count_capitals(s);
}

void nf_surroundings_release(struct nf_surroundings *s)
{
    nf_free(s->sums);
    nf_free(s->line);
    nf_free(s->terms.item);
}
