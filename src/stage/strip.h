/*
 * strip.h: marking what forum engines and news sites leave around texts.
 * Used by the pipeline, after split or page and before digest_keys.
 */
#ifndef NEWSFOLD_STAGE_STRIP_H
#define NEWSFOLD_STAGE_STRIP_H

#include <newsfold/document.h>

#include "rules/matcher.h"

/* What a line looks like, besides its length; strip_model.c weighs these. */
enum nf_trait {
    NF_TRAIT_DIGIT = 1 << 0,
    NF_TRAIT_DIGITS = 1 << 1,           /* more than a quarter of it */
    NF_TRAIT_COLON = 1 << 2,            /* at its end */
    NF_TRAIT_QUESTION = 1 << 3,
    NF_TRAIT_LOWER_START = 1 << 4,
    NF_TRAIT_TITLE = 1 << 5,            /* most words begin with a capital */
    NF_TRAIT_LOWER = 1 << 6,            /* most do not */
    NF_TRAIT_UPPER = 1 << 7,            /* no small letter at all */
    NF_TRAIT_GLUED = 1 << 8,            /* wordsGlued like that */
    NF_TRAIT_DIVIDED = 1 << 9,          /* | or an arrow between parts */
    NF_TRAIT_ADDRESS = 1 << 10,         /* of a page or a mailbox */
    NF_TRAIT_COMMA = 1 << 11,
    NF_TRAIT_QUOTED = 1 << 12,
    NF_TRAIT_REPEATED = 1 << 13         /* the same line stands elsewhere in the document */
};

/* What strip keeps of a line while it looks at the neighbours. */
struct nf_line_facts {
    uint64_t categories;        /* a bit for each category of a rule whose pattern matched */
    uint32_t words, chars;
    uint16_t rules[4];          /* the first rules whose pattern matched */
    uint32_t traits;            /* of enum nf_trait; after nf_strip_complete only */
    uint8_t rule_count;
    bool read : 1;              /* the line was looked at: no page had spoken, and it is not too long */
    bool ends_sentence : 1, marked : 1;
    bool begins_label : 1;      /* one of them is a label or a block of its own */
};

struct nf_known_line;

struct nf_stripper {
    const struct nf_rules *rules;       /* borrowed; other strippers may use them at the same time */
    uint32_t kept_categories;   /* a bit for each category that stays */
    bool rules_only;            /* leave aside what is known by structure */

    struct nf_matcher matcher;  /* made with the first document */
    struct nf_known_line *known;        /* short lines met before, with their facts */
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

/* Adds to the facts of a document that was stripped what only dumps need: the traits. */
void nf_strip_complete(struct nf_stripper *stripper, const struct nf_document *document);

#endif
