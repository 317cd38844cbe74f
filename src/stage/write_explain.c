/*
 * write_explain.c: what was done with each paragraph, and why.
 * Used by the pipeline.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/json.h"
#include "stage/write.h"
#include "text/utf8.h"

#define TEXT_CHARS 100          /* of a paragraph, in the form for people */
#define REASON_WIDTH 34
#define ELEMENT_WIDTH 28        /* of the place on a page */

#define RED "\033[31m"
#define CYAN "\033[36m"
#define BOLD "\033[1m"
#define PLAIN "\033[0m"

static void add_color(struct nf_writer *writer, const char *color)
{
    if (writer->color)
        nf_buf_add_text(&writer->out, color);
}

/* They would speak to the terminal. */
static bool is_control(uint32_t c)
{
    return c < ' ' || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/* The start of a paragraph on one line. */
static void add_excerpt(struct nf_buf *out, struct nf_span text)
{
    size_t at = 0, chars = 0;
    while (at < text.len && chars < TEXT_CHARS) {
        uint32_t c = nf_utf8_next(text, &at);
        nf_utf8_put(out, is_control(c) ? ' ' : c);
        chars++;
    }
    if (at < text.len)
        nf_buf_add_text(out, "...");
}

static int describe_repeat(const struct nf_writer *writer, const struct nf_document *document,
                           const struct nf_paragraph *paragraph, char *text, size_t len)
{
    const char *how = paragraph->near ? "like" : "repeats";
    const struct nf_place *source = nf_source_of(document, paragraph);
    if (source->document == NF_NONE)
        return snprintf(text, len, "%s an earlier run", how);
    if (source->document == document->number)
        return snprintf(text, len, "%s line %" PRIu64, how, source->line);
    return snprintf(text, len, "%s %s, document %" PRIu64 ", paragraph %" PRIu64, how,
                    writer->titles->name[source->document], source->document + 1, source->paragraph + 1);
}

static void add_reason(struct nf_writer *writer, const struct nf_document *document,
                       const struct nf_paragraph *paragraph)
{
    char text[400];
    int len;
    if (paragraph->verdict == NF_KEEP)
        len = snprintf(text, sizeof text, "kept");
    else if (paragraph->verdict == NF_REPEAT)
        len = describe_repeat(writer, document, paragraph, text, sizeof text);
    else
        len = snprintf(text, sizeof text, "%s: %s", nf_category_name(paragraph->category),
                       nf_rules_name(writer->rules, paragraph->rule));
    if (len >= (int)sizeof text)
        len = (int)sizeof text - 1;
    nf_buf_add(&writer->out, text, (size_t)len);
    for (; len < REASON_WIDTH; len++)
        nf_buf_add_char(&writer->out, ' ');
}

/* As many of the innermost elements as fit; at least one. */
static struct nf_span path_end(struct nf_span path)
{
    size_t from = path.len;
    for (size_t at = path.len; at-- > 0;) {
        if (at && (at < 3 || memcmp(path.data + at - 3, " > ", 3) != 0))
            continue;
        if (from < path.len && path.len - at > ELEMENT_WIDTH)
            break;
        from = at;
    }
    return nf_span(path.data + from, path.len - from);
}

static void add_element(struct nf_buf *out, struct nf_span path)
{
    struct nf_span shown = path_end(path);
    size_t chars = 0;
    for (size_t at = 0; at < shown.len && chars < ELEMENT_WIDTH; chars++) {
        uint32_t c = nf_utf8_next(shown, &at);
        nf_utf8_put(out, is_control(c) ? ' ' : c);
    }
    for (; chars < ELEMENT_WIDTH + 2; chars++)
        nf_buf_add_char(out, ' ');
}

static void explain(struct nf_writer *writer, const struct nf_document *document, size_t i)
{
    const struct nf_paragraph *paragraph = &document->paragraphs[i];
    static const char *const colors[] = {"", RED, CYAN};
    char line[32];
    nf_buf_add(&writer->out, line, (size_t)snprintf(line, sizeof line, "%7" PRIu64 "  ", nf_line_of(document, paragraph)));
    if (document->elements)
        add_element(&writer->out, document->elements[i]);
    add_color(writer, colors[paragraph->verdict]);
    add_reason(writer, document, paragraph);
    nf_buf_add_text(&writer->out, "  ");
    add_excerpt(&writer->out, paragraph->text);
    if (paragraph->verdict != NF_KEEP)
        add_color(writer, PLAIN);
    nf_buf_add_char(&writer->out, '\n');
}

/* A record is known by its id, or else by its address. */
static void add_record(struct nf_writer *writer, const struct nf_record *record)
{
    char number[40];
    nf_buf_add(&writer->out, number,
               (size_t)snprintf(number, sizeof number, ", record %" PRIu64, record->number));
    struct nf_span known = record->id.len ? record->id : record->url;
    if (!known.len)
        return;
    nf_buf_add_text(&writer->out, " (");
    add_excerpt(&writer->out, known);
    nf_buf_add_char(&writer->out, ')');
}

static void add_heading(struct nf_writer *writer, const struct nf_document *document)
{
    char number[32];
    if (writer->wrote)
        nf_buf_add_char(&writer->out, '\n');
    add_color(writer, BOLD);
    nf_buf_add_text(&writer->out, document->name);
    if (document->record)
        add_record(writer, document->record);
    nf_buf_add(&writer->out, number,
               (size_t)snprintf(number, sizeof number, ", document %" PRIu64, document->number + 1));
    add_color(writer, PLAIN);
    nf_buf_add_char(&writer->out, '\n');
}

void nf_write_explain(struct nf_writer *writer, const struct nf_document *document)
{
    if (!document->continues)
        add_heading(writer, document);
    writer->wrote = true;
    for (size_t i = 0; i < document->count; i++)
        explain(writer, document, document->order ? document->order[i] : i);
}

static void add_source(struct nf_buf *out, const struct nf_place *source)
{
    if (source->document == NF_NONE) {
        nf_json_name(out, "earlier_run");
        nf_buf_add_text(out, "true");
        return;
    }
    nf_json_number(out, "document", source->document + 1);
    if (source->line)
        nf_json_number(out, "line", source->line);
    else
        nf_json_number(out, "paragraph", source->paragraph + 1);
}

static void explain_jsonl(struct nf_writer *writer, const struct nf_document *document, size_t i)
{
    const struct nf_paragraph *paragraph = &document->paragraphs[i];
    static const char *const verdicts[] = {"keep", "boilerplate", "repeat"};
    struct nf_buf *out = &writer->out;
    const char *verdict = verdicts[paragraph->verdict];
    nf_buf_add_char(out, '{');
    nf_json_string(out, "input", nf_span(document->name, strlen(document->name)));
    nf_json_number(out, "document", document->number + 1);
    if (document->record) {
        nf_json_number(out, "record", document->record->number);
        nf_json_string(out, "id", document->record->id);
        nf_json_string(out, "url", document->record->url);
    }
    nf_json_number(out, "line", nf_line_of(document, paragraph));
    nf_json_number(out, "offset", nf_offset_of(document, paragraph));
    if (document->elements)
        nf_json_string(out, "element", document->elements[i]);
    nf_json_string(out, "verdict", nf_span(verdict, strlen(verdict)));
    if (paragraph->verdict == NF_BOILERPLATE) {
        const char *category = nf_category_name(paragraph->category);
        const char *rule = nf_rules_name(writer->rules, paragraph->rule);
        nf_json_string(out, "category", nf_span(category, strlen(category)));
        nf_json_string(out, "rule", nf_span(rule, strlen(rule)));
    } else if (paragraph->verdict == NF_REPEAT) {
        nf_json_name(out, "near");
        nf_buf_add_text(out, paragraph->near ? "true" : "false");
        nf_json_name(out, "of");
        nf_buf_add_char(out, '{');
        add_source(out, nf_source_of(document, paragraph));
        nf_buf_add_char(out, '}');
    }
    nf_json_string(out, "text", paragraph->text);
    nf_buf_add_text(out, "}\n");
}

void nf_write_explain_jsonl(struct nf_writer *writer, const struct nf_document *document)
{
    writer->wrote = true;
    for (size_t i = 0; i < document->count; i++)
        explain_jsonl(writer, document, document->order ? document->order[i] : i);
}
