/*
 * split.c: lines, and which of them belong together.
 * Used by the pipeline.
 */
#include "stage/split.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/paragraphs.h"
#include "text/utf8.h"

/* Widths in characters at which programs and people wrap text. */
#define WIDTH_LEAST 40
#define WIDTH_MOST 100

/* Of the pairs of lines that follow each other, so many in a hundred must be broken for want of room. */
#define WRAPPED_PERCENT 60
#define WRAPPED_PAIRS_LEAST 4

struct line {
    size_t from, len;           /* bytes; without the line end and the blanks before it */
    size_t quote_len;           /* bytes of "> " marks at its start */
    uint32_t chars, first_word; /* in characters, past the marks */
    bool blank;
};

struct lines {
    struct line *item;
    size_t count, capacity;
};

static bool is_blank_at(struct nf_span text, size_t at, size_t *len)
{
    unsigned char c = (unsigned char)text.data[at];
    *len = 1;
    if (c == ' ' || c == '\t' || c == '\r' || c == '\v')
        return true;
    if (c == 0xC2 && (unsigned char)text.data[at + 1] == 0xA0)
        return *len = 2, true;
    return false;
}

/* Blanks at the end are no text: spaces, tabs and no-break spaces. */
static size_t trimmed_len(struct nf_span text)
{
    size_t len = text.len, width;
    while (len) {
        if (is_blank_at(text, len - 1, &width) && width == 1)
            len -= 1;
        else if (len >= 2 && is_blank_at(text, len - 2, &width) && width == 2)
            len -= 2;
        else
            break;
    }
    return len;
}

static size_t quote_len(struct nf_span text)
{
    size_t at = 0;
    while (at < text.len && (text.data[at] == '>' || (at && text.data[at] == ' ')))
        at++;
    return at;
}

static void measure(struct nf_span text, struct line *line)
{
    struct nf_span body = nf_span(text.data + line->from, line->len);
    line->quote_len = quote_len(body);
    body = nf_span(body.data + line->quote_len, body.len - line->quote_len);
    const char *space = body.len ? memchr(body.data, ' ', body.len) : NULL;
    line->blank = body.len == 0;
    if (body.len > 4 * WIDTH_MOST) {            /* no wrapped line is so long */
        line->chars = line->first_word = 4 * WIDTH_MOST;
        return;
    }
    line->chars = (uint32_t)nf_utf8_count(body);
    line->first_word = space ? (uint32_t)nf_utf8_count(nf_span(body.data, (size_t)(space - body.data))) : line->chars;
}

/* Where the next line feed and carriage return stand; each is looked for again only when it was passed. */
struct ends {
    struct nf_span text;
    size_t feed, cr;
};

static size_t find_byte(struct nf_span text, size_t from, char byte)
{
    const char *found = from < text.len ? memchr(text.data + from, byte, text.len - from) : NULL;
    return found ? (size_t)(found - text.data) : text.len;
}

/* A line ends at LF, CRLF or a CR alone. */
static size_t line_end(struct ends *ends, size_t from, size_t *next)
{
    if (ends->feed < from)
        ends->feed = find_byte(ends->text, from, '\n');
    if (ends->cr < from)
        ends->cr = find_byte(ends->text, from, '\r');
    size_t end = ends->cr + 1 < ends->feed ? ends->cr : ends->feed;
    *next = end < ends->text.len ? end + 1 : end;
    return end;
}

static void find_lines(struct nf_span text, struct lines *lines)
{
    struct ends ends = {text, find_byte(text, 0, '\n'), find_byte(text, 0, '\r')};
    for (size_t from = 0, next; from < text.len; from = next) {
        size_t end = line_end(&ends, from, &next);
        lines->item = nf_grow(lines->item, &lines->capacity, lines->count + 1, sizeof *lines->item);
        struct line *line = &lines->item[lines->count++];
        *line = (struct line){.from = from, .len = trimmed_len(nf_span(text.data + from, end - from))};
        measure(text, line);
    }
}

/* The next word would not have fitted. */
static bool is_forced(const struct line *line, const struct line *next, uint32_t width)
{
    return line->chars <= width && line->chars + 1 + next->first_word > width;
}

static bool is_pair(const struct line *line, const struct line *next, bool quoted)
{
    return !line->blank && !next->blank && (line->quote_len > 0) == quoted && (next->quote_len > 0) == quoted;
}

/*
 * The width that explains most line breaks, or 0 if none explains enough of them. Quoted lines are judged
 * apart: a mail's quotes are wrapped where the thread around them is not.
 */
static uint32_t find_width(const struct lines *lines, bool quoted)
{
    size_t forced[WIDTH_MOST + 2] = {0}, pairs = 0, best = 0;
    uint32_t width = 0;
    for (size_t i = 0; i + 1 < lines->count; i++) {
        const struct line *line = &lines->item[i], *next = line + 1;
        if (!is_pair(line, next, quoted))
            continue;
        pairs++;
        for (uint32_t w = line->chars < WIDTH_LEAST ? WIDTH_LEAST : line->chars; w <= WIDTH_MOST; w++) {
            if (!is_forced(line, next, w))
                break;
            forced[w]++;
        }
    }
    for (uint32_t w = WIDTH_LEAST; w <= WIDTH_MOST; w++)
        if (forced[w] > best)
            best = forced[w], width = w;
    return best >= WRAPPED_PAIRS_LEAST && best * 100 >= pairs * WRAPPED_PERCENT ? width : 0;
}

static bool belongs_to_last(const struct lines *lines, size_t i, enum nf_paragraphs mode, const uint32_t width[2])
{
    if (i == 0 || mode == NF_PARAGRAPHS_LINE)
        return false;
    const struct line *last = &lines->item[i - 1], *line = &lines->item[i];
    bool quoted = line->quote_len > 0;
    if (!is_pair(last, line, quoted))
        return false;
    return mode == NF_PARAGRAPHS_BLOCK || (width[quoted] && is_forced(last, line, width[quoted]));
}

static void add_paragraphs(struct nf_document *document, const struct lines *lines, enum nf_paragraphs mode)
{
    uint32_t width[2] = {0, 0};
    bool blank = false;
    if (mode == NF_PARAGRAPHS_AUTO)
        width[0] = find_width(lines, false), width[1] = find_width(lines, true);
    for (size_t i = 0; i < lines->count; i++) {
        const struct line *line = &lines->item[i];
        if (line->blank) {                      /* "> " alone is the blank line of a quote */
            blank = true;
            continue;
        }
        if (belongs_to_last(lines, i, mode, width)) {
            struct nf_paragraph *last = &document->paragraphs[document->count - 1];
            last->text.len = line->from + line->len - (size_t)(last->text.data - document->bytes.data);
            continue;
        }
        struct nf_paragraph *paragraph = nf_document_add(document);
        paragraph->text = nf_span(document->bytes.data + line->from, line->len);
        paragraph->offset = document->first_offset + line->from;
        paragraph->line = document->first_line + i;
        paragraph->blank_before = blank;
        blank = false;
    }
}

/* A line that was cut stays as it is, to the last blank. */
static void mark_fragments(struct nf_document *document)
{
    struct nf_paragraph *first = document->paragraphs, *last = first + document->count - 1;
    if (!document->count)
        return;
    if (document->continues_line && first->text.data == document->bytes.data)
        first->fragment = true;
    if (document->cut_line) {
        last->fragment = last->unfinished = true;
        last->text.len = (size_t)(document->bytes.data + document->bytes.len - last->text.data);
    }
}

void nf_split(struct nf_document *document, enum nf_paragraphs paragraphs)
{
    struct lines lines = {0};
    find_lines(document->bytes, &lines);
    add_paragraphs(document, &lines, paragraphs);
    mark_fragments(document);
    nf_free(lines.item);
}
