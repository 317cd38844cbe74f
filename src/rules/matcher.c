/*
 * matcher.c: candidates from the index of literals, and PCRE2 to verify them.
 * Used by the strip stage.
 */
#include "rules/matcher.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "rules/texts.h"
#include "text/eight.h"

#define HEADLINE_WORDS_MIN 3
#define HEADLINE_WORDS_MAX 25
#define SHORT_WORDS_MAX 8
#define VALUE_CHARS_MAX 40
#define TEXT_WORDS_MAX 30

/* Lines of so many are made lower case sooner than they are looked through as they are. */
#define SHORT_CHARS 120

/* So many numbers are sorted by putting each in its place. */
#define FEW 16

static size_t regex_count(const struct nf_rules *rules)
{
    return rules->pattern_count + 2 * rules->count;
}

void nf_matcher_init(struct nf_matcher *matcher, const struct nf_rules *rules)
{
    *matcher = (struct nf_matcher){.rules = rules, .regex = nf_alloc_zero(regex_count(rules), sizeof *matcher->regex),
                                   .candidates = {.gate = rules->gate}};
    if (rules->builtin && rules->builtin->numbers)
        matcher->index[matcher->index_count++] = rules->builtin;
    if (rules->index.index.numbers)
        matcher->index[matcher->index_count++] = &rules->index.index;
}

void nf_matcher_release(struct nf_matcher *matcher)
{
    for (size_t i = 0; matcher->regex && i < regex_count(matcher->rules); i++)
        nf_regex_free(matcher->regex[i]);
    nf_free(matcher->regex);
    nf_free(matcher->candidates.number);
    nf_buf_release(&matcher->lower);
    *matcher = (struct nf_matcher){0};
}

/* Compiled at the first try; a rule that ran into its limit, or cannot be compiled, matches nothing. */
static bool matches(struct nf_span pattern, unsigned flags, struct nf_regex **regex, struct nf_span line)
{
    if (!*regex && nf_regex_new(pattern, flags, regex, NULL) != NF_OK)
        return false;
    return nf_regex_match(*regex, line) == NF_MATCH_YES;
}

static bool pattern_matches(struct nf_matcher *matcher, size_t number, const struct nf_plain_line *line)
{
    const struct nf_pattern *pattern = &matcher->rules->pattern[number];
    return matches(pattern->text, matcher->rules->rule[pattern->rule].flags, &matcher->regex[number],
                   nf_buf_span(&line->bytes));
}

/* Asked of the few lines that a pattern matches. */
static bool has_name(const struct nf_rules *rules, const struct nf_pattern *pattern, struct nf_span lower)
{
    const struct nf_rule *rule = &rules->rule[pattern->rule];
    bool has = !pattern->named;
    for (size_t i = 0; !has && i < rule->with_count; i++)
        has = nf_text_is_in(lower, rules->with[rule->first_with + i], 0);
    return has;
}

static bool matches_with_name(struct nf_matcher *matcher, size_t number, struct nf_plain_line *line)
{
    const struct nf_rules *rules = matcher->rules;
    return pattern_matches(matcher, number, line) && has_name(rules, &rules->pattern[number], nf_plain_line_lower(line));
}

bool nf_matcher_holds(struct nf_matcher *matcher, size_t rule, struct nf_plain_line *line)
{
    const struct nf_rules *rules = matcher->rules;
    size_t first = rules->rule[rule].first_pattern, end = first + rules->rule[rule].pattern_count;
    for (size_t i = first; i < end; i++)
        if (matches_with_name(matcher, i, line))
            return true;
    return false;
}

static struct nf_shown shown_by(const struct nf_plain_line *line)
{
    struct nf_span text = nf_buf_span(&line->bytes);
    return (struct nf_shown){line->chars, nf_shown_end(text.len ? (unsigned char)text.data[text.len - 1] : 0x80), nf_classes_of(text)};
}

static bool is_wanted(void *of, uint16_t pattern)
{
    const struct nf_candidates *candidates = of;
    return nf_gate_fits_ends(&candidates->gate[pattern], candidates->shown.chars, candidates->shown.ends);
}

/* Longer lines of which nothing is known but what they begin with; most hold nothing that is looked for. */
static void find_in_long(struct nf_matcher *matcher, struct nf_plain_line *line, const struct nf_index *index)
{
    struct nf_candidates *candidates = &matcher->candidates;
    const struct nf_index_asker asker = {is_wanted, candidates};
    char head[NF_HEAD_CHARS * 4] = {0};
    size_t len = nf_plain_line_head(line, head).len;
    nf_index_find_beginnings(index, nf_eight_load(head), len, candidates);
    if (nf_index_may_find(index, nf_buf_span(&line->bytes), line->chars, asker))
        nf_index_find_literals(index, nf_plain_line_lower(line), candidates);
}

static int by_number(const void *a, const void *b)
{
    return *(const uint16_t *)a - *(const uint16_t *)b;
}

/* Most lines have a few at most. */
static void sort(struct nf_candidates *candidates)
{
    uint16_t *number = candidates->number;
    if (candidates->count > FEW)
        qsort(number, candidates->count, sizeof *number, by_number);
    for (size_t i = 1; i < candidates->count; i++) {
        uint16_t here = number[i];
        size_t at = i;
        for (; at > 0 && number[at - 1] > here; at--)
            number[at] = number[at - 1];
        number[at] = here;
    }
}

/*
 * Patterns by what the line begins with and by what it holds, in order. Most longer lines hold nothing that is looked
 * for: that is seen without making them lower case.
 */
static void find_candidates(struct nf_matcher *matcher, struct nf_plain_line *line)
{
    matcher->candidates.count = 0;
    matcher->candidates.shown = shown_by(line);
    for (size_t i = 0; i < matcher->index_count; i++) {
        if (line->cased || line->chars <= SHORT_CHARS) {
            struct nf_span lower = nf_plain_line_lower(line);
            nf_index_find_beginnings(matcher->index[i], nf_eight_load(lower.data), lower.len, &matcher->candidates);
            nf_index_find_literals(matcher->index[i], lower, &matcher->candidates);
        } else {
            find_in_long(matcher, line, matcher->index[i]);
        }
    }
    sort(&matcher->candidates);
}

/* What is looked for last: which texts the line holds. */
static bool has_texts(const struct nf_pattern *pattern, struct nf_plain_line *line, uint64_t classes)
{
    return !pattern->texts.len || nf_texts_any(pattern->texts, nf_plain_line_lower(line), classes);
}

/* A line that is not made plain, and what is made of it when a pattern first asks. */
struct asked {
    struct nf_matcher *matcher;
    const struct nf_raw_line *raw;
    const struct nf_long_line *line;
    uint64_t classes;           /* with matcher->lower; 0: not made */
    uint16_t late;              /* a late rule that may match, or NF_NO_RULE */
};

/* Another pattern's rule may match: whether that is more than one late rule. */
static bool is_more(struct asked *asked, uint16_t rule)
{
    if (!nf_rule_is_late(&asked->matcher->rules->rule[rule]) || (asked->late != NF_NO_RULE && asked->late != rule))
        return true;
    asked->late = rule;
    return false;
}

static bool may(void *of, uint16_t number)
{
    struct asked *asked = of;
    const struct nf_pattern *pattern = &asked->matcher->rules->pattern[number];
    const struct nf_gate *gate = &asked->matcher->rules->gate[number];
    struct nf_buf *lower = &asked->matcher->lower;
    if (!nf_gate_fits_ends(gate, asked->line->chars, nf_shown_end(asked->line->last)))
        return false;
    if (!asked->classes) {
        nf_long_line_lower(asked->raw->text, asked->line, lower);
        asked->classes = nf_classes_of(nf_buf_span(lower));
    }
    return nf_gate_fits_classes(gate, asked->classes)
           && (!pattern->texts.len || nf_texts_any(pattern->texts, nf_buf_span(lower), asked->classes)) && is_more(asked, pattern->rule);
}

bool nf_matcher_may_hit_raw(struct nf_matcher *matcher, const struct nf_raw_line *raw, const struct nf_long_line *line, uint16_t *late)
{
    struct asked asked = {matcher, raw, line, 0, NF_NO_RULE};
    const struct nf_index_asker asker = {may, &asked};
    char space[NF_HEAD_CHARS * 4];
    struct nf_span head = nf_long_line_head(raw->text, line, space);
    for (size_t i = 0; i < matcher->index_count; i++)
        if (nf_index_may_begin(matcher->index[i], raw, head, asker) || nf_index_may_hold(matcher->index[i], raw, asker))
            return true;
    *late = asked.late;
    return false;
}

/* Patterns are numbered in the order of their rules: a rule's hits come together. in  all: patterns of late rules are asked too */
static size_t find_hits(struct nf_matcher *matcher, struct nf_plain_line *line, bool all, uint16_t *hits)
{
    const struct nf_rules *rules = matcher->rules;
    size_t hit_count = 0;
    find_candidates(matcher, line);
    for (size_t i = 0; i < matcher->candidates.count && hit_count < NF_HITS_MAX; i++) {
        uint16_t number = matcher->candidates.number[i], rule = rules->pattern[number].rule;
        bool known = (hit_count && hits[hit_count - 1] == rule) || (i && matcher->candidates.number[i - 1] == number);
        if (!known && has_texts(&rules->pattern[number], line, matcher->candidates.shown.classes)
            && ((!all && nf_rule_is_late(&rules->rule[rule]))
                || matches_with_name(matcher, number, line)))
            hits[hit_count++] = rule;
    }
    return hit_count;
}

size_t nf_matcher_hits(struct nf_matcher *matcher, struct nf_plain_line *line, uint16_t *hits)
{
    return find_hits(matcher, line, true, hits);
}

size_t nf_matcher_hits_but_late(struct nf_matcher *matcher, struct nf_plain_line *line, uint16_t *hits)
{
    return find_hits(matcher, line, false, hits);
}

/* Whether the line looks like one of those a rule takes along; what a pattern says is left aside. */
static bool looks_right(const struct nf_take *take, const struct nf_plain_line *line)
{
    bool open = !line->ends_sentence;
    if ((take->looks & NF_LOOKS_HEADLINE) && open && line->words >= HEADLINE_WORDS_MIN
        && line->words <= HEADLINE_WORDS_MAX)
        return true;
    if ((take->looks & NF_LOOKS_SHORT) && open && line->words <= SHORT_WORDS_MAX)
        return true;
    if ((take->looks & NF_LOOKS_VALUE) && open && line->chars <= VALUE_CHARS_MAX)
        return true;
    if ((take->looks & NF_LOOKS_ITEM) && open && line->marked && line->words <= SHORT_WORDS_MAX)
        return true;
    if ((take->looks & NF_LOOKS_TEXT) && line->words <= TEXT_WORDS_MAX)
        return true;
    return (take->looks & NF_LOOKS_ANY) && line->words <= HEADLINE_WORDS_MAX;
}

bool nf_matcher_takes(struct nf_matcher *matcher, size_t rule, enum nf_side side, const struct nf_plain_line *line)
{
    const struct nf_rules *rules = matcher->rules;
    const struct nf_take *take = side == NF_BEFORE ? &rules->rule[rule].before : &rules->rule[rule].after;
    struct nf_regex **regex = &matcher->regex[rules->pattern_count + 2 * rule + side];
    if (!line->bytes.len)
        return false;
    return looks_right(take, line)
           || ((take->looks & NF_LOOKS_PATTERN) && matches(take->pattern, 0, regex, nf_buf_span(&line->bytes)));
}
