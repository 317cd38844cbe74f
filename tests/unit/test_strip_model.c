/*
 * test_strip_model.c: lines that go down the trees together have the odds of each alone, to the bit.
 */
#include "stage/strip_model.h"

#include "base/alloc.h"
#include "base/paragraphs.h"
#include "stage/split.h"
#include "test.h"

#define LINES 530               /* no multiple of those that are judged together */

static void add_line(struct nf_buf *text, uint64_t *random)
{
    static const char *const pieces[] = {
        "Home ", "Share ", "the ferry ", "Harbour ", "said on Monday that ", "the council had not been told of it. ", "2 comments ",
        "| ", "3 June 2021 ", "12:30 ", "- ", "\xE2\x80\x9Cno\xE2\x80\x9D ", "read more ", "news@here.example ", "? ", ": "};
    for (size_t i = test_random(random) % (test_random(random) % 4 ? 5 : 30) + 1; i-- > 0;)
        nf_buf_add_text(text, pieces[test_random(random) % (sizeof pieces / sizeof *pieces)]);
    nf_buf_add_char(text, '\n');
}

static void check_odds(const struct nf_surroundings *surroundings, enum nf_cpu cpu)
{
    float plain[LINES] = {0}, odds[LINES] = {0};
    size_t wrong = 0, set = 0, kept = 0;
    nf_line_odds(surroundings, NF_CPU_REFERENCE, plain);
    nf_line_odds(surroundings, cpu, odds);
    for (size_t i = 0; i < surroundings->count; i++) {
        wrong += memcmp(&plain[i], &odds[i], sizeof *odds) != 0;
        set += odds[i] < 0 || odds[i] > 0;
        kept += surroundings->document->paragraphs[i].verdict == NF_KEEP;
    }
    CHECK(set == kept && kept > LINES / 2, "%zu lines judged of %zu", set, kept);
    CHECK(!wrong, "%zu lines of %zu, level %d", wrong, surroundings->count, (int)cpu);
}

void test_strip_model(void)
{
    struct nf_buf text = {0};
    struct nf_document document = {.first_line = 1};
    struct nf_surroundings surroundings;
    struct nf_rules *rules = nf_rules_new();
    struct nf_stripper stripper = {.rules = rules, .rules_only = true};
    uint64_t random = 12;
    nf_rules_add_builtin(rules);
    for (size_t i = 0; i < LINES; i++)
        add_line(&text, &random);
    document.bytes = nf_buf_span(&text);
    nf_split(&document, NF_PARAGRAPHS_LINE);
    nf_strip(&stripper, &document);
    nf_surroundings_init(&surroundings, stripper.facts, &document);
    test_begin("strip model: lines judged together as each alone, by whatever the processor has");
    CHECK(document.count == LINES, "%zu lines", document.count);
    for (int cpu = NF_CPU_ANY; cpu <= (int)nf_cpu_best(); cpu++)
        check_odds(&surroundings, (enum nf_cpu)cpu);
    nf_surroundings_release(&surroundings);
    nf_document_release(&document);
    nf_stripper_release(&stripper);
    nf_rules_free(rules);
    nf_buf_release(&text);
}
