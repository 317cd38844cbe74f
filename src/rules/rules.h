/*
 * rules.h: a rule as the strip stage applies it, and sets of them; once loaded a set is only read.
 * Used by the strip stage, the matcher and the tests of rules.
 */
#ifndef NEWSFOLD_RULES_RULES_H
#define NEWSFOLD_RULES_RULES_H

#include <newsfold/rules.h>

#include "adapt/regex.h"
#include "rules/index.h"
#include "rules/needs.h"

enum nf_shape { NF_SHAPE_LINE, NF_SHAPE_LABEL, NF_SHAPE_BLOCK, NF_SHAPE_TAIL };

/* What a neighbouring line may look like to be taken along. */
enum nf_looks {
    NF_LOOKS_HEADLINE = 1,
    NF_LOOKS_SHORT = 2,
    NF_LOOKS_VALUE = 4,
    NF_LOOKS_TEXT = 8,
    NF_LOOKS_ANY = 16,
    NF_LOOKS_ITEM = 32,
    NF_LOOKS_PATTERN = 64
};

struct nf_take {
    unsigned count;             /* at most so many lines */
    unsigned looks;             /* of enum nf_looks */
    struct nf_span pattern;     /* for NF_LOOKS_PATTERN */
};

/* One of the alternatives of a rule. */
struct nf_pattern {
    struct nf_span text;
    uint16_t rule;
    bool named;                 /* it holds only for lines with one of the rule's `with` texts */
    struct nf_span texts;       /* see texts.h; empty where nothing is known that the index does not ask for */
};

/* What decides over most patterns that a line is asked for; see needs.h. Half a line of cache, as it is asked often. */
struct nf_gate {
    uint64_t ends;              /* classes: the line ends in one of them */
    uint64_t within, holds;
    uint16_t least, most;       /* characters */
};

struct nf_rule {
    const char *name;           /* NUL-terminated */
    const char *file;
    uint64_t line;              /* of that file; of all built-in ones joined */
    enum nf_category category;
    enum nf_shape shape;
    unsigned flags;             /* of enum nf_regex_flags */
    size_t first_pattern, pattern_count;
    size_t first_with, with_count;      /* of the set's, in lower case */
    struct nf_take before, after;
    bool strict, opens, closes;
    bool near_set;
    enum nf_category near;      /* a line of it must match within near_lines */
    unsigned near_lines;
    unsigned needs, needs_lines;
    struct nf_span near_rule;   /* empty, or a rule that must match within near_rule_lines */
    unsigned near_rule_lines;
    bool between_prose;         /* the lines around it, rules' hits left aside, are sentences */
};

/* Whether its pattern says nothing before its context is known: then it is asked last, as few lines have that context. */
static inline bool nf_rule_is_late(const struct nf_rule *rule)
{
    return rule->between_prose && !rule->after.count && !rule->with_count;
}

/* A `hit` or `miss` line, for the tests. */
struct nf_example {
    uint16_t rule;
    bool hit;
    struct nf_span text;
    uint64_t line;
};

/*
 * The built-in rules are tables made at build time (builtin.h). They are viewed as they are until a file
 * brings more rules.
 */
struct nf_rules {
    const struct nf_rule *rule;         /* of the built-in tables, or of what follows */
    const struct nf_pattern *pattern;
    const struct nf_gate *gate;         /* one for each pattern */
    const struct nf_span *with;
    size_t count, pattern_count, with_count;
    const struct nf_index *builtin;     /* NULL without the built-in rules, which are the first ones */
    struct nf_index_maker index;        /* of the others */
    uint64_t fingerprint;               /* of their texts */
    struct nf_rule *own_rule;
    struct nf_pattern *own_pattern;
    struct nf_gate *own_gate;
    struct nf_span *own_with;
    size_t capacity, pattern_capacity, gate_capacity, with_capacity;
    struct nf_example *example;         /* of the others too */
    size_t example_count, example_capacity;
    char **kept;                        /* texts that the spans above view */
    size_t kept_count, kept_capacity;
};

#define NF_PATTERNS_MAX 65000

/* The number of a rule, or nf_rules_count if there is none of that name. */
size_t nf_rules_find(const struct nf_rules *rules, struct nf_span name);

#endif
