/*
 * html.c: libxml2's SAX interface, loaded when first needed.
 * Used by the page stage.
 */
#include "adapt/html.h"

#include <dlfcn.h>
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <limits.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"

/* The name that a program linked to the libxml2 of these headers would ask for. */
#ifndef NF_LIBXML2
#ifdef __APPLE__
#define NF_LIBXML2 (LIBXML_VERSION >= 21400 ? "libxml2.16.dylib" : "libxml2.2.dylib")
#else
#define NF_LIBXML2 (LIBXML_VERSION >= 21400 ? "libxml2.so.16" : "libxml2.so.2")
#endif
#endif

/* More than this is not kept for the next page. */
#define KEPT_CAPACITY ((size_t)1 << 20)

struct nf_html {
    void (*start)(void);
    htmlParserCtxtPtr (*new_context)(const char *, int);
    void (*free_context)(htmlParserCtxtPtr);
    int (*use_options)(htmlParserCtxtPtr, int);
    int (*switch_encoding)(xmlParserCtxtPtr, xmlCharEncoding);
    int (*parse)(htmlParserCtxtPtr);
    void (*free_document)(xmlDocPtr);
    void (*stop)(xmlParserCtxtPtr);
    const char *const *version;
    size_t past_tag;            /* bytes behind a tag's '>' that the parser has come to when it tells of it */
};

struct parse {
    const struct nf_html_events *events;
    void *context;
    const struct nf_html *library;
    htmlParserCtxtPtr parser;
    size_t depth;
    bool too_deep;
};

/* POSIX wants this cast to work; ISO C has no word for it. */
static bool find(void *handle, const char *name, void *function)
{
    void *found = dlsym(handle, name);
    memcpy(function, &found, sizeof found);
    return found != NULL;
}

/* Never closed: libxml2 keeps memory of its own from call to call. */
static bool load(struct nf_html *library)
{
    void *handle = dlopen(NF_LIBXML2, RTLD_NOW | RTLD_LOCAL);
    return handle && find(handle, "xmlInitParser", &library->start)
           && find(handle, "htmlCreateMemoryParserCtxt", &library->new_context)
           && find(handle, "htmlFreeParserCtxt", &library->free_context)
           && find(handle, "htmlCtxtUseOptions", &library->use_options)
           && find(handle, "xmlSwitchEncoding", &library->switch_encoding)
           && find(handle, "htmlParseDocument", &library->parse)
           && find(handle, "xmlFreeDoc", &library->free_document)
           && find(handle, "xmlStopParser", &library->stop)
           && find(handle, "xmlParserVersion", &library->version);
}

static size_t offset(const struct parse *parse)
{
    const xmlParserInput *input = parse->parser->input;
    return input ? (size_t)input->consumed + (size_t)(input->cur - input->base) : 0;
}

static void on_open(void *context, const xmlChar *name, const xmlChar **attributes)
{
    struct parse *parse = context;
    if (parse->too_deep)
        return;
    if (++parse->depth > NF_HTML_DEPTH_MAX) {
        parse->too_deep = true;
        parse->library->stop(parse->parser);
        return;
    }
    parse->events->open(parse->context, (const char *)name, (const char *const *)attributes,
                        offset(parse) - parse->library->past_tag);
}

static void on_close(void *context, const xmlChar *name)
{
    struct parse *parse = context;
    if (parse->too_deep)
        return;
    parse->depth -= parse->depth > 0;
    parse->events->close(parse->context, (const char *)name);
}

static void on_text(void *context, const xmlChar *text, int len)
{
    struct parse *parse = context;
    if (!parse->too_deep && len > 0)
        parse->events->text(parse->context, nf_span((const char *)text, (size_t)len), offset(parse));
}

/* Complaints about pages are no news. */
static void on_error(void *context, const char *format, ...)
{
    (void)context;
    (void)format;
}

/* The switch to UTF-8 comes before the parse: given to it, the encoding would have the page converted to itself. */
static enum nf_status parse_with(struct parse *parse)
{
    int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET
                  | HTML_PARSE_IGNORE_ENC;
    xmlSAXHandler *handler = parse->parser->sax;
    memset(handler, 0, sizeof *handler);
    handler->initialized = 1;
    handler->startElement = on_open;
    handler->endElement = on_close;
    handler->characters = handler->ignorableWhitespace = handler->cdataBlock = on_text;
    handler->error = handler->fatalError = handler->warning = on_error;
    parse->parser->userData = parse;
    parse->library->use_options(parse->parser, options);
    parse->library->switch_encoding(parse->parser, XML_CHAR_ENCODING_UTF8);
    parse->library->parse(parse->parser);
    if (parse->parser->myDoc)
        parse->library->free_document(parse->parser->myDoc);
    parse->parser->myDoc = NULL;
    if (parse->too_deep)
        return NF_ELIMIT;
    return parse->parser->errNo == XML_ERR_NO_MEMORY ? NF_EREAD : NF_OK;
}

static void note_paragraph(void *context, const char *name, const char *const *attributes, size_t at)
{
    (void)attributes;
    if (strcmp(name, "p") == 0)
        *(size_t *)context = at;
}

static void ignore_close(void *context, const char *name)
{
    (void)context;
    (void)name;
}

static void ignore_text(void *context, struct nf_span text, size_t at)
{
    (void)context;
    (void)text;
    (void)at;
}

/* Attributes are kept aside by the places of tags' ends. Some versions tell of a tag at its end, others behind it. */
static bool find_place(struct nf_html *html)
{
    static char text[] = "<html><body><p>text</p></body></html>";
    struct nf_buf markup = {.data = text, .len = sizeof text - 1};
    static const struct nf_html_events events = {note_paragraph, ignore_close, ignore_text};
    size_t end = (size_t)(strstr(text, ">text") - text), at = SIZE_MAX;
    enum nf_status status = nf_html_parse(html, &markup, &events, &at, NULL);
    html->past_tag = at - end;
    return status == NF_OK && html->past_tag <= 1;
}

enum nf_status nf_html_new(struct nf_html **html, struct nf_error *error)
{
    struct nf_html library;
    *html = NULL;
    if (!load(&library))
        return nf_fail(error, NF_EREAD, 0, "%s is not there to read pages with", NF_LIBXML2);
    library.start();
    library.past_tag = 0;
    if (!find_place(&library))
        return nf_fail(error, NF_EREAD, 0, "libxml2 %s does not tell where tags end",
                       *library.version);
    *html = nf_alloc(sizeof **html);
    **html = library;
    return NF_OK;
}

void nf_html_free(struct nf_html *html)
{
    nf_free(html);
}

enum nf_status nf_html_parse(const struct nf_html *html, struct nf_buf *markup, const struct nf_html_events *events,
                             void *context, struct nf_error *error)
{
    struct parse parse = {.events = events, .context = context, .library = html};
    if (!html)
        return nf_fail(error, NF_EREAD, 0, "%s is not there to read pages with", NF_LIBXML2);
    if (markup->len > INT_MAX / 2)
        return nf_fail(error, NF_ELIMIT, 0, "a page of more than a gigabyte");
    parse.parser = html->new_context(nf_buf_span(markup).data, (int)markup->len);
    if (!parse.parser)
        return nf_fail(error, NF_EREAD, 0, "libxml2 gives no parser");
    if (markup->capacity > KEPT_CAPACITY)
        nf_buf_release(markup);
    enum nf_status status = parse_with(&parse);
    html->free_context(parse.parser);
    if (status == NF_ELIMIT)
        return nf_fail(error, status, 0, "elements nested more than %d deep", NF_HTML_DEPTH_MAX);
    return status == NF_OK ? NF_OK : nf_fail(error, status, 0, "libxml2 gave up");
}

const char *nf_html_version(void)
{
    struct nf_html library;
    return load(&library) ? *library.version : "not found";
}
