/*
 * buf.h: an owned, growing run of bytes, and a borrowed view of one.
 * Used everywhere text is kept or passed on.
 */
#ifndef NEWSFOLD_BASE_BUF_H
#define NEWSFOLD_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <newsfold/document.h>

struct nf_buf {
    char *data;      /* NULL while nothing was ever added */
    size_t len;
    size_t capacity;
};

void nf_buf_release(struct nf_buf *buf);

/* Room for `more` bytes past the end; nothing is added. */
char *nf_buf_reserve(struct nf_buf *buf, size_t more);

/* Give back what is not in use. */
void nf_buf_fit(struct nf_buf *buf);

/* in  bytes: any content; must not point into buf */
void nf_buf_add(struct nf_buf *buf, const char *bytes, size_t len);
void nf_buf_add_text(struct nf_buf *buf, const char *text);
void nf_buf_add_char(struct nf_buf *buf, char c);

/* Forget the first `len` bytes and move the rest to the front. */
void nf_buf_drop(struct nf_buf *buf, size_t len);

static inline struct nf_span nf_span(const char *data, size_t len)
{
    return (struct nf_span){data, len};
}

static inline struct nf_span nf_buf_span(const struct nf_buf *buf)
{
    return nf_span(buf->data ? buf->data : "", buf->len);
}

/* The bytes from a text's start to the end of what it is a view of, or its own where it stands elsewhere. */
static inline size_t nf_span_readable(struct nf_span whole, struct nf_span text)
{
    uintptr_t from = (uintptr_t)whole.data, at = (uintptr_t)text.data;
    bool inside = at >= from && at - from <= whole.len && text.len <= whole.len - (at - from);
    return inside ? whole.len - (at - from) : text.len;
}

static inline bool nf_span_equal(struct nf_span a, struct nf_span b)
{
    return a.len == b.len && memcmp(a.data, b.data, a.len) == 0;
}

static inline bool nf_span_is(struct nf_span span, const char *text)
{
    return span.len == strlen(text) && memcmp(span.data, text, span.len) == 0;
}

#endif
