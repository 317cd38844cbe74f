/*
 * write.h: what every writer is given, and the writers.
 * Used by the pipeline.
 */
#ifndef NEWSFOLD_STAGE_WRITE_H
#define NEWSFOLD_STAGE_WRITE_H

#include <newsfold/document.h>
#include <newsfold/rules.h>
#include <newsfold/status.h>

#include "base/buf.h"

/* The name and the number within its input of each document of the run; for places in earlier documents. */
struct nf_titles {
    char **name;                /* owned by whoever fills it */
    size_t count, capacity;
};

/* Output is handed on in pieces of at least this. */
#define NF_WRITE_LEN ((size_t)256 << 10)

struct nf_writer {
    struct nf_buf out;          /* what was written and not taken yet */
    enum nf_status (*take)(void *context);      /* takes it while a long document is written; NULL: nobody does */
    void *context;
    enum nf_status status;      /* of the last take: after one that failed nobody takes any more */
    const struct nf_rules *rules;
    const struct nf_titles *titles;
    bool color;
    const char *text_field, *url_field;         /* of objects */

    bool wrote;                 /* anything at all */
    bool blank;                 /* a blank line is due before the next paragraph */
    bool in_line;               /* the last one was unfinished */
    bool line_end;              /* of an object's text: one is held back */
    uint64_t boilerplate, repeats;      /* of the object that is being written: paragraphs that went */
    struct nf_buf text;         /* for a while: what goes into it */

    bool headed;                /* diff: the input was named */
    uint64_t old_lines, new_lines;      /* diff: of the input, of its output, so far */
    uint64_t old_end;           /* diff: bytes of the input so far */
};

/* What comes is another output's beginning. */
void nf_writer_restart(struct nf_writer *writer);

/* Between two paragraphs: the output of a large document is never held whole. */
void nf_writer_pass_on(struct nf_writer *writer);

/* Paragraphs that stay, as they were, in their order; a blank line between documents. */
void nf_write_clean(struct nf_writer *writer, const struct nf_document *document);

/*
 * A record of JSONL as it came, but for the paragraphs of its text that went; what stays keeps its escapes.
 *
 * in      document: with its record, split from the record's text
 */
void nf_write_record(struct nf_writer *writer, const struct nf_document *document);

/* Bytes as they came, on a line of their own unless they continue what was written last. */
void nf_write_raw(struct nf_writer *writer, struct nf_span bytes, bool continues);

/* The clean text as a JSON object on a line, with where it came from and how many paragraphs went. */
void nf_write_object(struct nf_writer *writer, const struct nf_document *document);

/* Every paragraph with its verdict and why, for people. */
void nf_write_explain(struct nf_writer *writer, const struct nf_document *document);

/* The same as one JSON object a line, with the whole text. */
void nf_write_explain_jsonl(struct nf_writer *writer, const struct nf_document *document);

/* A unified diff from the document to its clean text; for pages from the text of all their paragraphs. */
void nf_write_diff(struct nf_writer *writer, const struct nf_document *document);

/* Paragraphs that went, as they were; a blank line between documents. */
void nf_write_removed(struct nf_writer *writer, const struct nf_document *document);

#endif
