/*
 * rules.c: a set of rules.
 * Used by the strip stage and by the command line.
 */
#include "rules/rules.h"

#include <assert.h>

#include "base/alloc.h"
#include "rules/builtin.h"

struct nf_rules *nf_rules_new(void)
{
    return nf_alloc_zero(1, sizeof(struct nf_rules));
}

void nf_rules_free(struct nf_rules *rules)
{
    if (!rules)
        return;
    for (size_t i = 0; i < rules->kept_count; i++)
        nf_free(rules->kept[i]);
    nf_index_maker_release(&rules->index);
    nf_free(rules->own_rule);
    nf_free(rules->own_pattern);
    nf_free(rules->own_gate);
    nf_free(rules->own_with);
    nf_free(rules->example);
    nf_free(rules->kept);
    nf_free(rules);
}

void nf_rules_add_builtin(struct nf_rules *rules)
{
    assert(!rules->count);                      /* their index counts patterns from the first */
    rules->rule = nf_builtin_rule;
    rules->count = nf_builtin_rule_count;
    rules->pattern = nf_builtin_pattern;
    rules->gate = nf_builtin_gate;
    rules->pattern_count = nf_builtin_pattern_count;
    rules->with = nf_builtin_with;
    rules->with_count = nf_builtin_with_count;
    rules->builtin = &nf_builtin_index;
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
