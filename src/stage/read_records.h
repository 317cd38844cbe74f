/*
 * read_records.h: bytes of JSONL or WARC in, whole records out, unread.
 * Used by the pipeline. Cutting is cheap and done in order; reading the records is not, and any thread does it.
 */
#ifndef NEWSFOLD_STAGE_READ_RECORDS_H
#define NEWSFOLD_STAGE_READ_RECORDS_H

#include <newsfold/document.h>
#include <newsfold/status.h>

#include "base/buf.h"

enum nf_records { NF_RECORDS_JSONL, NF_RECORDS_WARC };

enum nf_cut_kind {
    NF_CUT_RECORD,              /* a line with its end; a WARC record from its version to the end of its body */
    NF_CUT_PART,                /* part of a line that is too long to be a record */
    NF_CUT_ERROR                /* no bytes: what is wrong here */
};

struct nf_cut {
    enum nf_cut_kind kind;
    struct nf_span bytes;       /* lives: until the reader is fed again or its bytes are taken */
    uint64_t number;            /* of the record, from 1; of a line, blank ones counted */
    uint64_t offset;            /* of its first byte in the input */
    bool damaged;               /* a record that is cut short: an error before it said so */
    struct nf_error error;
};

typedef void nf_put_cut(void *context, const struct nf_cut *cut);

struct nf_record_reader {
    /* set by the owner */
    nf_put_cut *put;
    void *context;
    uint64_t max_record;        /* bytes */

    /* the reader's own */
    enum nf_records kind;
    struct nf_buf bytes;        /* of one input after the other */
    size_t start;               /* of them that were put */
    size_t scanned;             /* past `start` that hold no end */
    uint64_t offset;            /* of `start` in the input */
    uint64_t number;            /* records so far */
    uint64_t skipped;           /* WARC: of them, those of kinds that hold no page */
    bool in_part;               /* JSONL: of a line that is too long, parts were put */
    uint64_t skip;              /* WARC: bytes of a body to pass over */
    bool damaged;               /* WARC: the record at hand is cut short */
    bool lost;                  /* WARC: looking for where the next record begins */
};

/* Begin an input. */
void nf_record_reader_start(struct nf_record_reader *reader, enum nf_records kind);

/* Blocks of any size; what is put does not depend on the sizes, but for where parts are cut. */
void nf_record_reader_feed(struct nf_record_reader *reader, const char *bytes, size_t len);

/* The input is over: what is left is put. */
void nf_record_reader_finish(struct nf_record_reader *reader);

/* As nf_text_reader_take. */
void nf_record_reader_take(struct nf_record_reader *reader, struct nf_buf *bytes);
void nf_record_reader_release(struct nf_record_reader *reader);

#endif
