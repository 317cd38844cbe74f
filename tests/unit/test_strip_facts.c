/*
 * test_strip_facts.c: what is noted of a line is what making it plain and trying every rule tells.
 */
#include "stage/strip_facts.h"

#include "base/alloc.h"
#include "grow.h"
#include "rules/builtin.h"
#include "test.h"

#define LINES 1500
#define GROWN 20

struct maker {
    const struct nf_rules *read;        /* the same rules with their examples */
    struct nf_buf text;
    uint64_t random;
};

static size_t below(struct maker *maker, size_t limit)
{
    return test_random(&maker->random) % limit;
}

/* Prose of so many bytes at least; now and then with what long lines are not known by. */
static void add_prose(struct maker *maker, size_t len)
{
    static const char *const words[] = {
        "the ", "of ", "Harbour ", "said ", "\xE2\x80\x9Cnot\xE2\x80\x9D ", "caf\xC3\xA9s ", "1,200 ", "\xC3\x89tat ",
        "ferry\xE2\x80\x99s ", "\xE2\x80\x93 ", "and, ", "so. ", "which ", "\xC2\xA3""20 ", "\xE2\x82\xAC""5 ", "AP ", "wait\xE2\x80\xA6 ",
        "\xD0\x9F\xD0\xBE\xD1\x80\xD1\x82 "};
    static const char *const rare[] = {"\xC2\xA0", " ", "\xE2\x80\x8B", "\xD0\xB6 ", "e\xCC\x81 ", "\t", "\xEF\xBC\x9A", "\xC2\xBD ",
                                       "\xE2\x84\xAA", "\xC2\xAD", "\xE2\x80\x97 ", "\xC2\xB4 "};
    for (size_t from = maker->text.len; maker->text.len - from < len;)
        nf_buf_add_text(&maker->text, below(maker, 300) ? words[below(maker, sizeof words / sizeof *words)]
                                                        : rare[below(maker, sizeof rare / sizeof *rare)]);
}

/* The letter at the end in upper case, if it is one of U+0430 to U+044F. */
static void raise_cyrillic(struct nf_buf *text)
{
    unsigned char *p = (unsigned char *)text->data + text->len;
    if (text->len < 2 || (p[-2] & 0xFE) != 0xD0 || (p[-2] == 0xD0 && p[-1] < 0xB0) || (p[-2] == 0xD1 && p[-1] > 0x8F))
        return;
    p[-1] = (unsigned char)(p[-2] == 0xD0 ? p[-1] - 0x20 : p[-1] + 0x20);
    p[-2] = 0xD0;
}

/* An example as another author would write it: other dashes, quotes, dots and blanks, other case. */
static void add_example(struct maker *maker)
{
    struct nf_span example = maker->read->example[below(maker, maker->read->example_count)].text;
    bool curly = below(maker, 2), upper = !below(maker, 8), bound = !below(maker, 8);
    for (size_t i = 0; i < example.len; i++) {
        char c = example.data[i];
        if (curly && c == '\'')
            nf_buf_add_text(&maker->text, "\xE2\x80\x99");
        else if (curly && c == '-')
            nf_buf_add_text(&maker->text, "\xE2\x80\x93");
        else if (curly && c == '"')
            nf_buf_add_text(&maker->text, "\xE2\x80\x9D");
        else if (bound && c == ' ')
            nf_buf_add_text(&maker->text, "\xC2\xA0");
        else if (curly && i + 3 <= example.len && memcmp(example.data + i, "...", 3) == 0) {
            nf_buf_add_text(&maker->text, "\xE2\x80\xA6");
            i += 2;
        } else
            nf_buf_add_char(&maker->text, upper && c >= 'a' && c <= 'z' ? (char)(c - 32) : c);
        if (upper)
            raise_cyrillic(&maker->text);
    }
}

static void make_line(struct maker *maker, size_t most)
{
    static const char *const starts[] = {"", "", "", "- ", "\xE2\x80\xA2 ", "> ", "* ", " ", "| ", "o "};
    static const char *const ends[] = {".", "", ")", "?\xE2\x80\x9D", ".')", ":", " ", "\xC2\xBB", "\xE2\x80\xA6", ". \xE2\x80\x93",
                                       "\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\""};
    maker->text.len = 0;
    nf_buf_add_text(&maker->text, starts[below(maker, sizeof starts / sizeof *starts)]);
    add_prose(maker, below(maker, most));
    if (below(maker, 2)) {
        add_example(maker);
        if (below(maker, 2))
            add_prose(maker, below(maker, below(maker, 2) ? 60 : most));
    }
    while (maker->text.len && maker->text.data[maker->text.len - 1] == ' ' && below(maker, 20))
        maker->text.len--;
    nf_buf_add_text(&maker->text, ends[below(maker, sizeof ends / sizeof *ends)]);
    if (maker->text.len > NF_STRIP_LINE_MAX)
        maker->text.len = 0;
}

/* A rule that holds for the line, and one that is noted, are the same. */
static void check_rules(struct nf_stripper *stripper, const struct nf_line_facts *facts, struct nf_plain_line *line)
{
    const size_t most = sizeof facts->rules / sizeof *facts->rules;
    size_t at = 0;
    for (uint16_t rule = 0; rule < stripper->rules->count && at < most; rule++) {
        bool found = at < facts->rule_count && facts->rules[at] == rule;
        bool holds = nf_matcher_holds(&stripper->matcher, rule, line);
        CHECK(found == holds || (found && nf_rule_is_late(&stripper->rules->rule[rule])), "rule %s %s: %.*s", stripper->rules->rule[rule].name,
              holds ? "not found" : "found wrongly", (int)line->bytes.len, line->bytes.data);
        at += found;
    }
}

static struct nf_line_facts note(struct nf_stripper *stripper, struct nf_span text)
{
    struct nf_paragraph paragraph = {.text = text};
    const struct nf_document document = {.bytes = text, .paragraphs = &paragraph, .count = 1};
    stripper->facts = nf_grow(stripper->facts, &stripper->capacity, 1, sizeof *stripper->facts);
    nf_note_facts(stripper, &document);
    return stripper->facts[0];
}

static void check_line(struct nf_stripper *stripper, struct nf_span text, struct nf_plain_line *line)
{
    struct nf_line_facts facts = note(stripper, text);
    nf_plain_line_set(line, text);
    CHECK(facts.words == line->words && facts.chars == line->chars && facts.ends_sentence == line->ends_sentence
              && facts.marked == line->marked,
          "%u words, %u characters: %.*s", (unsigned)facts.words, (unsigned)facts.chars, (int)text.len, text.data);
    check_rules(stripper, &facts, line);
}

static void test_lines(struct nf_stripper *stripper, struct maker *maker)
{
    struct nf_plain_line line = {0};
    test_begin("strip facts: as every rule tried, with examples at all distances from the ends");
    for (size_t i = 0; i < LINES; i++) {
        make_line(maker, i % 4 == 1 ? 1200 : i % 2 ? 120 : 300);
        check_line(stripper, nf_buf_span(&maker->text), &line);
    }
    nf_plain_line_release(&line);
}

/* Lines made from each pattern, so that its parts are as far from the ends as they can be. */
static void test_patterns(struct nf_stripper *stripper, struct maker *maker)
{
    struct nf_plain_line line = {0};
    size_t held = 0;
    test_begin("strip facts: each pattern holds for lines made from it");
    for (size_t i = 0; i < GROWN * stripper->rules->pattern_count; i++) {
        const struct nf_pattern *pattern = &stripper->rules->pattern[i / GROWN];
        const struct nf_rule *rule = &stripper->rules->rule[pattern->rule];
        maker->text.len = 0;
        test_grow(pattern->text, &maker->random, &maker->text);
        if (maker->text.len > NF_STRIP_LINE_MAX)
            continue;
        struct nf_line_facts facts = note(stripper, nf_buf_span(&maker->text));
        nf_plain_line_set(&line, nf_buf_span(&maker->text));
        bool found = facts.rule_count == sizeof facts.rules / sizeof *facts.rules, holds;
        for (size_t k = 0; k < facts.rule_count; k++)
            found |= facts.rules[k] == pattern->rule;
        holds = nf_matcher_holds(&stripper->matcher, pattern->rule, &line);
        held += holds;
        CHECK(found || !holds, "rule %s not found: %.*s", rule->name,
              (int)line.bytes.len, line.bytes.data);
    }
    CHECK(held > GROWN * stripper->rules->pattern_count / 2, "only %zu hold", held);
    nf_plain_line_release(&line);
}

void test_strip_facts(void)
{
    struct nf_rules *rules = nf_rules_new(), *read = nf_rules_new();
    struct nf_stripper stripper = {.rules = rules};
    struct maker maker = {.read = read, .random = 11};
    nf_rules_add_builtin(rules);
    test_begin("strip facts: the rules are read");
    if (CHECK(nf_rules_add(read, nf_span(nf_builtin_text, nf_builtin_text_len), "text", NULL) == NF_OK, "they are not")) {
        nf_matcher_init(&stripper.matcher, rules);
        for (int cpu = NF_CPU_ANY; cpu <= (int)nf_cpu_best(); cpu++) {
            stripper.cpu = (enum nf_cpu)cpu;
            test_lines(&stripper, &maker);
            if (cpu == NF_CPU_ANY || cpu == (int)nf_cpu_best())
                test_patterns(&stripper, &maker);
        }
    }
    nf_buf_release(&maker.text);
    nf_stripper_release(&stripper);
    nf_rules_free(rules);
    nf_rules_free(read);
}
