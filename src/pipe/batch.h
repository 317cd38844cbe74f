/*
 * batch.h: what is handed from the feeding thread to a worker and back: documents, and the bytes they view.
 * Used by the pipe files.
 */
#ifndef NEWSFOLD_PIPE_BATCH_H
#define NEWSFOLD_PIPE_BATCH_H

#include <newsfold/pipeline.h>

#include "base/buf.h"
#include "text/words.h"

/* An input while anything of it is on its way. */
struct nf_open_input {
    struct nf_open_input *next; /* the one that began after it */
    struct nf_input input;
    char *name;                 /* owned; input.name views it */
    struct nf_counts counts;    /* of this input */
    uint64_t feeds;             /* of its text, as far as it is finished: what lines are counted by */
    bool stopped;               /* at a record that could not be read: nothing more of it is done */
};

/* Inputs begin and end at their place among the documents, and what is wrong with them stands there too. */
enum nf_entry_kind {
    NF_ENTRY_BEGIN, NF_ENTRY_TEXT, NF_ENTRY_PAGE, NF_ENTRY_JSONL, NF_ENTRY_WARC,
    NF_ENTRY_PART,              /* of a JSONL record that is too long to be read */
    NF_ENTRY_PROBLEM, NF_ENTRY_END
};

struct nf_entry {
    enum nf_entry_kind kind;
    struct nf_open_input *input;
    struct nf_document document;
    size_t from;                /* where its bytes begin in the batch's text or records */
    struct nf_buf bytes;        /* a page: as they came */
    struct nf_buf own_text;     /* a page, a record: that its paragraphs view */
    struct nf_buf known_as;     /* a record: that its id and url view */
    struct nf_record record;
    uint64_t offset;            /* a record: of its first byte in the input */
    uint64_t skipped;           /* END: records that were cut out of nothing but their headers */
    struct nf_error *problem;   /* NULL: none */
    bool of_record;             /* PROBLEM: not of the input as a whole */
    bool continues;             /* PART: of the same line */
    bool damaged;               /* WARC: the record is cut short, which was told */
    bool blank;                 /* JSONL: a line without a record */
    bool no_document;           /* a record: it holds none */
    bool page;                  /* what it holds is HTML */
    struct nf_words words;
    uint64_t replaced;          /* ill-formed places that became U+FFFD */
    bool flat;                  /* a page: could not be parsed */
    bool empty;                 /* a page: has no text */
};

#define NF_BATCH_SPARES 4

struct nf_batch {
    struct nf_buf text;         /* that its text documents view */
    struct nf_buf records;      /* that its records view */
    struct nf_entry *entry;     /* the memory of former ones is used again */
    size_t count, capacity;
    size_t page_len;            /* bytes of its pages */
    struct nf_buf spare[NF_BATCH_SPARES];   /* memory of pages that were read, for those to come */
    size_t spares;
};

/* Keep a page's memory, if it is not much. out  bytes: nothing */
void nf_batch_keep(struct nf_batch *batch, struct nf_buf *bytes);

/* Memory that was kept, or nothing. The caller's */
struct nf_buf nf_batch_take(struct nf_batch *batch);

/* A new entry, empty but for the memory it had. lives: until the next one is added */
struct nf_entry *nf_batch_add(struct nf_batch *batch, enum nf_entry_kind kind, struct nf_open_input *input);

/* Forget the entries, keep their memory as far as it is not much. */
void nf_batch_reset(struct nf_batch *batch);
void nf_batch_release(struct nf_batch *batch);

#endif
