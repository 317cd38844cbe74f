/*
 * learn.h: lines that recur over many documents of one site, written as rules.
 * Used by the pipeline, after fold, instead of a writer.
 */
#ifndef NEWSFOLD_STAGE_LEARN_H
#define NEWSFOLD_STAGE_LEARN_H

#include <newsfold/document.h>

#include "base/buf.h"
#include "base/table.h"
#include "text/plain_line.h"

/* A line by its plain form. */
struct nf_recurring {
    uint64_t key;               /* of its plain form */
    struct nf_span text;        /* plain; owned, from the second document on that has it */
    char *example;              /* name of that document; owned */
    uint32_t documents, times;
    uint64_t last;              /* the document that it was counted in last */
    uint64_t neighbour[2];      /* the line before and after that most have, by vote */
    uint32_t votes[2];
    uint32_t in_prose;          /* times it stood between paragraphs of prose */
    uint32_t in_copies;         /* times it belonged to a copy that was folded */
};

struct nf_learner {
    struct nf_table known;      /* plain lines to places in `line` */
    struct nf_recurring *line;
    size_t count, capacity;
    uint64_t documents;
    struct nf_plain_line plain;
    uint64_t *key;              /* of the document at hand, for each paragraph */
    size_t key_capacity;
};

void nf_learner_init(struct nf_learner *learner);
void nf_learner_release(struct nf_learner *learner);

/* in  document: with its verdicts */
void nf_learn_document(struct nf_learner *learner, const struct nf_document *document);

/*
 * What recurs, as the text of a rule file, most frequent lines first.
 *
 * A line is chrome when it stands in at least a tenth of the documents and in four of them, most times next to the
 * same line, and that one next to it (a menu or a footer has an order, what people say has none), never in a copy of an
 * article, and not between paragraphs of prose, as a heading is.
 */
void nf_learned_rules(const struct nf_learner *learner, struct nf_buf *out);

#endif
