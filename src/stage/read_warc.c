/*
 * read_warc.c: headers of WARC records.
 * Used by the record reader and the pipeline.
 */
#include "stage/read_warc.h"

#include <strings.h>

#include "stage/read_fields.h"
#include "stage/read_format.h"
#include "stage/read_http.h"

static const char magic[] = "WARC/";
#define MAGIC_LEN (sizeof magic - 1)

enum nf_warc_found nf_warc_find_header(struct nf_span bytes, struct nf_warc_header *header, size_t *header_len)
{
    size_t len = bytes.len < MAGIC_LEN ? bytes.len : MAGIC_LEN;
    if (memcmp(bytes.data, magic, len) != 0)
        return NF_WARC_WRONG;
    struct nf_span head = nf_fields_head(bytes, NF_WARC_HEADER_MAX);
    if (!head.len)
        return bytes.len < NF_WARC_HEADER_MAX ? NF_WARC_UNFINISHED : NF_WARC_WRONG;
    struct nf_span length = nf_fields_get(head, "Content-Length");
    *header = (struct nf_warc_header){.type = nf_fields_get(head, "WARC-Type"),
                                      .uri = nf_fields_get(head, "WARC-Target-URI"),
                                      .content_type = nf_fields_get(head, "Content-Type"),
                                      .id = nf_fields_get(head, "WARC-Record-ID")};
    if (header->uri.len > 1 && header->uri.data[0] == '<' && header->uri.data[header->uri.len - 1] == '>')
        header->uri = nf_span(header->uri.data + 1, header->uri.len - 2);
    *header_len = head.len;
    return nf_fields_number(length, 10, &header->length) ? NF_WARC_FOUND : NF_WARC_WRONG;
}

static bool is(struct nf_span value, const char *text)
{
    return value.len == strlen(text) && strncasecmp(value.data, text, value.len) == 0;
}

bool nf_warc_is_wanted(const struct nf_warc_header *header)
{
    return is(header->type, "response") || is(header->type, "resource") || is(header->type, "conversion");
}

size_t nf_warc_next(struct nf_span bytes, bool last, bool *found)
{
    size_t at = 0;
    const char *end;
    *found = false;
    while ((end = memchr(bytes.data + at, '\n', bytes.len - at))) {
        size_t line = (size_t)(end - bytes.data) + 1;
        if (bytes.len - line < MAGIC_LEN && !last)
            return line - 1;
        if (bytes.len - line >= MAGIC_LEN && memcmp(bytes.data + line, magic, MAGIC_LEN) == 0)
            return *found = true, line;
        at = line;
    }
    return bytes.len;
}

/* What a media type says; true where it says anything. */
static bool type_says(struct nf_span type, enum nf_warc_content *content)
{
    struct nf_span name = nf_fields_first_word(type);
    bool page = is(name, "text/html") || is(name, "application/xhtml+xml"), text = is(name, "text/plain");
    *content = page ? NF_WARC_PAGE : text ? NF_WARC_TEXT : NF_WARC_SKIP;
    return name.len && !is(name, "application/octet-stream") && !is(name, "unknown/unknown");
}

static enum nf_warc_content bytes_say(struct nf_span body)
{
    size_t len = body.len < NF_SNIFF_LEN ? body.len : NF_SNIFF_LEN;
    if (!len || memchr(body.data, '\0', len))
        return NF_WARC_SKIP;
    return nf_bytes_look(body, true) == NF_LOOKS_LIKE_HTML ? NF_WARC_PAGE : NF_WARC_TEXT;
}

enum nf_status nf_warc_read(struct nf_span record, const struct nf_warc_limits *limits, struct nf_warc_header *header,
                            enum nf_warc_content *content, struct nf_span *charset, struct nf_buf *body,
                            struct nf_error *error)
{
    size_t header_len = 0;
    *content = NF_WARC_SKIP;
    *charset = nf_span("", 0);
    if (nf_warc_find_header(record, header, &header_len) != NF_WARC_FOUND)
        return nf_fail(error, NF_ESYNTAX, 0, "no WARC header");
    struct nf_span block = nf_span(record.data + header_len, record.len - header_len);
    struct nf_http http = {.type = header->content_type, .body = block};
    if (is(header->type, "response") && is(nf_fields_first_word(header->content_type), "application/http")
        && !nf_http_read(block, &http))
        return nf_fail(error, NF_ESYNTAX, 0, "a response without an HTTP header");
    if (http.status && (http.status < 200 || http.status > 299))
        return NF_OK;
    bool says = type_says(http.type, content);
    if (says && *content == NF_WARC_SKIP)
        return NF_OK;
    *charset = nf_fields_parameter(http.type, "charset");
    size_t before = body->len;
    enum nf_status status = nf_http_body(&http, limits->max_expansion, limits->max_body, body, error);
    if (!says)
        *content = bytes_say(nf_span(nf_buf_span(body).data + before, body->len - before));
    return status;
}
