/*
 * html.h: HTML parsed into events.
 * Used by the page stage; the only door to libxml2.
 */
#ifndef NEWSFOLD_ADAPT_HTML_H
#define NEWSFOLD_ADAPT_HTML_H

#include <newsfold/document.h>
#include <newsfold/status.h>

/* `offset`: bytes of the markup read so far. Every open has its close. */
struct nf_html_events {
    /* in  attributes: name, value, name, value, ..., NULL; or NULL. A value may be NULL */
    void (*open)(void *context, const char *name, const char *const *attributes, size_t offset);
    void (*close)(void *context, const char *name);
    void (*text)(void *context, struct nf_span text, size_t offset);
};

/* Elements nested deeper end the parse. Browsers stop at 512. */
#define NF_HTML_DEPTH_MAX 600

/*
 * Parse a page, all at once.
 *
 * in      markup: valid UTF-8 without NUL; what nf_markup_read gives
 * out     events, as libxml2's SAX interface has them: elements that HTML leaves open are closed
 * fails   NF_ELIMIT when it is too deep or too long, NF_EREAD when libxml2 is not there or gave up; events
 *         may have come before that
 * cost    libxml2 is loaded at the first call of the process: linked, it would slow the start of runs that
 *         read only text
 * source  libxml2 2.9 to 2.15, htmlParseDocument on the whole page with an own handler; its push parser gives other text for
 *         other block sizes, its tree loses text in deep pages
 */
NF_MUST_CHECK enum nf_status nf_html_parse(struct nf_span markup, const struct nf_html_events *events, void *context,
                                           struct nf_error *error);

/* The version of the library that pages would be read with, or "not found". lives: for ever */
const char *nf_html_version(void);

#endif
