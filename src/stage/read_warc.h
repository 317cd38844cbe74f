/*
 * read_warc.h: what a WARC record says of itself, and the page or text in it.
 * Used by the pipeline.
 */
#ifndef NEWSFOLD_STAGE_READ_WARC_H
#define NEWSFOLD_STAGE_READ_WARC_H

#include <newsfold/document.h>
#include <newsfold/status.h>

#include "base/buf.h"

/* A longer header is none. */
#define NF_WARC_HEADER_MAX ((size_t)64 << 10)

struct nf_warc_header {
    uint64_t length;            /* of the body in bytes */
    struct nf_span type, uri, content_type, id;     /* views of the header; empty where it has none */
};

enum nf_warc_found { NF_WARC_FOUND, NF_WARC_UNFINISHED, NF_WARC_WRONG };

/*
 * Read the header at the start of `bytes`.
 *
 * out     header_len: where the body begins
 * source  ISO 28500:2009 and 2017 (WARC 1.0 and 1.1); lines may end without CR
 */
enum nf_warc_found nf_warc_find_header(struct nf_span bytes, struct nf_warc_header *header, size_t *header_len);

/* Whether such a record may hold a page or text: response, resource, conversion. */
bool nf_warc_is_wanted(const struct nf_warc_header *header);

/*
 * The next line that begins like a record.
 *
 * in      last: there is no more input; else the bytes at the end that may begin one are left
 * out     how many bytes to pass over; found: whether a record begins there
 */
size_t nf_warc_next(struct nf_span bytes, bool last, bool *found);

enum nf_warc_content { NF_WARC_SKIP, NF_WARC_TEXT, NF_WARC_PAGE };

struct nf_warc_limits {
    uint64_t max_expansion;     /* as for nf_inflater_new */
    uint64_t max_body;          /* bytes, unpacked */
};

/*
 * The page or text that a record holds.
 *
 * in      record: as the record reader cut it
 * out     header; body: added, unpacked; charset: what HTTP says, a view of the record
 *         SKIP: an answer other than 2xx, a picture, a script, ...: nothing was added
 * fails   NF_ESYNTAX, NF_ELIMIT, NF_EREAD: a body that cannot be unpacked; what could be had was added
 * source  RFC 9112: status line, header fields, chunks; crawlers leave Transfer-Encoding and Content-Encoding behind
 *         when they undo them, so a body that is not what they say is taken as it is
 */
NF_MUST_CHECK enum nf_status nf_warc_read(struct nf_span record, const struct nf_warc_limits *limits,
                                          struct nf_warc_header *header, enum nf_warc_content *content,
                                          struct nf_span *charset, struct nf_buf *body, struct nf_error *error);

#endif
