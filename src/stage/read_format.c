/*
 * read_format.c: telling formats apart.
 * Used by the pipeline.
 */
#include "stage/read_format.h"

#include <strings.h>

#include "base/buf.h"
#include "stage/read_jsonl.h"

/* A first line longer than this is believed to be a record if it begins like one. */
#define LINE_LEN ((size_t)64 << 10)

static bool ends_with(const char *name, size_t len, const char *ending)
{
    size_t ending_len = strlen(ending);
    return len > ending_len && strncasecmp(name + len - ending_len, ending, ending_len) == 0;
}

/* What the name was before it was packed. */
static size_t unpacked_len(const char *name)
{
    static const char *const packings[] = {".gz", ".zst", ".zstd"};
    size_t len = strlen(name);
    for (size_t i = 0; i < sizeof packings / sizeof *packings; i++)
        if (ends_with(name, len, packings[i]))
            return len - strlen(packings[i]);
    return len;
}

/* The longest byte order mark. */
#define MARK_LEN 3

enum nf_looks_like nf_name_looks(const char *name)
{
    static const struct {
        const char *ending;
        enum nf_looks_like looks;
    } rows[] = {
        {".html", NF_LOOKS_LIKE_HTML}, {".htm", NF_LOOKS_LIKE_HTML}, {".xhtml", NF_LOOKS_LIKE_HTML},
        {".shtml", NF_LOOKS_LIKE_HTML}, {".xht", NF_LOOKS_LIKE_HTML}, {".txt", NF_LOOKS_LIKE_TEXT},
        {".text", NF_LOOKS_LIKE_TEXT}, {".md", NF_LOOKS_LIKE_TEXT}, {".jsonl", NF_LOOKS_LIKE_JSONL},
        {".ndjson", NF_LOOKS_LIKE_JSONL}, {".warc", NF_LOOKS_LIKE_WARC}, {".wet", NF_LOOKS_LIKE_WARC},
    };
    size_t len = unpacked_len(name);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (ends_with(name, len, rows[i].ending))
            return rows[i].looks;
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

/* A line that begins with an object's brace: JSONL if all of it is JSON. */
static enum nf_looks_like brace_looks(struct nf_span first, bool whole)
{
    static const char *const names[NF_JSONL_FIELDS] = {NULL, NULL, NULL};
    struct nf_jsonl_value value[NF_JSONL_FIELDS];
    const char *end = memchr(first.data, '\n', first.len);
    size_t at = 1;
    while (at < first.len && (first.data[at] == ' ' || first.data[at] == '\t'))
        at++;
    if (!end && !whole && first.len < LINE_LEN)
        return NF_LOOKS_UNDECIDED;
    if (at == first.len || first.data[at] != '"')
        return NF_LOOKS_LIKE_TEXT;
    if (!end && !whole)
        return NF_LOOKS_LIKE_JSONL;
    struct nf_span line = nf_span(first.data, end ? (size_t)(end - first.data) : first.len);
    return nf_jsonl_read(line, names, value, NULL) == NF_OK ? NF_LOOKS_LIKE_JSONL : NF_LOOKS_LIKE_TEXT;
}

/* JSONL and WARC; UNDECIDED with *sure set where they are not ruled out yet. */
static enum nf_looks_like records_look(struct nf_span first, bool whole, bool *sure)
{
    static const char warc[] = "WARC/1.";
    size_t len = first.len < sizeof warc - 1 ? first.len : sizeof warc - 1, at = 0;
    *sure = true;
    if (memcmp(first.data, warc, len) == 0 && (len == sizeof warc - 1 || !whole))
        return len == sizeof warc - 1 ? NF_LOOKS_LIKE_WARC : NF_LOOKS_UNDECIDED;
    if (first.len >= 3 && memcmp(first.data, "\xEF\xBB\xBF", 3) == 0)
        at = 3;
    while (at < first.len && is_space(first.data[at]))
        at++;
    *sure = at < first.len && first.data[at] == '{';
    return *sure ? brace_looks(nf_span(first.data + at, first.len - at), whole) : NF_LOOKS_UNDECIDED;
}

enum nf_looks_like nf_bytes_look(struct nf_span first, bool whole)
{
    bool sure;
    if (first.len < MARK_LEN && !whole)
        return NF_LOOKS_UNDECIDED;
    enum nf_looks_like records = records_look(first, whole, &sure);
    if (sure)
        return records;
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
