/*
 * read_html.c: telling pages from text.
 * Used by the pipeline.
 */
#include "stage/read_html.h"

#include <strings.h>

#include "base/buf.h"

enum nf_looks_like nf_name_looks(const char *name)
{
    static const char *const pages[] = {".html", ".htm", ".xhtml", ".shtml", ".xht"};
    static const char *const texts[] = {".txt", ".text", ".md"};
    size_t len = strlen(name);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (len > strlen(pages[i]) && strcasecmp(name + len - strlen(pages[i]), pages[i]) == 0)
            return NF_LOOKS_LIKE_HTML;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (len > strlen(texts[i]) && strcasecmp(name + len - strlen(texts[i]), texts[i]) == 0)
            return NF_LOOKS_LIKE_TEXT;
    return NF_LOOKS_UNDECIDED;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* UTF-16 behind a mark, as far as ASCII goes. */
static size_t narrow(struct nf_span first, char text[NF_SNIFF_LEN])
{
    size_t len = 0, step = 1, at = 0;
    if (first.len >= 3 && memcmp(first.data, "\xEF\xBB\xBF", 3) == 0)
        at = 3;
    else if (first.len >= 2 && (memcmp(first.data, "\xFF\xFE", 2) == 0 || memcmp(first.data, "\xFE\xFF", 2) == 0))
        step = 2, at = first.data[0] == '\xFF' ? 2 : 3;
    for (; at < first.len && len < NF_SNIFF_LEN; at += step)
        text[len++] = first.data[at];
    return len;
}

static enum nf_looks_like tag_looks(const char *text, size_t len)
{
    static const char *const tags[] = {
        "!doctype html", "html", "head", "script", "iframe", "h1", "div", "font", "table", "a", "style", "title", "b",
        "body", "br", "p", "meta", "link", "article", "section", "main", "header", "span", "ul", "nav", "form",
    };
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        size_t tag = strlen(tags[i]);
        if (len > tag && strncasecmp(text, tags[i], tag) == 0 && (text[tag] == '>' || is_space(text[tag])))
            return NF_LOOKS_LIKE_HTML;
    }
    return NF_LOOKS_LIKE_TEXT;
}

enum nf_looks_like nf_bytes_look(struct nf_span first, bool whole)
{
    char text[NF_SNIFF_LEN];
    size_t len = narrow(first, text), at = 0;
    whole = whole || len == NF_SNIFF_LEN;
    while (at < len) {
        if (is_space(text[at])) {
            at++;
        } else if (len - at >= 4 && (memcmp(text + at, "<!--", 4) == 0 || memcmp(text + at, "<?xm", 4) == 0)) {
            char last = text[at + 1] == '!' ? '-' : '?';     /* a comment or an XML declaration says nothing yet */
            for (at += 4; at < len && !(text[at] == '>' && text[at - 1] == last); at++)
                ;
            if (at == len)
                return NF_LOOKS_LIKE_HTML;
            at++;
        } else if (text[at] != '<') {
            return NF_LOOKS_LIKE_TEXT;
        } else if (len - at < 20 && !whole) {
            return NF_LOOKS_UNDECIDED;
        } else {
            return tag_looks(text + at + 1, len - at - 1);
        }
    }
    return whole ? NF_LOOKS_LIKE_TEXT : NF_LOOKS_UNDECIDED;
}
