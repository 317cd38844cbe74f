/*
 * charset.h: a page's bytes, in whatever encoding, into valid UTF-8.
 * Used by the page reader; text inputs go through utf8.h alone.
 */
#ifndef NEWSFOLD_TEXT_CHARSET_H
#define NEWSFOLD_TEXT_CHARSET_H

#include <stdint.h>

#include "base/buf.h"

/*
 * Decode a page. In this order: a byte order mark; bytes that are valid UTF-8 and not plain ASCII, whatever
 * the page says; what it was sent as; what the page declares near its start; windows-1252.
 *
 * in      page: all of it; it is left undefined, since its memory may become out's; sent: the charset that HTTP named, or nothing
 * out     out: replaced, valid UTF-8
 *         gives the number of ill-formed places that became U+FFFD
 * source  Encoding Standard (WHATWG) for labels, HTML Standard 13.2.3.2 for where a page declares
 */
uint64_t nf_charset_decode(struct nf_buf *page, struct nf_span sent, struct nf_buf *out);

/* in  byte: 0x80 to 0x9F. gives what windows-1252 has there; browsers read references like &#151; so */
uint32_t nf_charset_windows_1252(unsigned char byte);

#endif
