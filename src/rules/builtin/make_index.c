/*
 * make_index.c: the built-in rules, their patterns and the index of these as C source, on standard output.
 * Run by the Makefile at build time; complains of a bad rule as --rules does, and fails then.
 */
#include <stdio.h>

#include "adapt/digest.h"
#include "rules/builtin.h"

/* This program makes them. */
const struct nf_rule nf_builtin_rule[1] = {{0}};
const size_t nf_builtin_rule_count = 0;
const struct nf_pattern nf_builtin_pattern[1] = {{{0}, 0, false, {0}}};
const struct nf_gate nf_builtin_gate[1] = {{0, 0, 0, 0, 0}};
const size_t nf_builtin_pattern_count = 0;
const struct nf_span nf_builtin_with[1] = {{0}};
const size_t nf_builtin_with_count = 0;
const struct nf_index nf_builtin_index = {0};
const uint64_t nf_builtin_fingerprint = 0;

static void print_bytes(const char *bytes, size_t len)
{
    putchar('"');
    for (size_t i = 0; i < len; i++)
        printf("\\%03o", (unsigned)(unsigned char)bytes[i]);
    putchar('"');
}

static void print_span(struct nf_span span)
{
    if (!span.data) {
        printf("{0, 0}");
        return;
    }
    putchar('{');
    print_bytes(span.data, span.len);
    printf(", %zu}", span.len);
}

static void print_take(const struct nf_take *take)
{
    printf("{%u, %u, ", take->count, take->looks);
    print_span(take->pattern);
    printf("}, ");
}

static void print_rule(const struct nf_rule *rule)
{
    printf("{\"%s\", \"%s\", %lu, %d, %d, %u, %zu, %zu, %zu, %zu, ", rule->name, rule->file,
           (unsigned long)rule->line, (int)rule->category, (int)rule->shape, rule->flags, rule->first_pattern,
           rule->pattern_count, rule->first_with, rule->with_count);
    print_take(&rule->before);
    print_take(&rule->after);
    printf("%d, %d, %d, %d, %d, %u, %u, %u, ", rule->strict, rule->opens, rule->closes, rule->near_set,
           (int)rule->near, rule->near_lines, rule->needs, rule->needs_lines);
    print_span(rule->near_rule);
    printf(", %u, %d},\n", rule->near_rule_lines, rule->between_prose);
}

static void print_rules(const struct nf_rules *rules)
{
    printf("const size_t nf_builtin_rule_count = %zu;\nconst struct nf_rule nf_builtin_rule[] = {\n", rules->count);
    for (size_t i = 0; i < rules->count; i++)
        print_rule(&rules->rule[i]);
    printf("};\nconst size_t nf_builtin_pattern_count = %zu;\nconst struct nf_pattern nf_builtin_pattern[] = {\n",
           rules->pattern_count);
    for (size_t i = 0; i < rules->pattern_count; i++) {
        const struct nf_pattern *pattern = &rules->pattern[i];
        putchar('{');
        print_span(pattern->text);
        printf(", %u, %d, ", (unsigned)pattern->rule, pattern->named);
        print_span(pattern->texts);
        printf("},\n");
    }
    printf("};\n_Alignas(64) const struct nf_gate nf_builtin_gate[] = {\n");
    for (size_t i = 0; i < rules->pattern_count; i++) {
        const struct nf_gate *gate = &rules->gate[i];
        printf("{UINT64_C(%llu), UINT64_C(%llu), UINT64_C(%llu), %u, %u},\n", (unsigned long long)gate->ends,
               (unsigned long long)gate->within, (unsigned long long)gate->holds, (unsigned)gate->least, (unsigned)gate->most);
    }
    printf("};\nconst size_t nf_builtin_with_count = %zu;\nconst struct nf_span nf_builtin_with[] = {\n",
           rules->with_count);
    for (size_t i = 0; i < rules->with_count; i++) {
        print_span(rules->with[i]);
        printf(",\n");
    }
    printf("{0, 0}};\n");
}

static void print_numbers(const char *type, const char *name, const uint32_t *number, size_t count)
{
    printf("static const %s %s[] = {", type, name);
    for (size_t i = 0; i < count; i++)
        printf("%lu,%s", (unsigned long)number[i], i % 20 == 19 ? "\n" : "");
    printf("0};\n");
}

static void print_beginnings(const struct nf_index *index)
{
    printf("static const struct nf_beginning beginning[] = {\n");
    for (size_t i = 0; i <= index->beginning_mask; i++) {
        const struct nf_beginning *beginning = &index->beginning[i];
        printf("{UINT64_C(%llu), {%lu, %lu}},\n", (unsigned long long)beginning->key,
               (unsigned long)beginning->patterns.first, (unsigned long)beginning->patterns.count);
    }
    printf("};\n");
}

static void print_beginning_bits(const uint64_t *bits)
{
    printf("static const uint64_t beginning_bits[] = {");
    for (size_t i = 0; i < NF_BEGINNING_BITS / 64; i++)
        printf("UINT64_C(%llu),%s", (unsigned long long)bits[i], i % 8 == 7 ? "\n" : "");
    printf("};\n");
}

static void print_literals(const struct nf_index_maker *maker)
{
    printf("static const char text[] = {");
    for (size_t i = 0; i < maker->text_len; i++)
        printf("%d,%s", maker->text[i], i % 20 == 19 ? "\n" : "");
    printf("0};\nstatic const struct nf_literal literal[] = {\n");
    for (size_t i = 0; i < maker->literal_count; i++) {
        const struct nf_literal *literal = &maker->literal[i];
        printf("{%lu, %u, %u, %u, %lu, {%lu, %lu}},\n", (unsigned long)literal->text, (unsigned)literal->len,
               (unsigned)literal->window, (unsigned)literal->reach, (unsigned long)literal->next, (unsigned long)literal->patterns.first,
               (unsigned long)literal->patterns.count);
    }
    printf("};\n");
}

static void print_caseless(const struct nf_index_maker *maker)
{
    printf("static const struct nf_caseless caseless[] = {\n");
    for (size_t i = 0; i < maker->caseless_count; i++) {
        const struct nf_caseless *literal = &maker->caseless[i];
        printf("{%lu, %u, %u, %u, %lu},\n", (unsigned long)literal->text, (unsigned)literal->len,
               (unsigned)literal->window, (unsigned)literal->reach, (unsigned long)literal->next);
    }
    printf("{0}};\n");
}

static void print_bits(const char *name, uint64_t (*bits)[NF_WINDOW_BITS / 64])
{
    printf("static const uint64_t %s[NF_TIERS][NF_WINDOW_BITS / 64] = {\n", name);
    for (size_t tier = 0; tier < NF_TIERS; tier++) {
        printf("{");
        for (size_t i = 0; i < NF_WINDOW_BITS / 64; i++)
            printf("UINT64_C(%llu),%s", (unsigned long long)bits[tier][i], i % 8 == 7 ? "\n" : "");
        printf("},\n");
    }
    printf("};\n");
}

static void print_kinds(const uint8_t *kinds)
{
    printf("static const uint8_t kinds[] = {");
    for (size_t i = 0; i < NF_WINDOW_KINDS; i++)
        printf("%u,%s", (unsigned)kinds[i], i % 32 == 31 ? "\n" : "");
    printf("};\n");
}

static void print_boxes(const struct nf_boxes *boxes)
{
    const uint8_t *byte = (const uint8_t *)boxes->row;
    printf("{{");
    for (size_t i = 0; i < sizeof boxes->row; i++)
        printf("%s%u,", i % 96 ? i % 32 ? "" : "},{" : i ? "}},{{" : "{{", (unsigned)byte[i]);
    printf("}}}, %u},\n", (unsigned)boxes->groups);
}

static void print_sets(const char *name, uint32_t (*sets)[NF_RAW_THREES / 32])
{
    printf("static const uint32_t %s[NF_RAW_SETS][NF_RAW_THREES / 32] = {\n", name);
    for (size_t set = 0; set < NF_RAW_SETS; set++) {
        printf("{");
        for (size_t i = 0; i < NF_RAW_THREES / 32; i++)
            printf("%lu,%s", (unsigned long)sets[set][i], i % 16 == 15 ? "\n" : "");
        printf("},\n");
    }
    printf("};\n");
}

/* What is asked about lines as they are. */
static void print_raw(const struct nf_raw_maker *raw)
{
    printf("static const struct nf_raw_literal raw_literal[] = {\n");
    for (size_t i = 0; i < raw->literal_count; i++) {
        const struct nf_raw_literal *literal = &raw->literal[i];
        printf("{%lu, %u, %u, %u, {%lu, %lu}},\n", (unsigned long)literal->text, (unsigned)literal->len, (unsigned)literal->most,
               (unsigned)literal->reach, (unsigned long)literal->patterns.first, (unsigned long)literal->patterns.count);
    }
    printf("{0}};\nstatic const struct nf_raw_item raw_item[] = {\n");
    for (size_t i = 0; i < raw->item_count; i++) {
        const struct nf_raw_item *item = &raw->item[i];
        printf("{UINT64_C(%llu), UINT64_C(%llu), %d, %u, %lu, %lu},\n", (unsigned long long)item->key, (unsigned long long)item->mask,
               (int)item->skip, (unsigned)item->anchor, (unsigned long)item->literal, (unsigned long)item->next);
    }
    printf("{0}};\nstatic const struct nf_boxes raw_boxes[] = {\n");
    for (size_t set = 0; set < NF_RAW_SETS; set++)
        print_boxes(&raw->boxes[set]);
    printf("};\n");
    print_sets("raw_bits", raw->bits);
    print_sets("raw_fours", raw->fours);
    print_sets("raw_first_item", raw->first_item);
    printf("static const uint64_t raw_beginning_bits[NF_RAW_KINDS * NF_RAW_TIERS][NF_RAW_HEADS / 64] = {\n");
    for (size_t tier = 0; tier < NF_RAW_KINDS * NF_RAW_TIERS; tier++) {
        printf("{");
        for (size_t i = 0; i < NF_RAW_HEADS / 64; i++)
            printf("UINT64_C(%llu),%s", (unsigned long long)raw->beginning_bits[tier][i], i % 8 == 7 ? "\n" : "");
        printf("},\n");
    }
    printf("};\n");
}

static void print_index(const struct nf_index_maker *maker)
{
    const struct nf_index *index = &maker->index;
    printf("static const uint16_t numbers[] = {");
    for (size_t i = 0; i < maker->count; i++)
        printf("%u,%s", (unsigned)maker->numbers[i], i % 20 == 19 ? "\n" : "");
    printf("0};\n");
    print_beginnings(index);
    print_beginning_bits(maker->beginning_bits);
    print_literals(maker);
    print_bits("bits", maker->bits);
    print_caseless(maker);
    print_kinds(maker->kinds);
    print_raw(&maker->raw);
    print_numbers("uint32_t", "caseless_bucket", maker->caseless_bucket, NF_WINDOW_BUCKETS);
    print_numbers("uint32_t", "bucket", maker->bucket, NF_WINDOW_BUCKETS);
    print_numbers("uint32_t", "short_bucket", maker->short_bucket, 256);
    printf("const struct nf_index nf_builtin_index = {numbers, beginning, beginning_bits, %lu, %u, literal, text, bits, bucket,\n"
           "short_bucket, caseless, caseless_bucket, kinds, {", (unsigned long)index->beginning_mask,
           index->lengths);
    for (size_t tier = 0; tier < NF_TIERS; tier++)
        printf("%u,", (unsigned)index->stride[tier]);
    printf("}, {");
    for (size_t tier = 0; tier < NF_TIERS; tier++)
        printf("%u,", (unsigned)index->far_stride[tier]);
    printf("}, {");
    for (size_t i = 0; i < NF_SHORT_MAX; i++)
        printf("{%d, %d},", index->short_text[i][0], index->short_text[i][1]);
    printf("}, {");
    for (size_t i = 0; i < NF_SHORT_MAX; i++)
        printf("%u,", (unsigned)index->short_most[i]);
    printf("}, {");
    for (size_t i = 0; i < NF_SHORT_MAX; i++)
        printf("%u,", (unsigned)index->short_reach[i]);
    printf("}, %u, %u, {%lu, %lu}, {raw_boxes, raw_bits, raw_fours, raw_first_item, raw_item, raw_literal, {", (unsigned)index->short_count,
           (unsigned)index->literal_most, (unsigned long)index->always.first, (unsigned long)index->always.count);
    for (size_t set = 0; set < NF_RAW_SETS; set++)
        printf("%u,", (unsigned)index->raw.state[set]);
    printf("}, raw_beginning_bits, {");
    for (size_t kind = 0; kind < NF_RAW_KINDS; kind++)
        printf("%u,", (unsigned)index->raw.always_most[kind]);
    printf("}}};\n");
}

int main(void)
{
    struct nf_rules *rules = nf_rules_new();
    struct nf_error error = {0};
    enum nf_status status = nf_rules_add(rules, nf_span(nf_builtin_text, nf_builtin_text_len), "builtin", &error);
    if (status == NF_OK) {
        printf("#include \"rules/builtin.h\"\n");
        printf("const uint64_t nf_builtin_fingerprint = UINT64_C(%llu);\n",
               (unsigned long long)nf_digest_of(nf_span(nf_builtin_text, nf_builtin_text_len)).low);
        print_rules(rules);
        print_index(&rules->index);
    } else {
        fprintf(stderr, "built-in rules, line %lu of them joined: %s\n", (unsigned long)error.line, error.text);
    }
    nf_rules_free(rules);
    return status != NF_OK;
}
