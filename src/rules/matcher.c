/*
 * matcher.c: candidates from the index of literals, and PCRE2 to verify them.
 * Used by the strip stage.
 */
#include "rules/matcher.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "rules/builtin.h"

#define HEADLINE_WORDS_MIN 3
#define HEADLINE_WORDS_MAX 25
#define SHORT_WORDS_MAX 8
#define VALUE_CHARS_MAX 40
#define TEXT_WORDS_MAX 30

static size_t regex_count(const struct nf_rules *rules)
{
    return rules->pattern_count + 2 * rules->count;
}

void nf_matcher_init(struct nf_matcher *matcher, const struct nf_rules *rules)
{
    *matcher = (struct nf_matcher){rules, nf_alloc_zero(regex_count(rules), sizeof *matcher->regex)};
}

void nf_matcher_release(struct nf_matcher *matcher)
{
    for (size_t i = 0; matcher->regex && i < regex_count(matcher->rules); i++)
        nf_regex_free(matcher->regex[i]);
    nf_free(matcher->regex);
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

bool nf_matcher_holds(struct nf_matcher *matcher, size_t rule, const struct nf_plain_line *line)
{
    const struct nf_rules *rules = matcher->rules;
    size_t first = rules->rule[rule].first_pattern, end = first + rules->rule[rule].pattern_count;
    for (size_t i = first; i < end; i++)
        if (pattern_matches(matcher, i, line))
            return true;
    return false;
}

static int by_number(const void *a, const void *b)
{
    return (int)*(const uint16_t *)a - (int)*(const uint16_t *)b;
}

/* Patterns are numbered in the order of their rules: a rule's hits come together. */
size_t nf_matcher_hits(struct nf_matcher *matcher, const struct nf_plain_line *line, uint16_t *hits)
{
    const struct nf_rules *rules = matcher->rules;
    uint16_t found[NF_HITS_MAX * 8];
    size_t room = sizeof found / sizeof *found, hit_count = 0;
    struct nf_span lower = nf_buf_span(&line->lower);
    size_t count = nf_literals_find(&rules->literals.index, lower, found, room);
    if (rules->builtin)
        count += nf_literals_find(&nf_builtin_index, lower, found + count, room - count);
    for (size_t i = 0; i < rules->always_count && count < room; i++)
        found[count++] = rules->always[i];
    qsort(found, count, sizeof *found, by_number);
    for (size_t i = 0; i < count && hit_count < NF_HITS_MAX; i++) {
        uint16_t rule = rules->pattern[found[i]].rule;
        bool known = (i > 0 && found[i] == found[i - 1]) || (hit_count && hits[hit_count - 1] == rule);
        if (!known && pattern_matches(matcher, found[i], line))
            hits[hit_count++] = rule;
    }
    return hit_count;
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
