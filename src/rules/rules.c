/*
 * rules.c: a set of rules, and the ones that match a line.
 * Used by the strip stage.
 */
#include "rules/rules.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "rules/builtin.h"

#define HEADLINE_WORDS_MIN 3
#define HEADLINE_WORDS_MAX 25
#define SHORT_WORDS_MAX 8
#define VALUE_CHARS_MAX 40
#define TEXT_WORDS_MAX 30

struct nf_rules *nf_rules_new(void)
{
    return nf_alloc_zero(1, sizeof(struct nf_rules));
}

static void release_rule(struct nf_rule *rule)
{
    nf_regex_free(rule->before.regex);
    nf_regex_free(rule->after.regex);
}

void nf_rules_free(struct nf_rules *rules)
{
    if (!rules)
        return;
    for (size_t i = 0; i < rules->count; i++)
        release_rule(&rules->rule[i]);
    for (size_t i = 0; i < rules->pattern_count; i++)
        nf_regex_free(rules->pattern[i].regex);
    for (size_t i = 0; i < rules->kept_count; i++)
        nf_free(rules->kept[i]);
    nf_literals_release(&rules->literals);
    nf_free(rules->rule);
    nf_free(rules->pattern);
    nf_free(rules->always);
    nf_free(rules->example);
    nf_free(rules->kept);
    nf_free(rules);
}

size_t nf_rules_count(const struct nf_rules *rules)
{
    return rules->count;
}

const char *nf_rules_name(const struct nf_rules *rules, size_t rule)
{
    if (rule == NF_RULE_PAGE)
        return "page-markup";
    return rule == NF_RULE_STRUCTURE ? "page-structure" : rules->rule[rule].name;
}

enum nf_category nf_rules_category(const struct nf_rules *rules, size_t rule)
{
    return rules->rule[rule].category;
}

size_t nf_rules_find(const struct nf_rules *rules, struct nf_span name)
{
    size_t i = 0;
    while (i < rules->count && !nf_span_is(name, rules->rule[i].name))
        i++;
    return i;
}

/* Compiled at the first try; a rule that ran into its limit, or cannot be compiled, matches nothing. */
static bool matches(struct nf_span pattern, unsigned flags, struct nf_regex **regex, struct nf_span line)
{
    if (!*regex && nf_regex_new(pattern, flags, regex, NULL) != NF_OK)
        return false;
    return nf_regex_match(*regex, line) == NF_MATCH_YES;
}

static bool pattern_matches(struct nf_rules *rules, size_t number, const struct nf_plain_line *line)
{
    struct nf_pattern *pattern = &rules->pattern[number];
    return matches(pattern->text, rules->rule[pattern->rule].flags, &pattern->regex, nf_buf_span(&line->bytes));
}

bool nf_rule_matches(struct nf_rules *rules, size_t rule, const struct nf_plain_line *line)
{
    size_t first = rules->rule[rule].first_pattern, end = first + rules->rule[rule].pattern_count;
    for (size_t i = first; i < end; i++)
        if (pattern_matches(rules, i, line))
            return true;
    return false;
}

static int by_number(const void *a, const void *b)
{
    return (int)*(const uint16_t *)a - (int)*(const uint16_t *)b;
}

/* Patterns are numbered in the order of their rules: a rule's hits come together. */
size_t nf_rules_match(struct nf_rules *rules, const struct nf_plain_line *line, uint16_t *hits)
{
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
        if (!known && pattern_matches(rules, found[i], line))
            hits[hit_count++] = rule;
    }
    return hit_count;
}

bool nf_take_fits(struct nf_take *take, const struct nf_plain_line *line)
{
    bool open = !line->ends_sentence;
    if (!line->bytes.len)
        return false;
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
    if ((take->looks & NF_LOOKS_ANY) && line->words <= HEADLINE_WORDS_MAX)
        return true;
    return (take->looks & NF_LOOKS_PATTERN)
           && matches(take->pattern, 0, &take->regex, nf_buf_span(&line->bytes));
}
