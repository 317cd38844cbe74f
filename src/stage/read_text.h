/*
 * read_text.h: bytes of text in, documents out.
 * Used by the pipeline.
 */
#ifndef NEWSFOLD_STAGE_READ_TEXT_H
#define NEWSFOLD_STAGE_READ_TEXT_H

#include <newsfold/document.h>
#include <newsfold/status.h>

#include "adapt/regex.h"
#include "base/buf.h"
#include "text/utf8.h"

/* Takes a document without paragraphs. lives: its bytes, until the reader is fed again or its text is taken */
typedef void nf_put_document(void *context, const struct nf_document *document);

struct nf_text_reader {
    /* set by the owner */
    nf_put_document *put;
    void *context;
    uint64_t max_document;              /* bytes */
    struct nf_regex *separator;         /* NULL: form feeds only */
    struct nf_document document;        /* the next one, as far as it is known */

    /* the reader's own */
    struct nf_decoder decoder;
    struct nf_buf text;                 /* decoded, of one input after the other */
    size_t start;                       /* bytes of `text` that were put */
    size_t scanned;                     /* bytes past `start` that hold no document's end */
};

/* Begin an input. in  name: lives as long as the run */
void nf_text_reader_start(struct nf_text_reader *reader, const char *name);

/*
 * Blocks of any size; the documents do not depend on the sizes.
 *
 * out     every document that is whole is put
 */
void nf_text_reader_feed(struct nf_text_reader *reader, const char *bytes, size_t len);

/* Where the next block may be put, so that it is not copied, or NULL. lives: until the reader is fed or its text taken */
char *nf_text_reader_room(struct nf_text_reader *reader, size_t len);

/* The input is over: its last document is put. An empty input is no document. */
void nf_text_reader_finish(struct nf_text_reader *reader);

/*
 * Take the text of all documents that were put since it was taken last, for the views of them.
 *
 * in      text: empty; its memory is used for what follows
 */
void nf_text_reader_take(struct nf_text_reader *reader, struct nf_buf *text);
void nf_text_reader_release(struct nf_text_reader *reader);

#endif
