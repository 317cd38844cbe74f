/*
 * write.h: what every writer is given, and the writers.
 * Used by the pipeline.
 */
#ifndef NEWSFOLD_STAGE_WRITE_H
#define NEWSFOLD_STAGE_WRITE_H

#include <newsfold/document.h>
#include <newsfold/rules.h>

#include "base/buf.h"

/* The name and the number within its input of each document of the run; for places in earlier documents. */
struct nf_titles {
    char **name;                /* owned by whoever fills it */
    size_t count, capacity;
};

struct nf_writer {
    struct nf_buf out;          /* what was written and not taken yet */
    const struct nf_rules *rules;
    const struct nf_titles *titles;
    bool color;

    bool wrote;                 /* anything at all */
    bool blank;                 /* a blank line is due before the next paragraph */
    bool in_line;               /* the last one was unfinished */
};

/* What comes is another output's beginning. */
void nf_writer_restart(struct nf_writer *writer);

/* Paragraphs that stay, as they were, in their order; a blank line between documents. */
void nf_write_clean(struct nf_writer *writer, const struct nf_document *document);

/* Every paragraph with its verdict and why, for people. */
void nf_write_explain(struct nf_writer *writer, const struct nf_document *document);

/* The same as one JSON object a line, with the whole text. */
void nf_write_explain_jsonl(struct nf_writer *writer, const struct nf_document *document);

#endif
