/*
 * read_http.h: an HTTP response as a crawler kept it.
 * Used by the WARC reader.
 */
#ifndef NEWSFOLD_STAGE_READ_HTTP_H
#define NEWSFOLD_STAGE_READ_HTTP_H

#include <newsfold/document.h>
#include <newsfold/status.h>

#include "base/buf.h"

struct nf_http {
    unsigned status;
    struct nf_span type, transfer, encoding;    /* Content-Type, Transfer-Encoding, Content-Encoding */
    struct nf_span body;                        /* as it was sent */
};

/* Read a response's head. fails: false where there is none. lives: views of the response */
bool nf_http_read(struct nf_span response, struct nf_http *http);

/*
 * The body, without chunks and unpacked.
 *
 * out     body: added
 * fails   NF_EREAD for an encoding that cannot be undone, or as nf_inflate_all; what could be had was added
 */
NF_MUST_CHECK enum nf_status nf_http_body(const struct nf_http *http, uint64_t max_expansion, uint64_t max_body,
                                          struct nf_buf *body, struct nf_error *error);

#endif
