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

static void check_line(struct nf_matcher *matcher, struct nf_plain_line *line)
{
    uint16_t hits[NF_HITS_MAX];
    size_t count = nf_matcher_hits(matcher, line, hits), at = 0;
    for (uint16_t rule = 0; rule < matcher->rules->count; rule++) {
        bool found = at < count && hits[at] == rule;
        bool holds = nf_matcher_holds(matcher, rule, line);
        CHECK(found == holds, "rule %s %s: %.*s", matcher->rules->rule[rule].name, holds ? "not found" : "found wrongly",
              (int)line->bytes.len, line->bytes.data);
        at += found;
    }
}

/* A rule with `with` holds where one of these texts stands only: by what it begins with a pattern needs none. */
static void test_with(void)
{
    static const struct {
        const char *line;
        bool holds;
    } lines[] = {{"Xy harbour", true}, {"Xy ferry", false}, {"Xy Harbour", true}, {"quay 4", true}, {"quay", false}};
    struct nf_rules *rules = nf_rules_new();
    struct nf_plain_line line = {0};
    struct nf_matcher matcher;
    test_begin("matcher: with");
    struct nf_span text = SPAN("rule one\ncategory share\nline \\p{Lu}.*|[^a-z]\nline quay \\d\nwith harbour\nwith pier\n");
    CHECK(nf_rules_add(rules, text, "test", NULL) == NF_OK, "rules");
    nf_matcher_init(&matcher, rules);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        nf_plain_line_set(&line, nf_span(lines[i].line, strlen(lines[i].line)));
        CHECK(nf_matcher_holds(&matcher, 0, &line) == lines[i].holds, "%s", lines[i].line);
        check_line(&matcher, &line);
    }
    nf_matcher_release(&matcher);
    nf_plain_line_release(&line);
    nf_rules_free(rules);
}

static void test_lines(struct nf_matcher *matcher, const struct nf_rules *read)
{
    struct nf_plain_line line = {0};
    struct nf_buf text = {0};
    uint64_t random = 6;
    test_begin("matcher: as every rule tried, on made-up lines and on all examples");
    for (size_t i = 0; i < LINES + read->example_count; i++) {
        if (i < LINES)
            add_line(&text, read, &random);
        nf_plain_line_set(&line, i < LINES ? nf_buf_span(&text) : read->example[i - LINES].text);
        check_line(matcher, &line);
    }
    nf_buf_release(&text);
    nf_plain_line_release(&line);
}

/* Prose of so many bytes, with an example's beginning, middle or end in it now and then. */
static void add_prose(struct nf_buf *text, const struct nf_rules *read, uint64_t *random)
{
    static const char *const words[] = {"the ", "of ", "Harbour ", "said ", "\xE2\x80\x9Cnot\xE2\x80\x9D ", "caf\xC3\xA9s ",
                                        "1,200 ", "ferry\xE2\x80\x99s ", "\xE2\x80\x93 ", "and, ", "so. "};
    static const char *const ends[] = {".", "?\xE2\x80\x9D", "\xE2\x80\xA6", "", ")", ".')", ":", " ", "\xC2\xBB", ". \xE2\x80\x93"};
    size_t len = 200 + test_random(random) % 800, split = test_random(random) % len;
    bool added = test_random(random) % 2;
    text->len = 0;
    while (text->len < len) {
        nf_buf_add_text(text, words[test_random(random) % (sizeof words / sizeof *words)]);
        if (added || text->len < split)
            continue;
        struct nf_span example = read->example[test_random(random) % read->example_count].text;
        nf_buf_add(text, example.data, example.len);
        nf_buf_add_text(text, test_random(random) % 8 ? " " : "  ");
        added = true;
    }
    text->len -= text->len > 0;
    nf_buf_add_text(text, ends[test_random(random) % (sizeof ends / sizeof *ends)]);
}

static void test_prose(struct nf_matcher *matcher, const struct nf_rules *read)
{
    struct nf_plain_line line = {0};
    struct nf_buf text = {0};
    uint64_t random = 7;
    test_begin("matcher: as every rule tried, on long lines");
    for (size_t i = 0; i < LINES; i++) {
        add_prose(&text, read, &random);
        nf_plain_line_set(&line, nf_buf_span(&text));
        check_line(matcher, &line);
    }
    nf_buf_release(&text);
    nf_plain_line_release(&line);
}

void test_matcher(void)
{
    struct nf_rules *rules = nf_rules_new(), *read = nf_rules_new();
    struct nf_matcher matcher;
    nf_rules_add_builtin(rules);
    test_begin("matcher: the rules are read");
    if (CHECK(nf_rules_add(read, nf_span(nf_builtin_text, nf_builtin_text_len), "text", NULL) == NF_OK, "they are not")) {
        nf_matcher_init(&matcher, rules);
        test_lines(&matcher, read);
        test_prose(&matcher, read);
        nf_matcher_release(&matcher);
    }
    nf_rules_free(rules);
    nf_rules_free(read);
    test_with();
}
