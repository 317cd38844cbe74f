/*
 * write_jsonl.c: records again, with less in their text; and an object for each other document.
 * Used by the pipeline.
 */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/json.h"
#include "stage/write.h"
#include "text/json_string.h"

/* Where a paragraph's text stands: in the record's text, and in the string it was read from. */
struct stand {
    size_t from, to;            /* in the text */
    size_t raw_from, raw_to;    /* in the string */
};

void nf_write_raw(struct nf_writer *writer, struct nf_span bytes, bool continues)
{
    if (!bytes.len)
        return;
    if (writer->in_line && !continues)
        nf_buf_add_char(&writer->out, '\n');
    nf_buf_add(&writer->out, bytes.data, bytes.len);
    writer->in_line = bytes.data[bytes.len - 1] != '\n';
    writer->wrote = true;
}

static bool is_changed(const struct nf_document *document)
{
    for (size_t i = 0; i < document->count; i++)
        if (document->paragraphs[i].verdict != NF_KEEP)
            return true;
    return document->order != NULL;
}

static int by_place(const void *a, const void *b)
{
    size_t first = ((const struct stand *)a)->from, second = ((const struct stand *)b)->from;
    return (first > second) - (first < second);
}

/* Sorted: fold may have exchanged the texts of two paragraphs, but not their places. */
static struct stand *find_stands(const struct nf_document *document)
{
    struct stand *stands = nf_alloc((document->count + 1) * sizeof *stands);
    struct nf_json_place place = {.string = document->record->text};
    for (size_t i = 0; i < document->count; i++) {
        struct nf_span text = document->paragraphs[i].text;
        stands[i].from = (size_t)(text.data - document->bytes.data);
        stands[i].to = stands[i].from + text.len;
    }
    qsort(stands, document->count, sizeof *stands, by_place);
    for (size_t i = 0; i < document->count; i++) {
        nf_json_place_seek(&place, stands[i].from);
        stands[i].raw_from = place.at;
        nf_json_place_seek(&place, stands[i].to);
        stands[i].raw_to = place.at;
    }
    return stands;
}

static struct nf_span raw_text(const struct nf_document *document, const struct stand *stands, size_t paragraph)
{
    struct stand key = {.from = (size_t)(document->paragraphs[paragraph].text.data - document->bytes.data)};
    const struct stand *stand = bsearch(&key, stands, document->count, sizeof key, by_place);
    return nf_span(document->record->text.data + stand->raw_from, stand->raw_to - stand->raw_from);
}

/* What stands between the paragraph before and this one: line ends, blanks. */
static struct nf_span gap_before(const struct nf_document *document, const struct stand *stands, size_t paragraph)
{
    size_t from = paragraph ? stands[paragraph - 1].raw_to : 0;
    return nf_span(document->record->text.data + from, stands[paragraph].raw_from - from);
}

/* A gap between two paragraphs that were not neighbours. */
static void add_gap(struct nf_buf *out, const struct nf_document *document, const struct stand *stands, size_t paragraph)
{
    struct nf_span gap = gap_before(document, stands, paragraph);
    if (paragraph)
        nf_buf_add(out, gap.data, gap.len);
    else
        nf_buf_add_text(out, "\\n");
}

/* A blank line that stood before something that went is written before what stays behind it. */
static void add_kept(struct nf_buf *out, const struct nf_document *document, const struct stand *stands)
{
    size_t owed = SIZE_MAX, written = 0;
    for (size_t i = 0; i < document->count; i++) {
        size_t p = document->order ? document->order[i] : i;
        const struct nf_paragraph *paragraph = &document->paragraphs[p];
        if (paragraph->verdict != NF_KEEP) {
            owed = paragraph->blank_before && owed == SIZE_MAX ? p : owed;
            continue;
        }
        struct nf_span text = raw_text(document, stands, p), lead = gap_before(document, stands, 0);
        if (written++)
            add_gap(out, document, stands, paragraph->blank_before || owed == SIZE_MAX ? p : owed);
        else
            nf_buf_add(out, lead.data, lead.len);
        nf_buf_add(out, text.data, text.len);
        owed = SIZE_MAX;
    }
    struct nf_span string = document->record->text;
    size_t end = stands[document->count - 1].raw_to;
    if (written)
        nf_buf_add(out, string.data + end, string.len - end);
}

void nf_write_record(struct nf_writer *writer, const struct nf_document *document)
{
    const struct nf_record *record = document->record;
    if (!is_changed(document)) {
        nf_write_raw(writer, record->whole, false);
        return;
    }
    struct stand *stands = find_stands(document);
    size_t before = (size_t)(record->text.data - record->whole.data), after = before + record->text.len;
    nf_write_raw(writer, nf_span(record->whole.data, before), false);
    add_kept(&writer->out, document, stands);
    nf_write_raw(writer, nf_span(record->whole.data + after, record->whole.len - after), true);
    nf_free(stands);
}

static void open_object(struct nf_writer *writer, const struct nf_document *document)
{
    struct nf_buf *out = &writer->out;
    nf_buf_add_char(out, '{');
    nf_json_string(out, "name", nf_span(document->name, strlen(document->name)));
    nf_json_number(out, "document", document->number + 1);
    if (document->record)
        nf_json_number(out, "record", document->record->number);
    if (document->record && document->record->url.len)
        nf_json_string(out, writer->url_field, document->record->url);
    nf_json_name(out, writer->text_field);
    nf_buf_add_char(out, '"');
    writer->boilerplate = writer->repeats = 0;
    writer->line_end = false;
    nf_writer_restart(writer);
}

static void close_object(struct nf_writer *writer)
{
    struct nf_buf *out = &writer->out;
    nf_buf_add_char(out, '"');
    nf_json_name(out, "removed");
    nf_buf_add_char(out, '{');
    nf_json_number(out, "boilerplate", writer->boilerplate);
    nf_json_number(out, "repeats", writer->repeats);
    nf_buf_add_text(out, "}}\n");
    writer->in_line = false;
}

/* The line end of what may be the last line is held back. */
static void add_text(struct nf_writer *writer, struct nf_span text)
{
    if (!text.len)
        return;
    if (writer->line_end)
        nf_buf_add_text(&writer->out, "\\n");
    writer->line_end = text.data[text.len - 1] == '\n';
    text.len -= writer->line_end;
    nf_json_escaped(&writer->out, text);
}

void nf_write_object(struct nf_writer *writer, const struct nf_document *document)
{
    if (!document->continues)
        open_object(writer, document);
    struct nf_buf out = writer->out;
    writer->out = writer->text;
    writer->out.len = 0;
    nf_write_clean(writer, document);
    writer->text = writer->out;
    writer->out = out;
    add_text(writer, nf_buf_span(&writer->text));
    for (size_t i = 0; i < document->count; i++) {
        writer->boilerplate += document->paragraphs[i].verdict == NF_BOILERPLATE;
        writer->repeats += document->paragraphs[i].verdict == NF_REPEAT;
    }
    if (!document->cut)
        close_object(writer);
}
