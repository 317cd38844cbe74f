/*
 * test_matcher.c: the rules found through the index are those that trying every rule finds.
 */
#include "rules/matcher.h"

#include "rules/builtin.h"
#include "test.h"

#define LINES 3000
#define PARTS_MAX 12

static void add_line(struct nf_buf *text, const struct nf_rules *read, uint64_t *random)
{
    static const char *const parts[] = {
        "The ", "a ", "said ", "1", "24", ", ", ". ", ": ", "(", ")", "\xC2\xA9 ", "AFP", "Reuters/", " by ", "@", "Photo: ",
        "Share", "http://", "said:", "wrote: ", "- ", "| ", "> ", "2024 ", "\xE2\x80\xA6", "\xE2\x80\x99s ", "\xEF\xBC\x9A",
        "\xE5\x9B\xBE ", "cookies ", "all rights reserved ", "e\xCC\x81", "\xD0\xA4\xD0\xBE\xD1\x82\xD0\xBE: ", "\xEF\xAC\x81"};
    size_t count = test_random(random) % PARTS_MAX;
    text->len = 0;
    for (size_t i = 0; i <= count; i++) {
        if (test_random(random) % 3) {
            nf_buf_add_text(text, parts[test_random(random) % (sizeof parts / sizeof *parts)]);
            continue;
        }
        struct nf_span example = read->example[test_random(random) % read->example_count].text;
        nf_buf_add(text, example.data, example.len);
    }
}

/* Whether the line holds one of the texts that a rule's author named by `with`; such rules need one of them. */
static bool is_named(const struct nf_rules *read, const struct nf_rule *rule, const struct nf_plain_line *line)
{
    bool any = false;
    for (size_t i = 0; i < read->index.count; i++) {
        const struct nf_index_entry *entry = &read->index.entry[i];
        bool of_rule = entry->pattern >= rule->first_pattern && entry->pattern < rule->first_pattern + rule->pattern_count;
        if (!of_rule || entry->at_start)
            continue;
        any = true;
        for (size_t at = 0; at + entry->len <= line->lower.len; at++)
            if (memcmp(line->lower.data + at, entry->text, entry->len) == 0)
                return true;
    }
    return !any;
}

static void check_line(struct nf_matcher *matcher, const struct nf_rules *read, const struct nf_plain_line *line)
{
    uint16_t hits[NF_HITS_MAX];
    size_t count = nf_matcher_hits(matcher, line, hits), at = 0;
    for (uint16_t rule = 0; rule < matcher->rules->count; rule++) {
        bool found = at < count && hits[at] == rule;
        bool holds = nf_matcher_holds(matcher, rule, line);
        if (holds && !found)
            holds = is_named(read, &read->rule[rule], line);
        CHECK(found == holds, "rule %s %s: %.*s", matcher->rules->rule[rule].name, holds ? "not found" : "found wrongly",
              (int)line->bytes.len, line->bytes.data);
        at += found;
    }
}

void test_matcher(void)
{
    struct nf_rules *rules = nf_rules_new(), *read = nf_rules_new();
    struct nf_plain_line line = {0};
    struct nf_matcher matcher;
    struct nf_buf text = {0};
    uint64_t random = 6;
    nf_rules_add_builtin(rules);
    bool good = nf_rules_add(read, nf_span(nf_builtin_text, nf_builtin_text_len), "text", NULL) == NF_OK;
    nf_matcher_init(&matcher, rules);
    test_begin("matcher: as every rule tried, on made-up lines and on all examples");
    for (size_t i = 0; good && i < LINES + read->example_count; i++) {
        if (i < LINES)
            add_line(&text, read, &random);
        nf_plain_line_set(&line, i < LINES ? nf_buf_span(&text) : read->example[i - LINES].text);
        check_line(&matcher, read, &line);
    }
    nf_buf_release(&text);
    nf_plain_line_release(&line);
    nf_matcher_release(&matcher);
    nf_rules_free(rules);
    nf_rules_free(read);
}
