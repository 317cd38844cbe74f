/*
 * test_rules.c: every built-in rule holds for its hits, not for its misses, and is found through the index.
 */
#include "rules/builtin.h"
#include "rules/matcher.h"

#include "test.h"

static bool is_found(struct nf_matcher *matcher, struct nf_plain_line *line, uint16_t rule)
{
    uint16_t hits[NF_HITS_MAX];
    size_t count = nf_matcher_hits(matcher, line, hits);
    for (size_t i = 0; i < count; i++)
        if (hits[i] == rule)
            return true;
    return false;
}

static void check_example(struct nf_matcher *matcher, struct nf_plain_line *line, const struct nf_example *example)
{
    nf_plain_line_set(line, example->text);
    bool matches = nf_matcher_holds(matcher, example->rule, line);
    CHECK(matches == example->hit, "line %u of the joined rules: should %s: %.*s", (unsigned)example->line,
          example->hit ? "hit" : "miss", (int)example->text.len, example->text.data);
    if (matches)
        CHECK(is_found(matcher, line, example->rule), "line %u: matches, but the index does not find it: %.*s",
              (unsigned)example->line, (int)example->text.len, example->text.data);
}

/* Built-in patterns are compiled when a line first asks for them; here is where a wrong one is found. */
static void check_patterns(const struct nf_rules *rules, const struct nf_rule *rule)
{
    const struct nf_take *takes[] = {&rule->before, &rule->after};
    for (size_t i = 0; i < rule->pattern_count + 2; i++) {
        struct nf_regex *regex = NULL;
        struct nf_error error = {0};
        struct nf_span text = i < rule->pattern_count ? rules->pattern[rule->first_pattern + i].text
                                                      : takes[i - rule->pattern_count]->pattern;
        if (text.data)
            CHECK(nf_regex_new(text, rule->flags, &regex, &error) == NF_OK, "%.*s: %s", (int)text.len, text.data,
                  error.text);
        nf_regex_free(regex);
    }
}

/* What was made at build time is what their text says. */
static void check_tables(const struct nf_rules *rules, const struct nf_rules *read)
{
    test_begin("rules: the tables hold all that the text does");
    CHECK(rules->count == read->count && rules->pattern_count == read->pattern_count, "%zu rules", rules->count);
    for (size_t i = 0; i < rules->count && i < read->count; i++)
        CHECK(strcmp(rules->rule[i].name, read->rule[i].name) == 0 && rules->rule[i].line == read->rule[i].line,
              "%s is %s", read->rule[i].name, rules->rule[i].name);
    for (size_t i = 0; i < rules->pattern_count && i < read->pattern_count; i++)
        CHECK(nf_span_equal(rules->pattern[i].text, read->pattern[i].text), "pattern %zu", i);
}

static void test_builtin(void)
{
    struct nf_rules *rules = nf_rules_new(), *read = nf_rules_new();
    struct nf_plain_line line = {0};
    struct nf_matcher matcher;
    struct nf_error error = {0};
    nf_rules_add_builtin(rules);
    CHECK(nf_rules_add(read, nf_span(nf_builtin_text, nf_builtin_text_len), "text", &error) == NF_OK, "%s", error.text);
    check_tables(rules, read);
    nf_matcher_init(&matcher, rules);
    test_begin("rules: there are some, few of them tried on every line");
    CHECK(nf_rules_count(rules) > 100, "%zu rules", nf_rules_count(rules));
    CHECK(rules->builtin->always.count <= nf_rules_count(rules) / 50, "%u tried always",
          (unsigned)rules->builtin->always.count);
    for (uint16_t rule = 0; rule < rules->count; rule++) {
        unsigned hits = 0;
        test_begin("rule %s", nf_rules_name(rules, rule));
        check_patterns(rules, &rules->rule[rule]);
        for (size_t i = 0; i < read->example_count; i++) {
            if (read->example[i].rule != rule)
                continue;
            hits += read->example[i].hit;
            check_example(&matcher, &line, &read->example[i]);
        }
        CHECK(hits > 0, "has no `hit` line");
    }
    nf_plain_line_release(&line);
    nf_matcher_release(&matcher);
    nf_rules_free(rules);
    nf_rules_free(read);
}

static void check_cost(struct nf_matcher *matcher, size_t pattern, const struct nf_plain_line *line)
{
    struct nf_span text = matcher->rules->pattern[pattern].text;
    if (matcher->regex[pattern])
        CHECK(nf_regex_match(matcher->regex[pattern], nf_buf_span(&line->bytes)) != NF_MATCH_LIMIT, "%.*s",
              (int)text.len, text.data);
}

/* Adversarial lines of the length that strip looks at, through every rule. */
static void test_cost(void)
{
    static const char *const units[] = {"a", " ", "a ", "1", "1/", "-", ".", "http://", "Share ", "\xC3\xA9", "by "};
    struct nf_rules *rules = nf_rules_new();
    struct nf_plain_line line = {0};
    struct nf_buf text = {0};
    struct nf_matcher matcher;
    nf_rules_add_builtin(rules);
    nf_matcher_init(&matcher, rules);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        test_begin("rules: no pattern runs into its limit on many '%s'", units[i]);
        text.len = 0;
        while (text.len + strlen(units[i]) <= 1500)
            nf_buf_add_text(&text, units[i]);
        nf_plain_line_set(&line, nf_buf_span(&text));
        for (size_t rule = 0; rule < rules->count; rule++)
            nf_matcher_holds(&matcher, rule, &line);               /* compiles its patterns */
        for (size_t k = 0; k < rules->pattern_count; k++)
            check_cost(&matcher, k, &line);
    }
    nf_buf_release(&text);
    nf_plain_line_release(&line);
    nf_matcher_release(&matcher);
    nf_rules_free(rules);
}

static const struct {
    const char *line;
    unsigned looks;
    bool fits;
} takes[] = {
    {"Ministers meet in the capital again", NF_LOOKS_HEADLINE, true},
    {"Ministers met in the capital again.", NF_LOOKS_HEADLINE, false},
    {"Two words", NF_LOOKS_HEADLINE, false},
    {"Two words", NF_LOOKS_SHORT, true},
    {"Short line that ends.", NF_LOOKS_SHORT, false},
    {"4,301", NF_LOOKS_VALUE, true},
    {"A value of more than forty characters is none", NF_LOOKS_VALUE, false},
    {"Text may end. And go on.", NF_LOOKS_TEXT, true},
    {"Anything at all!", NF_LOOKS_ANY, true},
    {"", NF_LOOKS_ANY | NF_LOOKS_SHORT | NF_LOOKS_TEXT, false},
    {"x12", NF_LOOKS_PATTERN, true},
    {"x12.", NF_LOOKS_PATTERN, false},
};

static void test_takes(void)
{
    struct nf_plain_line line = {0};
    for (size_t i = 0; i < sizeof takes / sizeof *takes; i++) {
        struct nf_rule rule = {.after = {.count = 1, .looks = takes[i].looks, .pattern = nf_span("x\\d+", 4)}};
        struct nf_rules rules = {.rule = &rule, .count = 1};
        struct nf_matcher matcher;
        test_begin("rules: '%s' taken along, looks %u", takes[i].line, takes[i].looks);
        nf_matcher_init(&matcher, &rules);
        nf_plain_line_set(&line, nf_span(takes[i].line, strlen(takes[i].line)));
        CHECK(nf_matcher_takes(&matcher, 0, NF_AFTER, &line) == takes[i].fits, "fits");
        nf_matcher_release(&matcher);
    }
    nf_plain_line_release(&line);
}

/* Most bytes of news stand in such lines: a pattern for them begins with literal text, by which it is found. */
static void test_longest(void)
{
    const struct nf_raw_index *raw = &nf_builtin_index.raw;
    test_begin("rules: lines of the longest kind are not searched");
    for (enum nf_raw_kind kind = 0; kind < NF_RAW_KINDS; kind++) {
        CHECK(raw->state[nf_raw_near_set(kind, NF_RAW_TIERS - 1)] == NF_RAW_EMPTY, "kind %d: a pattern is looked for by what it holds", (int)kind);
        CHECK(raw->state[nf_raw_near_set(kind, 0)] == NF_RAW_ASKED, "kind %d: of shorter lines", (int)kind);
    }
}

void test_rules(void)
{
    test_builtin();
    test_cost();
    test_takes();
    test_longest();
}
