/*
 * test_read_warc.c: what a WARC record holds, with HTTP in it and without.
 */
#include "stage/read_warc.h"

#include <stdio.h>

#include "test.h"

#define HTML "Content-Type: text/html; charset=\"ISO-8859-2\"\r\n"
#define OK "HTTP/1.1 200 OK\r\n"

static const struct {
    const char *name, *type, *media, *block;
    enum nf_warc_content content;
    const char *body, *charset;
    enum nf_status status;
} records[] = {
    {"a page", "response", "application/http; msgtype=response", OK HTML "\r\n<p>x", NF_WARC_PAGE, "<p>x", "ISO-8859-2", NF_OK},
    {"text", "response", "application/http", OK "content-type:text/plain\n\nx", NF_WARC_TEXT, "x", "", NF_OK},
    {"a picture", "response", "application/http", OK "Content-Type: image/png\r\n\r\nx", NF_WARC_SKIP, "", "", NF_OK},
    {"not found", "response", "application/http", "HTTP/1.0 404 No\r\n" HTML "\r\nx", NF_WARC_SKIP, "", "", NF_OK},
    {"no type, a page", "response", "application/http", OK "\r\n<html>x", NF_WARC_PAGE, "<html>x", "", NF_OK},
    {"no type, text", "response", "application/http", OK "\r\nx", NF_WARC_TEXT, "x", "", NF_OK},
    {"no HTTP", "response", "application/http", "<p>x", NF_WARC_SKIP, "", "", NF_ESYNTAX},
    {"chunks", "response", "application/http", OK HTML "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n",
     NF_WARC_PAGE, "abc0123456789", "ISO-8859-2", NF_OK},
    {"chunks cut short", "response", "application/http", OK HTML "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA\r\n01",
     NF_WARC_PAGE, "abc01", "ISO-8859-2", NF_OK},
    {"chunks that were joined", "response", "application/http", OK HTML "Transfer-Encoding: chunked\r\n\r\n<p>abc",
     NF_WARC_PAGE, "<p>abc", "ISO-8859-2", NF_OK},
    {"unpacked already", "response", "application/http", OK HTML "Content-Encoding: gzip\r\n\r\n<p>abc",
     NF_WARC_PAGE, "<p>abc", "ISO-8859-2", NF_OK},
    {"brotli", "response", "application/http", OK HTML "Content-Encoding: br\r\n\r\nabc", NF_WARC_PAGE, "", "ISO-8859-2", NF_EREAD},
    {"conversion", "conversion", "text/plain", "x", NF_WARC_TEXT, "x", "", NF_OK},
    {"resource", "resource", "text/html", "<p>x", NF_WARC_PAGE, "<p>x", "", NF_OK},
    {"resource that is code", "resource", "application/json", "{}", NF_WARC_SKIP, "", "", NF_OK},
};

static void check_record(size_t i, struct nf_buf *record, struct nf_buf *body)
{
    char head[300];
    struct nf_warc_header header;
    enum nf_warc_content content;
    struct nf_span charset;
    int len = snprintf(head, sizeof head, "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: <http://a.example/>\r\n"
                       "Content-Type: %s\r\nContent-Length: %zu\r\n\r\n", records[i].type, records[i].media,
                       strlen(records[i].block));
    record->len = body->len = 0;
    nf_buf_add(record, head, (size_t)len);
    nf_buf_add_text(record, records[i].block);
    struct nf_warc_limits limits = {200, 1000};
    enum nf_status status = nf_warc_read(nf_buf_span(record), &limits, &header, &content, &charset, body, NULL);
    CHECK(status == records[i].status, "%s", nf_status_text(status));
    CHECK(content == records[i].content, "content %d", (int)content);
    CHECK_TEXT(nf_buf_span(body), records[i].body);
    CHECK_TEXT(charset, records[i].charset);
    CHECK_TEXT(header.uri, "http://a.example/");
    CHECK(nf_warc_is_wanted(&header), "wanted");
}

void test_read_warc(void)
{
    struct nf_buf record = {0}, body = {0};
    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        test_begin("read_warc: %s", records[i].name);
        check_record(i, &record, &body);
    }
    nf_buf_release(&record);
    nf_buf_release(&body);
}
