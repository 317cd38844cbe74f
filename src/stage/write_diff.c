/*
 * write_diff.c: a unified diff from a document to its clean text.
 * Used by the pipeline.
 *
 * No search for what the two have in common is needed: each paragraph that stays knows the line it came from.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/alloc.h"
#include "stage/write.h"

#define CONTEXT ((size_t)3)

#define RED "\033[31m"
#define GREEN "\033[32m"
#define CYAN "\033[36m"
#define BOLD "\033[1m"
#define PLAIN "\033[0m"

/* One line of the diff. */
struct edit {
    char sign;                  /* ' ' both, '-' only before, '+' only after */
    bool after_feed;            /* behind a form feed, which ended the document before */
    bool endless;               /* the input ended without a line end */
    struct nf_span text;
};

struct diff {
    struct edit *edit;
    size_t count, capacity;
    struct nf_span old;         /* what is left of the text before, in lines */
    bool after_feed;
};

static void add(struct diff *diff, char sign, struct nf_span text)
{
    diff->edit = nf_grow(diff->edit, &diff->capacity, diff->count + 1, sizeof *diff->edit);
    diff->edit[diff->count++] = (struct edit){.sign = sign, .text = text};
}

/* The first line of a text, without its end, and how much of the text it takes with it. */
static struct nf_span first_line(struct nf_span text, size_t *len)
{
    const char *end = memchr(text.data, '\n', text.len);
    size_t line = end ? (size_t)(end - text.data) : text.len;
    *len = line + (end != NULL);
    return nf_span(text.data, line);
}

/* The next line before, as one that went or stayed. */
static void take_old(struct diff *diff, char sign)
{
    size_t len;
    struct nf_span line = first_line(diff->old, &len);
    add(diff, sign, line);
    diff->edit[diff->count - 1].endless = len == line.len;
    diff->edit[diff->count - 1].after_feed = diff->after_feed;
    diff->after_feed = false;
    diff->old = nf_span(diff->old.data + len, diff->old.len - len);
}

/* Lines before go until the one that holds `at`; an empty line right before it may stay. */
static void skip_to(struct diff *diff, const char *at, bool keep_blank)
{
    while (diff->old.len && diff->old.data < at) {
        size_t len;
        struct nf_span line = first_line(diff->old, &len);
        const char *next = diff->old.data + len;
        if (next > at)
            return;
        take_old(diff, keep_blank && next == at && !line.len && !diff->after_feed ? ' ' : '-');
    }
}

/* in  stays: the paragraph stands where it stood */
static void add_paragraph(struct diff *diff, struct nf_span text, bool stays)
{
    for (bool more = true; more;) {
        size_t len, old_len;
        struct nf_span line = first_line(text, &len);
        struct nf_span old = first_line(diff->old, &old_len);
        bool same = stays && diff->old.len && old_len > old.len && !diff->after_feed && nf_span_equal(old, line);
        if (stays && diff->old.len)
            take_old(diff, same ? ' ' : '-');
        if (!same)
            add(diff, '+', line);
        more = len > line.len;
        text = nf_span(text.data + len, text.len - len);
    }
}

static bool stands_in(const struct nf_document *document, const struct nf_paragraph *paragraph)
{
    return paragraph->text.data >= document->bytes.data
           && paragraph->text.data + paragraph->text.len <= document->bytes.data + document->bytes.len;
}

/* The same decisions as in write_clean.c. */
static void compare(struct nf_writer *writer, const struct nf_document *document, struct diff *diff)
{
    writer->blank |= !document->continues;
    for (size_t i = 0; i < document->count; i++) {
        const struct nf_paragraph *paragraph = &document->paragraphs[document->order ? document->order[i] : i];
        bool stays = !paragraph->moved && stands_in(document, paragraph);
        writer->blank |= paragraph->blank_before;
        if (paragraph->verdict != NF_KEEP)
            continue;
        bool blank = writer->blank && writer->wrote;
        size_t before = diff->count;
        if (stays)
            skip_to(diff, paragraph->text.data, blank);
        if (blank && (diff->count == before || diff->edit[diff->count - 1].sign != ' '))
            add(diff, '+', nf_span("", 0));
        add_paragraph(diff, paragraph->text, stays);
        writer->wrote = true;
        writer->blank = false;
    }
    while (diff->old.len)
        take_old(diff, '-');
}

static void add_colored(struct nf_writer *writer, const char *color, const char *text)
{
    if (writer->color)
        nf_buf_add_text(&writer->out, color);
    nf_buf_add_text(&writer->out, text);
    if (writer->color)
        nf_buf_add_text(&writer->out, PLAIN);
    nf_buf_add_char(&writer->out, '\n');
}

/* A name with what a diff or a terminal would take for something else is quoted, as diff does it. */
static void add_header(struct nf_writer *writer, const char *mark, const char *name)
{
    struct nf_buf text = {0};
    bool quoted = false;
    char octal[8];
    for (const char *at = name; *at; at++)
        quoted |= (unsigned char)*at < ' ' || *at == 0x7F || *at == '"' || *at == '\\';
    nf_buf_add_text(&text, mark);
    nf_buf_add_text(&text, quoted ? " \"" : " ");
    for (const char *at = name; *at; at++) {
        if ((unsigned char)*at < ' ' || *at == 0x7F) {
            snprintf(octal, sizeof octal, "\\%03o", (unsigned)*at);
            nf_buf_add_text(&text, octal);
            continue;
        }
        if (*at == '"' || *at == '\\')
            nf_buf_add_char(&text, '\\');
        nf_buf_add_char(&text, *at);
    }
    nf_buf_add_text(&text, quoted ? "\"" : "");
    nf_buf_add_char(&text, '\0');
    add_colored(writer, BOLD, text.data);
    nf_buf_release(&text);
}

static void add_line(struct nf_writer *writer, const struct edit *edit)
{
    struct nf_buf *out = &writer->out;
    const char *color = edit->sign == '-' ? RED : edit->sign == '+' ? GREEN : NULL;
    if (writer->color && color)
        nf_buf_add_text(out, color);
    nf_buf_add_char(out, edit->sign);
    if (edit->after_feed)
        nf_buf_add_char(out, '\f');
    nf_buf_add(out, edit->text.data, edit->text.len);
    if (writer->color && color)
        nf_buf_add_text(out, PLAIN);
    nf_buf_add_char(out, '\n');
    if (edit->endless)
        nf_buf_add_text(out, "\\ No newline at end of file\n");
}

/* Lines from..to of the diff as a hunk; old and new are the lines that stand before it. */
static void add_hunk(struct nf_writer *writer, const struct edit *edit, size_t count, const uint64_t before[2])
{
    char text[120];
    uint64_t lines[2] = {0, 0};
    for (size_t i = 0; i < count; i++) {
        lines[0] += edit[i].sign != '+';
        lines[1] += edit[i].sign != '-';
    }
    /* A side without lines names the line before. */
    snprintf(text, sizeof text, "@@ -%" PRIu64 ",%" PRIu64 " +%" PRIu64 ",%" PRIu64 " @@", before[0] + (lines[0] > 0),
             lines[0], before[1] + (lines[1] > 0), lines[1]);
    add_colored(writer, CYAN, text);
    for (size_t i = 0; i < count; i++)
        add_line(writer, &edit[i]);
}

/* The end of the hunk that has its first change at `at`: where more than two contexts of unchanged lines follow. */
static size_t hunk_end(const struct diff *diff, size_t at)
{
    size_t last = at;
    for (size_t i = at; i < diff->count && i - last <= 2 * CONTEXT; i++)
        if (diff->edit[i].sign != ' ')
            last = i;
    return last + 1 + CONTEXT < diff->count ? last + 1 + CONTEXT : diff->count;
}

static void count_lines(const struct diff *diff, size_t from, size_t to, uint64_t before[2])
{
    for (size_t i = from; i < to; i++) {
        before[0] += diff->edit[i].sign != '+';
        before[1] += diff->edit[i].sign != '-';
    }
}

static void add_hunks(struct nf_writer *writer, const struct nf_document *document, const struct diff *diff)
{
    uint64_t before[2] = {document->first_line ? document->first_line - 1 : writer->old_lines, writer->new_lines};
    size_t at = 0;
    for (size_t i = 0; i < diff->count;) {
        if (diff->edit[i].sign == ' ') {
            i++;
            continue;
        }
        size_t from = i - at > CONTEXT ? i - CONTEXT : at, end = hunk_end(diff, i);
        count_lines(diff, at, from, before);
        if (!writer->headed) {
            add_header(writer, "---", document->name);
            add_header(writer, "+++", document->name);
        }
        writer->headed = true;
        add_hunk(writer, diff->edit + from, end - from, before);
        count_lines(diff, from, end, before);
        at = i = end;
    }
    count_lines(diff, at, diff->count, before);
    writer->old_lines = before[0];
    writer->new_lines = before[1];
}

/* A page has no lines of its own: it stands for its paragraphs, one behind the other. */
static void lay_out(const struct nf_document *document, struct nf_document *laid, struct nf_buf *text)
{
    for (size_t i = 0; i < document->count; i++) {
        nf_buf_add(text, document->paragraphs[i].text.data, document->paragraphs[i].text.len);
        nf_buf_add_char(text, '\n');
    }
    *laid = *document;
    laid->first_line = 0;
    laid->bytes = nf_buf_span(text);
    laid->paragraphs = nf_alloc_zero(document->count, sizeof *laid->paragraphs);
    const char *at = laid->bytes.data;
    for (size_t i = 0; i < document->count; i++) {
        laid->paragraphs[i] = document->paragraphs[i];
        laid->paragraphs[i].text.data = at;
        at += laid->paragraphs[i].text.len + 1;
    }
}

static bool has_lines(const struct nf_document *document)
{
    for (size_t i = 0; i < document->count; i++)
        if (!stands_in(document, &document->paragraphs[i]))
            return false;
    return document->first_line > 0;
}

void nf_write_diff(struct nf_writer *writer, const struct nf_document *document)
{
    struct diff diff = {0};
    struct nf_document laid = *document;
    struct nf_buf text = {0};
    bool has = has_lines(document);
    if (!has)
        lay_out(document, &laid, &text);
    diff.old = laid.bytes;
    diff.after_feed = has && document->first_offset == writer->old_end + 1 && document->first_offset;
    compare(writer, &laid, &diff);
    add_hunks(writer, &laid, &diff);
    writer->old_end = document->first_offset + document->bytes.len;
    if (!has)
        nf_free(laid.paragraphs);
    nf_buf_release(&text);
    nf_free(diff.edit);
}
