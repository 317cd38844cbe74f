/*
 * strip.h: marking what forum engines and news sites leave around texts.
 * Used by the pipeline, after split or page and before digest_keys.
 */
#ifndef NEWSFOLD_STAGE_STRIP_H
#define NEWSFOLD_STAGE_STRIP_H

#include <newsfold/document.h>

#include "rules/matcher.h"

/* What strip keeps of a line while it looks at the neighbours. */
struct nf_line_facts {
    uint64_t categories;        /* a bit for each category of a rule whose pattern matched */
    uint32_t words, chars;
    uint16_t rules[4];          /* the first rules whose pattern matched; those of late rules are not asked yet */
    uint8_t rule_count;
    bool ends_sentence : 1, marked : 1;
    bool begins_label : 1;      /* one of them is a label or a block of its own */
};

struct nf_known_lines;

struct nf_stripper {
    const struct nf_rules *rules;       /* borrowed; other strippers may use them at the same time */
    uint32_t kept_categories;   /* a bit for each category that stays */
    bool rules_only;            /* leave aside what is known by structure */

    struct nf_matcher matcher;  /* made with the first document */
    enum nf_cpu cpu;            /* found with it */
    struct nf_known_lines *known;       /* short lines met before, with their facts */
    struct nf_plain_line line;
    struct nf_line_facts *facts;
    size_t capacity;
};

void nf_stripper_release(struct nf_stripper *stripper);

/*
 * Mark boilerplate.
 *
 * in      document: paragraphs, all kept
 * out     verdict, category, rule, opens_quote and closes_quote of those that a rule holds for
 * fails   never; a rule that runs into a limit holds for nothing
 */
void nf_strip(struct nf_stripper *stripper, struct nf_document *document);

#endif
