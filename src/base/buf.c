/*
 * buf.c: growing bytes.
 * Used everywhere text is kept.
 */
#include "base/buf.h"

#include "base/alloc.h"

void nf_buf_release(struct nf_buf *buf)
{
    nf_free(buf->data);
    *buf = (struct nf_buf){0};
}

char *nf_buf_reserve(struct nf_buf *buf, size_t more)
{
    buf->data = nf_grow(buf->data, &buf->capacity, buf->len + more + 1, 1);     /* + 1: never NULL afterwards */
    return buf->data + buf->len;
}

void nf_buf_fit(struct nf_buf *buf)
{
    if (!buf->data)
        return;
    buf->capacity = buf->len + 1;
    buf->data = nf_realloc(buf->data, buf->capacity, 1);
}

void nf_buf_add(struct nf_buf *buf, const char *bytes, size_t len)
{
    if (!len)
        return;
    memcpy(nf_buf_reserve(buf, len), bytes, len);
    buf->len += len;
}

void nf_buf_add_text(struct nf_buf *buf, const char *text)
{
    nf_buf_add(buf, text, strlen(text));
}

void nf_buf_add_char(struct nf_buf *buf, char c)
{
    *nf_buf_reserve(buf, 1) = c;
    buf->len++;
}

void nf_buf_drop(struct nf_buf *buf, size_t len)
{
    buf->len -= len;
    if (len && buf->len)
        memmove(buf->data, buf->data + len, buf->len);
}
