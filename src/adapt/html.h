/*
 * html.h: HTML parsed into events.
 * Used by the page stage; the only door to libxml2.
 */
#ifndef NEWSFOLD_ADAPT_HTML_H
#define NEWSFOLD_ADAPT_HTML_H

#include <newsfold/document.h>
#include <newsfold/status.h>

#include "base/buf.h"

/* `offset`: bytes of the markup read so far; of open, to the tag's '>'. Every open has its close. */
struct nf_html_events {
    /* in  attributes: name, value, name, value, ..., NULL; or NULL. A value may be NULL */
    void (*open)(void *context, const char *name, const char *const *attributes, size_t offset);
    void (*close)(void *context, const char *name);
    void (*text)(void *context, struct nf_span text, size_t offset);
};

/* The library, ready for any number of threads. */
struct nf_html;

/*
 * Load libxml2 and have it set up what its parsers share.
 *
 * out     html: for nf_html_free
 * fails   NF_EREAD when it is not there, or is not one that we know how to read; html is then NULL
 * cost    a millisecond, which is why runs that read only text do not call this
 */
NF_MUST_CHECK enum nf_status nf_html_new(struct nf_html **html, struct nf_error *error);

/* The library itself stays: it keeps memory of its own from call to call. in  html: may be NULL */
void nf_html_free(struct nf_html *html);

/* Elements nested deeper end the parse. Browsers stop at 512. */
#define NF_HTML_DEPTH_MAX 600

/*
 * Parse a page, all at once.
 *
 * in      html: may serve several threads at a time; NULL is one that is not there
 *         markup: valid UTF-8 without NUL; what nf_markup_read gives. The parser has a copy: the memory of much is given
 *         back, and the buffer then empty
 * out     events, as libxml2's SAX interface has them: elements that HTML leaves open are closed
 * fails   NF_ELIMIT when it is too deep or too long, NF_EREAD when libxml2 gave up; events may have come
 *         before that
 * source  libxml2 2.9 to 2.15, htmlParseDocument on the whole page with an own handler; its push parser gives other text for
 *         other block sizes, its tree loses text in deep pages
 */
NF_MUST_CHECK enum nf_status nf_html_parse(const struct nf_html *html, struct nf_buf *markup,
                                           const struct nf_html_events *events, void *context, struct nf_error *error);

/* The version of the library that pages would be read with, or "not found". lives: for ever */
const char *nf_html_version(void);

#endif
