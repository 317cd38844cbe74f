/*
 * builtin.h: the rules of src/rules/builtin as tables, made from their text at build time by
 * builtin/make_index.c: reading them takes longer than most runs.
 * Used by the rule set; the text by make_index.c and by the tests.
 */
#ifndef NEWSFOLD_RULES_BUILTIN_H
#define NEWSFOLD_RULES_BUILTIN_H

#include "rules/rules.h"

extern const struct nf_rule nf_builtin_rule[];
extern const size_t nf_builtin_rule_count;
extern const struct nf_pattern nf_builtin_pattern[];
extern const struct nf_gate nf_builtin_gate[];          /* one for each pattern */
extern const size_t nf_builtin_pattern_count;
extern const struct nf_span nf_builtin_with[];
extern const size_t nf_builtin_with_count;
extern const struct nf_index nf_builtin_index;
extern const uint64_t nf_builtin_fingerprint;   /* of their text */

/* The rule files joined in the order of their names. */
extern const char nf_builtin_text[];
extern const size_t nf_builtin_text_len;

#endif
