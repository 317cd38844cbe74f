/*
 * strip_structure.c: the menus, teasers and footers of a whole page's dump.
 * Used by strip.c only.
 *
 * Only a document that shows that it is such a dump is looked at: no thread, post or article loses a
 * short line here. In a dump each line has odds of being content (strip_model.c), and neighbours are
 * decided together.
 */
#include "stage/strip_structure.h"

#include "base/alloc.h"
#include "stage/strip_model.h"

/* Evidence of a dump: lines that rules know for page furniture, of several kinds, and short unfinished lines that none knows. */
#define FURNITURE_LEAST 4
#define FURNITURE_OTHERS_LEAST 1        /* not of the commonest kind */
#define LOOSE_LEAST 12
#define LOOSE_SHARE 5           /* at least one in so many of the lines that rules left */
#define LOOSE_WORDS 4

#define JAMMER_LEN_MAX 60

/*
 * Log odds by which a line must be clutter rather than content, as strip_model.c has them: words of content count for
 * more there than they are.
 */
#define THRESHOLD 1.2f
#define SWITCH_COST 0.6f        /* of changing sides between two lines */

/* Lines that rules know for page furniture, all of them and by kind. */
struct furniture {
    size_t lines, kind[NF_CATEGORY_COUNT];
};

#define KIND(category) (UINT64_C(1) << NF_CATEGORY_##category)
#define KINDS (KIND(NAVIGATION) | KIND(COPYRIGHT) | KIND(FOLLOW) | KIND(PAYWALL) | KIND(NEWSLETTER) | KIND(SHARE) \
               | KIND(COMMENTS) | KIND(TAGS))

/* in  kinds: of the line, some */
static void add_furniture(struct furniture *furniture, uint64_t kinds)
{
    furniture->lines++;
    for (; kinds; kinds &= kinds - 1)
        furniture->kind[__builtin_ctzll(kinds)]++;
}

/* A thread of posts alone may leave one kind of furniture many times, a whole page has several. */
static bool is_a_pages(const struct furniture *furniture)
{
    size_t commonest = 0;
    for (size_t k = 0; k < NF_CATEGORY_COUNT; k++)
        if (furniture->kind[k] > commonest)
            commonest = furniture->kind[k];
    return furniture->lines >= FURNITURE_LEAST && furniture->lines - commonest >= FURNITURE_OTHERS_LEAST;
}

bool nf_is_dump(const struct nf_stripper *stripper, const struct nf_document *document)
{
    struct furniture furniture = {0};
    size_t loose = 0, left = 0;
    for (size_t i = 0; i < document->count; i++) {
        const struct nf_line_facts *facts = &stripper->facts[i];
        bool kept = document->paragraphs[i].verdict == NF_KEEP;
        if (facts->categories & KINDS)
            add_furniture(&furniture, facts->categories & KINDS);
        left += kept;
        loose += kept && !facts->ends_sentence && facts->words <= LOOSE_WORDS;
    }
    return is_a_pages(&furniture) && loose >= LOOSE_LEAST && loose * LOOSE_SHARE >= left;
}

static void mark(struct nf_paragraph *paragraph)
{
    if (paragraph->verdict != NF_KEEP || paragraph->fragment)
        return;
    paragraph->verdict = NF_BOILERPLATE;
    paragraph->category = NF_CATEGORY_NAVIGATION;
    paragraph->rule = NF_RULE_STRUCTURE;
}

/*
 * The most likely course of content and clutter through the page.
 *
 * source  Viterbi's algorithm with two states
 */
static void decide(const struct nf_document *document, const float *odds, bool *content)
{
    size_t count = document->count;
    bool *changed = nf_alloc_zero(count, 2);            /* whether the best way to a state came from the other */
    float best[2] = {0, 0};
    for (size_t i = 0; i < count; i++) {
        float from[2] = {best[0], best[1]};
        for (int state = 0; state < 2 && i > 0; state++) {
            float change = from[!state] - SWITCH_COST;
            changed[i * 2 + (size_t)state] = change > from[state];
            best[state] = change > from[state] ? change : from[state];
        }
        if (document->paragraphs[i].verdict == NF_KEEP)     /* what rules took out says nothing of its neighbours */
            best[1] += odds[i] + THRESHOLD;
    }
    bool state = best[1] > best[0];
    for (size_t i = count; i-- > 0;) {
        content[i] = state;
        state = state != changed[i * 2 + state];
    }
    nf_free(changed);
}

/*
 * Some Chinese boards put lines of random signs between the lines of a post, others in each copy, so
 * that copying it is of no use.
 */
static bool is_jammer(struct nf_span text)
{
    size_t blanks = 0, letters = 0, longest = 0, signs = 0;
    if (text.len < 6 || text.len > JAMMER_LEN_MAX)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (c >= 0x80)
            return false;
        blanks += c == ' ';
        letters = letter ? letters + 1 : 0;
        longest = letters > longest ? letters : longest;
        signs += !letter && c != ' ';
    }
    return longest < 3 && signs >= 3 && blanks * 4 >= text.len;
}

static bool is_chinese(struct nf_span text)
{
    return text.len >= 3 && (unsigned char)text.data[0] >= 0xE3 && (unsigned char)text.data[0] <= 0xE9;
}

static void strip_jammers(struct nf_document *document)
{
    size_t chinese = 0;
    for (size_t i = 0; i < document->count; i++)
        chinese += is_chinese(document->paragraphs[i].text);
    for (size_t i = 0; chinese * 3 >= document->count && i < document->count; i++)
        if (is_jammer(document->paragraphs[i].text))
            mark(&document->paragraphs[i]);
}

void nf_strip_structure(struct nf_stripper *stripper, struct nf_document *document)
{
    struct nf_surroundings surroundings;
    if (stripper->kept_categories >> NF_CATEGORY_NAVIGATION & 1)
        return;
    strip_jammers(document);
    if (!nf_is_dump(stripper, document))
        return;
    bool *content = nf_alloc_zero(document->count, sizeof *content);
    float *odds = nf_alloc_zero(document->count, sizeof *odds);
    nf_surroundings_init(&surroundings, stripper->facts, document);
    nf_line_odds(&surroundings, nf_cpu_best(), odds);
    decide(document, odds, content);
    for (size_t i = 0; i < document->count; i++)
        if (!content[i])
            mark(&document->paragraphs[i]);
    nf_surroundings_release(&surroundings);
    nf_free(odds);
    nf_free(content);
}
