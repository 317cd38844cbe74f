/*
 * make_index.c: the literals of the built-in rules as C source, on standard output.
 * Run by the Makefile at build time; complains of a bad rule as --rules does, and fails then.
 */
#include <stdio.h>

#include "rules/builtin.h"
#include "rules/rules.h"

/* This program makes them. */
const struct nf_literal_index nf_builtin_index = {0};
const uint16_t nf_builtin_always[1] = {0};
const size_t nf_builtin_always_count = 0;

static void print_text(const struct nf_literal *literal)
{
    putchar('"');
    for (size_t i = 0; i < literal->len; i++)
        printf("\\%03o", (unsigned)(unsigned char)literal->text[i]);
    putchar('"');
}

static void print_numbers(const uint16_t *number, size_t count)
{
    for (size_t i = 0; i < count; i++)
        printf("%u,%s", (unsigned)number[i], i % 20 == 19 ? "\n" : "");
}

static void print_index(const struct nf_rules *rules)
{
    const struct nf_literals *literals = &rules->literals;
    printf("#include \"rules/builtin.h\"\nstatic const struct nf_literal item[] = {\n");
    for (size_t i = 0; i < literals->count; i++) {
        const struct nf_literal *literal = &literals->item[i];
        printf("{");
        print_text(literal);
        printf(", %u, %u, %u, %d},\n", literal->len, literal->rule, literal->next, literal->at_start);
    }
    printf("};\nconst struct nf_literal_index nf_builtin_index = {item, {");
    print_numbers(literals->index.bucket, sizeof literals->index.bucket / sizeof(uint16_t));
    printf("}, {");
    print_numbers(literals->index.short_bucket, sizeof literals->index.short_bucket / sizeof(uint16_t));
    printf("}};\nconst size_t nf_builtin_always_count = %zu;\nconst uint16_t nf_builtin_always[] = {",
           rules->always_count);
    print_numbers(rules->always, rules->always_count);
    printf("0};\n");
}

int main(void)
{
    struct nf_rules *rules = nf_rules_new();
    struct nf_error error = {0};
    enum nf_status status = nf_rules_add(rules, nf_span(nf_builtin_rules, nf_builtin_rules_len), "builtin", &error);
    if (status == NF_OK)
        print_index(rules);
    else
        fprintf(stderr, "built-in rules, line %lu of them joined: %s\n", (unsigned long)error.line, error.text);
    nf_rules_free(rules);
    return status != NF_OK;
}
