/*
 * test_rule_file.c: what a rule file may say, and that errors name their line.
 */
#include "rules/matcher.h"

#include "test.h"

#define HEAD "rule one\ncategory share\n"

static const struct {
    const char *text;
    unsigned line;
    const char *says;
} errors[] = {
    {"category share\n", 1, "begins with"},
    {"# remark\n\nline x\n", 3, "begins with"},
    {HEAD "nonsense x\n", 3, "no such key: nonsense"},
    {"rule One\n", 1, "lower case"},
    {"rule a b\n", 1, "lower case"},
    {HEAD "line x\n\nrule one\ncategory share\nline y\n", 5, "of this name"},
    {"rule one\ncategory cats\n", 2, "no such category"},
    {"rule one\nline x\n\n", 3, "needs"},
    {HEAD "\n", 3, "needs"},
    {HEAD "label x\n\n", 4, "`after`"},
    {HEAD "tail x\n\n", 4, "`after`"},
    {HEAD "line x\nlabel y\n", 4, "one shape"},
    {HEAD "label x\nafter headline\n", 4, "a number"},
    {HEAD "label x\nafter 0 headline\n", 4, "a number"},
    {HEAD "label x\nafter 2\n", 4, "look like"},
    {HEAD "label x\nafter 2 pretty\n", 4, "pretty"},
    {HEAD "label x\nafter 2 /x\n", 4, "slashes"},
    {HEAD "line x\nneeds 2\n", 4, "needs N in LINES"},
    {HEAD "line x\nneeds 2 of 3\n", 4, "needs N in LINES"},
    {HEAD "line x\nnear cats 3\n", 4, "near CATEGORY"},
    {HEAD "line x\nnear share\n", 4, "near CATEGORY"},
    {HEAD "line x\nwith\n", 4, "with TEXT"},
    {HEAD "line x\ncase yes\n", 4, "no value"},
    {HEAD "line x\nstrict 1\n", 4, "no value"},
    {HEAD "line (\n", 1, "pattern"},
    {HEAD "line fine\n\nrule two\ncategory share\nline [\n", 5, "pattern"},
    {HEAD "line a\\Cb\n", 1, "pattern"},
    {HEAD "line caf\xE9\n", 3, "UTF-8"},
    {HEAD "line y\xF0", 3, "UTF-8"},
    {HEAD "label x\nafter 2 /(/\n", 1, "pattern"},
};

static const struct {
    const char *text;
    unsigned rules;
    const char *hit, *miss;
} good[] = {
    {"", 0, "", ""},
    {"# only a remark", 0, "", ""},
    {HEAD "line x", 1, "X", "xy"},
    {HEAD "line x\r\nline y z\r\n\r\n", 1, "y z", "x y z"},
    {HEAD "line a|b\nline c\n", 1, "c", "ab"},
    {HEAD "case\nline Abc\n", 1, "Abc", "abc"},
    {HEAD "line x\n\nrule two\ncategory share\nline y\n", 2, "y", "z"},
    {HEAD "with @\nline .*@.*\n", 1, "me@there", "me there"},
    {HEAD "line .* end\n", 1, "any end", "ending"},
    {HEAD "with Harbour\nline .* harbour\n", 1, "the harbour", "the quay"},
};

static void test_errors(void)
{
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        struct nf_rules *rules = nf_rules_new();
        struct nf_error error = {0};
        test_begin("rule file, error %zu: %s", i, errors[i].says);
        enum nf_status status = nf_rules_add(rules, nf_span(errors[i].text, strlen(errors[i].text)), "f", &error);
        CHECK(status == NF_ESYNTAX && error.status == NF_ESYNTAX, "status %d", (int)status);
        CHECK(error.line == errors[i].line, "line %u, want %u: %s", (unsigned)error.line, errors[i].line, error.text);
        CHECK(strstr(error.text, errors[i].says), "'%s' should say '%s'", error.text, errors[i].says);
        nf_rules_free(rules);
    }
}

static bool holds(const struct nf_rules *rules, const char *text)
{
    struct nf_plain_line line = {0};
    struct nf_matcher matcher;
    uint16_t hits[NF_HITS_MAX];
    nf_matcher_init(&matcher, rules);
    nf_plain_line_set(&line, nf_span(text, strlen(text)));
    size_t count = nf_matcher_hits(&matcher, &line, hits);
    nf_matcher_release(&matcher);
    nf_plain_line_release(&line);
    return count > 0;
}

static void test_good(void)
{
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct nf_rules *rules = nf_rules_new();
        struct nf_error error = {0};
        test_begin("rule file, good %zu", i);
        enum nf_status status = nf_rules_add(rules, nf_span(good[i].text, strlen(good[i].text)), "f", &error);
        CHECK(status == NF_OK, "line %u: %s", (unsigned)error.line, error.text);
        CHECK(nf_rules_count(rules) == good[i].rules, "%zu rules", nf_rules_count(rules));
        if (good[i].rules)
            CHECK(holds(rules, good[i].hit) && !holds(rules, good[i].miss), "hits '%s', misses '%s'", good[i].hit,
                  good[i].miss);
        nf_rules_free(rules);
    }
}

/* A set goes on after a file that failed, and two files join. */
static void test_join(void)
{
    struct nf_rules *rules = nf_rules_new();
    struct nf_error error = {0};
    test_begin("rule file: files join, with the built-in rules too");
    nf_rules_add_builtin(rules);
    size_t builtin = nf_rules_count(rules);
    CHECK(nf_rules_add(rules, SPAN("rule own-a\ncategory tags\nline zyx one\n"), "a", &error) == NF_OK, "%s", error.text);
    CHECK(nf_rules_add(rules, SPAN("rule own-b\ncategory tags\nline zyx two\n"), "b", &error) == NF_OK, "%s", error.text);
    CHECK(nf_rules_count(rules) == builtin + 2, "two more rules");
    CHECK(holds(rules, "zyx one") && holds(rules, "zyx two"), "both hold");
    CHECK(nf_rules_category(rules, builtin) == NF_CATEGORY_TAGS, "category");
    CHECK(nf_rules_add(rules, SPAN("rule own-a\ncategory tags\nline x\n"), "c", &error) == NF_ESYNTAX, "a name again");
    nf_rules_free(rules);
}

void test_rule_file(void)
{
    test_errors();
    test_good();
    test_join();
}
