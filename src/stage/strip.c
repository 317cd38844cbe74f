/*
 * strip.c: rules applied to a document, with what stands around each line.
 * Used by the pipeline.
 */
#include "stage/strip.h"

#include "base/alloc.h"
#include "stage/strip_facts.h"
#include "stage/strip_structure.h"

/* A paragraph of so many words that ends a sentence is prose, whatever stands before it. */
#define PROSE_WORDS 25

/* A paragraph of so many is a sentence of an article, not a remark. */
#define SENTENCE_WORDS 10

/* Facts of so many lines are room for the next document's. */
#define KEPT_FACTS ((size_t)128 << 10)

void nf_stripper_release(struct nf_stripper *stripper)
{
    nf_matcher_release(&stripper->matcher);
    nf_plain_line_release(&stripper->line);
    nf_known_lines_free(stripper->known);
    nf_free(stripper->facts);
    stripper->known = NULL;
    stripper->facts = NULL;
    stripper->capacity = 0;
}

static bool is_kept(const struct nf_stripper *stripper, enum nf_category category)
{
    return stripper->kept_categories >> category & 1;
}

/* How many lines around `at`, itself included, match rules of the category; it stops at `enough`. */
static unsigned count_near(const struct nf_stripper *stripper, const struct nf_document *document, size_t at,
                           enum nf_category category, size_t lines)
{
    size_t from = at > lines ? at - lines : 0;
    size_t to = at + lines < document->count ? at + lines : document->count - 1;
    unsigned count = 0;
    for (size_t i = from; i <= to; i++)
        count += (unsigned)(stripper->facts[i].categories >> category & 1);
    return count;
}

static void set_line(struct nf_stripper *stripper, const struct nf_document *document, size_t at)
{
    struct nf_span text = document->paragraphs[at].text;
    nf_plain_line_set_within(&stripper->line, text, nf_span_readable(document->bytes, text));
}

static bool takes(struct nf_stripper *stripper, const struct nf_document *document, const struct nf_rule *rule,
                  enum nf_side side, size_t i)
{
    const struct nf_paragraph *paragraph = &document->paragraphs[i];
    if (paragraph->verdict != NF_KEEP || paragraph->fragment || paragraph->text.len > NF_STRIP_LINE_MAX)
        return false;
    set_line(stripper, document, i);
    return nf_matcher_takes(&stripper->matcher, (size_t)(rule - stripper->rules->rule), side, &stripper->line);
}

static bool is_prose(const struct nf_line_facts *facts)
{
    return facts->words >= PROSE_WORDS && facts->ends_sentence;
}

/* The end of the lines after `at` that go with it. */
static size_t taken_after(struct nf_stripper *stripper, const struct nf_document *document, const struct nf_rule *rule,
                          size_t at)
{
    size_t i = at + 1, most = at + 1 + rule->after.count;
    for (; i < document->count && i < most; i++) {
        const struct nf_line_facts *facts = &stripper->facts[i];
        uint64_t heads = UINT64_C(1) << NF_CATEGORY_FORUM_CARD | UINT64_C(1) << NF_CATEGORY_QUOTE_FRAME;
        if (facts->begins_label || !takes(stripper, document, rule, NF_AFTER, i))
            break;
        if (rule->shape == NF_SHAPE_TAIL && (facts->categories & heads))
            break;
    }
    /* Several headlines that run straight into prose: the last one is perhaps the headline of that prose. */
    bool open_ended = i > at + 2 && i < document->count && (rule->after.looks & ~(unsigned)NF_LOOKS_PATTERN);
    if (open_ended && is_prose(&stripper->facts[i]) && !document->paragraphs[i].blank_before)
        i--;
    return i;
}

static size_t taken_before(struct nf_stripper *stripper, const struct nf_document *document, const struct nf_rule *rule,
                           size_t at)
{
    size_t i = at;
    while (i > 0 && at - i < rule->before.count && takes(stripper, document, rule, NF_BEFORE, i - 1))
        i--;
    return i;
}

/* Of a rule that is noted for a line: whether it holds there, its context left aside. */
static bool is_met(struct nf_stripper *stripper, const struct nf_document *document, size_t at, uint16_t number)
{
    if (!nf_rule_is_late(&stripper->rules->rule[number]))
        return true;
    set_line(stripper, document, at);
    return nf_matcher_holds(&stripper->matcher, number, &stripper->line);
}

static bool has_rule_near(struct nf_stripper *stripper, const struct nf_document *document, size_t at,
                          const struct nf_rule *rule)
{
    const struct nf_rule *rules = stripper->rules->rule;
    size_t lines = rule->near_rule_lines;
    size_t from = at > lines ? at - lines : 0;
    for (size_t i = from; i < document->count && i <= at + lines; i++)
        for (size_t k = 0; k < stripper->facts[i].rule_count; k++)
            if (nf_span_is(rule->near_rule, rules[stripper->facts[i].rules[k]].name)
                && is_met(stripper, document, i, stripper->facts[i].rules[k]))
                return true;
    return false;
}

static bool is_sentence(const struct nf_line_facts *facts)
{
    return facts->words >= SENTENCE_WORDS && facts->ends_sentence;
}

/* Clutter within an article; what stands between posts is not stepped over. */
static bool is_within_post(const struct nf_line_facts *facts)
{
    uint64_t heads = UINT64_C(1) << NF_CATEGORY_FORUM_CARD | UINT64_C(1) << NF_CATEGORY_QUOTE_FRAME
                     | UINT64_C(1) << NF_CATEGORY_NAVIGATION;
    return facts->categories && !(facts->categories & heads);
}

/* The nearest lines to both sides that no other rule knows are sentences. */
static bool is_between_prose(const struct nf_stripper *stripper, const struct nf_document *document, size_t at)
{
    size_t before = at, after = at + 1;
    while (before > 0 && is_within_post(&stripper->facts[before - 1]))
        before--;
    while (after < document->count && is_within_post(&stripper->facts[after]))
        after++;
    return before > 0 && after < document->count && is_sentence(&stripper->facts[before - 1])
           && is_sentence(&stripper->facts[after]);
}

static bool context_fits(struct nf_stripper *stripper, const struct nf_document *document, const struct nf_rule *rule,
                         size_t at)
{
    if (rule->between_prose && !is_between_prose(stripper, document, at))
        return false;
    if (rule->near_set && !count_near(stripper, document, at, rule->near, rule->near_lines))
        return false;
    if (rule->near_rule.len && !has_rule_near(stripper, document, at, rule))
        return false;
    return !rule->needs
           || count_near(stripper, document, at, rule->category, rule->needs_lines) >= rule->needs;
}

static void mark(struct nf_paragraph *paragraph, const struct nf_rule *rule, uint16_t number)
{
    paragraph->verdict = NF_BOILERPLATE;
    paragraph->category = rule->category & NF_CATEGORY_MASK;
    paragraph->rule = number;
}

static bool apply(struct nf_stripper *stripper, struct nf_document *document, size_t at, uint16_t number)
{
    const struct nf_rule *rule = &stripper->rules->rule[number];
    if (is_kept(stripper, rule->category) || !context_fits(stripper, document, rule, at)
        || !is_met(stripper, document, at, number))
        return false;
    size_t from = rule->before.count ? taken_before(stripper, document, rule, at) : at;
    size_t to = rule->after.count ? taken_after(stripper, document, rule, at) : at + 1;
    if (rule->strict && to == at + 1)
        return false;
    for (size_t i = from; i < to; i++)
        mark(&document->paragraphs[i], rule, number);
    document->paragraphs[at].opens_quote = rule->opens;
    document->paragraphs[at].closes_quote = rule->closes;
    return true;
}

void nf_strip(struct nf_stripper *stripper, struct nf_document *document)
{
    if (!stripper->matcher.rules)
        nf_matcher_init(&stripper->matcher, stripper->rules);
    if (stripper->cpu == NF_CPU_UNDECIDED)
        stripper->cpu = nf_cpu_best();
    stripper->facts = nf_grow(stripper->facts, &stripper->capacity, document->count, sizeof *stripper->facts);
    nf_note_facts(stripper, document);
    for (size_t i = 0; i < document->count; i++) {
        const struct nf_line_facts *facts = &stripper->facts[i];
        for (size_t k = 0; k < facts->rule_count && document->paragraphs[i].verdict == NF_KEEP; k++)
            if (apply(stripper, document, i, facts->rules[k]))
                break;
    }
    if (!stripper->rules_only)
        nf_strip_structure(stripper, document);
    if (stripper->capacity > KEPT_FACTS) {      /* of a large document: its memory is needed elsewhere */
        nf_free(stripper->facts);
        stripper->facts = NULL;
        stripper->capacity = 0;
    }
}
