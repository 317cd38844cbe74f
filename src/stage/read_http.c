/*
 * read_http.c: HTTP responses.
 * Used by the WARC reader.
 */
#include "stage/read_http.h"

#include <strings.h>

#include "adapt/inflate.h"
#include "stage/read_fields.h"

/* Crawlers keep what servers send, and servers send long cookies. */
#define HEAD_MAX ((size_t)256 << 10)

bool nf_http_read(struct nf_span response, struct nf_http *http)
{
    uint64_t status;
    if (response.len < 12 || memcmp(response.data, "HTTP/", 5) != 0)
        return false;
    struct nf_span head = nf_fields_head(response, HEAD_MAX);
    const char *blank = memchr(response.data, ' ', 10);
    if (!head.len || !blank || (size_t)(blank - response.data) + 4 > head.len
        || !nf_fields_number(nf_span(blank + 1, 3), 10, &status))
        return false;
    *http = (struct nf_http){
        .status = (unsigned)status,
        .type = nf_fields_get(head, "Content-Type"),
        .transfer = nf_fields_get(head, "Transfer-Encoding"),
        .encoding = nf_fields_get(head, "Content-Encoding"),
        .body = nf_span(response.data + head.len, response.len - head.len),
    };
    return true;
}

static bool is(struct nf_span value, const char *text)
{
    return value.len == strlen(text) && strncasecmp(value.data, text, value.len) == 0;
}

/* The chunk at *at: its bytes, and *at moves past it. fails: false where none begins; one cut short is what there is */
static bool take_chunk(struct nf_span body, size_t *at, struct nf_span *chunk)
{
    struct nf_span rest = nf_span(body.data + *at, body.len - *at);
    const char *end = memchr(rest.data, '\n', rest.len < 256 ? rest.len : 256);
    uint64_t len;
    if (!end)
        return false;
    struct nf_span line = nf_fields_first_word(nf_span(rest.data, (size_t)(end - rest.data)));
    if (!nf_fields_number(line, 16, &len))
        return false;
    size_t from = (size_t)(end - rest.data) + 1;
    *chunk = nf_span(rest.data + from, len < rest.len - from ? (size_t)len : rest.len - from);
    *at += from + chunk->len;
    *at += *at < body.len && body.data[*at] == '\r';
    *at += *at < body.len && body.data[*at] == '\n';
    return true;
}

/* A body that is not in chunks is left as it is. gives back whether it was */
static bool join_chunks(struct nf_span body, struct nf_buf *joined)
{
    struct nf_span chunk;
    size_t at = 0;
    if (!take_chunk(body, &at, &chunk))
        return false;
    while (chunk.len) {
        nf_buf_add(joined, chunk.data, chunk.len);
        if (at == body.len || !take_chunk(body, &at, &chunk))
            break;
    }
    return true;
}

/* How a body is packed: what its first bytes say counts more than what the header says. */
static enum nf_packing packing_of(struct nf_span encoding, struct nf_span body)
{
    const unsigned char *p = (const unsigned char *)body.data;
    if (is(encoding, "deflate") && body.len >= 2) {
        bool has_header = (p[0] & 0x0F) == 8 && (p[0] << 8 | p[1]) % 31 == 0;
        return has_header ? NF_PACKING_DEFLATE : NF_PACKING_DEFLATE_RAW;
    }
    return is(encoding, "identity") || !encoding.len ? NF_PACKING_NONE : nf_packing_of(body);
}

enum nf_status nf_http_body(const struct nf_http *http, uint64_t max_expansion, uint64_t max_body, struct nf_buf *body,
                            struct nf_error *error)
{
    struct nf_buf joined = {0};
    struct nf_span sent = http->body, encoding = nf_fields_first_word(http->encoding);
    if (is(nf_fields_first_word(http->transfer), "chunked") && join_chunks(sent, &joined))
        sent = nf_buf_span(&joined);
    enum nf_packing packing = packing_of(encoding, sent);
    enum nf_status status = NF_OK;
    if (is(encoding, "br"))
        status = nf_fail(error, NF_EREAD, 0, "the body is packed with brotli, which is not read");
    else if (packing != NF_PACKING_NONE)
        status = nf_inflate_all(packing, sent, max_expansion, max_body, body, error);
    else
        nf_buf_add(body, sent.data, sent.len);
    nf_buf_release(&joined);
    return status;
}
