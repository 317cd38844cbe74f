/*
 * page_flat.c: tags taken out, lines left.
 * Used by page.c.
 */
#include "stage/page_flat.h"

#include "base/paragraphs.h"
#include "text/repair.h"

struct line {
    size_t from, len;           /* in the text */
    size_t place;               /* in the markup */
};

/* Views are set when the text no longer moves. */
static void add_line(struct nf_document *document, struct nf_buf *raw, struct nf_buf *repaired, struct nf_buf *text,
                     size_t source)
{
    while (raw->len && raw->data[raw->len - 1] == ' ')
        raw->len--;
    if (!raw->len)
        return;
    nf_repair(nf_buf_span(raw), repaired);
    struct nf_paragraph *paragraph = nf_document_add(document);
    paragraph->text = nf_span("", repaired->len);
    paragraph->offset = (uint32_t)source;
    nf_buf_add(text, repaired->data, repaired->len);
    raw->len = 0;
}

static void add_words(struct nf_buf *line, const char *p, size_t len)
{
    bool space = false;
    for (size_t i = 0; i < len; i++) {
        if (p[i] == ' ' || (p[i] >= '\t' && p[i] <= '\r')) {
            space = true;
            continue;
        }
        if (p[i] == '\0')
            continue;
        if (space && line->len)
            nf_buf_add_char(line, ' ');
        space = false;
        nf_buf_add_char(line, p[i]);
    }
    if (space && line->len && line->data[line->len - 1] != ' ')
        nf_buf_add_char(line, ' ');
}

/* Text between two tags: marks of runs, and references. */
static void add_text(const struct nf_markup *markup, size_t *next, struct nf_buf *line, struct nf_span text)
{
    for (size_t at = 0; at < text.len;) {
        const char *mark = memchr(text.data + at, NF_MARKUP_TEXT, text.len - at);
        size_t len = mark ? (size_t)(mark - text.data) - at : text.len - at;
        add_words(line, text.data + at, len);
        if (mark && *next < markup->run_count) {
            struct nf_markup_run run = markup->run[(*next)++];
            add_words(line, " ", run.space && run.len);
            add_words(line, markup->source.data + run.source, run.len);
        }
        at += len + (mark != NULL);
    }
}

/* Where the next text came from. */
static size_t source_of(const struct nf_markup *markup, size_t at, size_t *hint, size_t next)
{
    const char *out = markup->out.data;
    for (; at < markup->out.len && out[at] == NF_MARKUP_TEXT && next < markup->run_count; at++, next++)
        if (markup->run[next].len)
            return markup->run[next].source;
    return nf_markup_source(markup, at, hint);
}

static bool ends_line(const char *tag, size_t len)
{
    size_t from = len > 1 && tag[1] == '/' ? 2 : 1, to = from;
    while (to < len && tag[to] != ' ' && tag[to] != '>')
        to++;
    enum nf_tag_kind kind = nf_tag_kind(nf_tag_find(tag + from, to - from));
    return kind == NF_TAG_IS_BLOCK || kind == NF_TAG_IS_BREAK || kind == NF_TAG_IS_RAW;
}

static size_t tag_len(const char *tag, size_t most)
{
    char quote = '\0';
    for (size_t i = 1; i < most; i++) {
        if (quote ? tag[i] == quote : tag[i] == '"' || tag[i] == '\'')
            quote = quote ? '\0' : tag[i];
        else if (!quote && tag[i] == '>')
            return i + 1;
    }
    return most;
}

static void set_texts(struct nf_document *document, size_t first, const struct nf_buf *text)
{
    const char *data = text->data;
    for (size_t i = first; i < document->count; i++) {
        document->paragraphs[i].text.data = data;
        data += document->paragraphs[i].text.len;
    }
}

void nf_page_flat(const struct nf_markup *markup, struct nf_buf *text, struct nf_document *document)
{
    struct nf_span source = nf_buf_span(&markup->out);
    struct nf_buf line = {0}, repaired = {0};
    size_t hint = 0, next = 0, first = document->count, start = 0;
    text->len = 0;
    for (size_t at = 0; at < source.len;) {
        const char *p = memchr(source.data + at, '<', source.len - at);
        size_t to = p ? (size_t)(p - source.data) : source.len;
        if (!line.len)
            start = source_of(markup, at, &hint, next);
        add_text(markup, &next, &line, nf_span(source.data + at, to - at));
        size_t len = p ? tag_len(p, source.len - to) : 0;
        if (!p || ends_line(p, len))
            add_line(document, &line, &repaired, text, start);
        at = to + len;
    }
    set_texts(document, first, text);
    nf_buf_release(&line);
    nf_buf_release(&repaired);
}
