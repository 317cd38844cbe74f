/*
 * write_report.c: a web page about a run.
 * Used by the pipeline.
 *
 * Everything that comes from an input is escaped, and the page forbids scripts and whatever lies elsewhere.
 */
#include "stage/write_report.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/alloc.h"
#include "stage/write_report_style.h"
#include "text/utf8.h"

#define SHOWN_LEN ((size_t)16 << 20)    /* of the page; documents after that are counted only */
#define EXCERPT_LEN ((size_t)1200)      /* kept of a paragraph, for the copies of it */

/* A document that is shown; its paragraphs stand from `first` in the list of excerpts. */
struct shown {
    char *name;
    size_t first, count, kept;
};

struct nf_report {
    const struct nf_rules *rules;
    struct nf_buf body;
    struct nf_buf text;                 /* the excerpts, one behind the other */
    size_t *excerpt;                    /* where each ends */
    size_t excerpts, excerpt_capacity;
    struct shown *shown;
    size_t count, capacity;
    uint64_t left_out;                  /* documents */
};

static const struct {
    const char *kind, *what;
} words[] = {
#define WORDS(id, kind, what) {kind, what},
#include "stage/write_report.def"
#undef WORDS
};

_Static_assert(sizeof words / sizeof *words == NF_CATEGORY_COUNT, "a row for each category");

struct nf_report *nf_report_new(const struct nf_rules *rules)
{
    struct nf_report *report = nf_alloc_zero(1, sizeof *report);
    report->rules = rules;
    return report;
}

void nf_report_free(struct nf_report *report)
{
    if (!report)
        return;
    for (size_t i = 0; i < report->count; i++)
        nf_free(report->shown[i].name);
    nf_free(report->shown);
    nf_free(report->excerpt);
    nf_buf_release(&report->body);
    nf_buf_release(&report->text);
    nf_free(report);
}

__attribute__((format(printf, 2, 3))) static void add(struct nf_buf *out, const char *format, ...)
{
    char text[320];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    nf_buf_add(out, text, (size_t)len < sizeof text ? (size_t)len : sizeof text - 1);
}

/* Controls, and what turns the direction of the text around it, would change more than their own place. */
static bool is_control(uint32_t c)
{
    return c < ' ' || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static void add_escaped(struct nf_buf *out, struct nf_span text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t c = nf_utf8_next(text, &at);
        switch (c) {
        case '&': nf_buf_add_text(out, "&amp;"); break;
        case '<': nf_buf_add_text(out, "&lt;"); break;
        case '>': nf_buf_add_text(out, "&gt;"); break;
        case '"': nf_buf_add_text(out, "&quot;"); break;
        case '\'': nf_buf_add_text(out, "&#39;"); break;
        default: nf_utf8_put(out, is_control(c) ? ' ' : c);
        }
    }
}

/* A file's name may be no UTF-8. */
static void add_name(struct nf_buf *out, const char *name)
{
    struct nf_decoder decoder = {0};
    struct nf_buf text = {0};
    nf_decode(&decoder, name, strlen(name), &text);
    nf_decode_end(&decoder, &text);
    add_escaped(out, nf_buf_span(&text));
    nf_buf_release(&text);
}

/* The start of a text, cut between characters. */
static struct nf_span start_of(struct nf_span text)
{
    size_t len = text.len < EXCERPT_LEN ? text.len : EXCERPT_LEN;
    while (len < text.len && len && ((unsigned char)text.data[len] & 0xC0) == 0x80)
        len--;
    return nf_span(text.data, len);
}

static void keep_excerpt(struct nf_report *report, struct nf_span text)
{
    struct nf_span kept = start_of(text);
    nf_buf_add(&report->text, kept.data, kept.len);
    report->excerpt = nf_grow(report->excerpt, &report->excerpt_capacity, report->excerpts + 1,
                              sizeof *report->excerpt);
    report->excerpt[report->excerpts++] = report->text.len;
}

/* The text that a copy repeats; empty when it is not on the page. */
static struct nf_span source_text(const struct nf_report *report, const struct nf_place *source)
{
    if (source->document >= report->count || source->paragraph >= report->shown[source->document].count)
        return nf_span("", 0);
    size_t i = report->shown[source->document].first + source->paragraph;
    size_t from = i ? report->excerpt[i - 1] : 0;
    return nf_span(report->text.data + from, report->excerpt[i] - from);
}

/* How far two texts agree, from the front or from the back, in whole words. */
static size_t same_front(struct nf_span a, struct nf_span b)
{
    size_t len = 0, word = 0;
    while (len < a.len && len < b.len && a.data[len] == b.data[len])
        if (a.data[len++] == ' ')
            word = len;
    return len == a.len && len == b.len ? len : word;
}

static size_t same_back(struct nf_span a, struct nf_span b)
{
    size_t len = 0, word = 0;
    while (len < a.len && len < b.len && a.data[a.len - 1 - len] == b.data[b.len - 1 - len])
        if (a.data[a.len - 1 - len++] == ' ')
            word = len - 1;
    return word;
}

/* The text, with what differs from another one marked. */
static void add_compared(struct nf_buf *out, struct nf_span text, struct nf_span other)
{
    size_t front = same_front(text, other);
    struct nf_span rest = nf_span(text.data + front, text.len - front);
    size_t back = same_back(rest, nf_span(other.data + front, other.len - front));
    add_escaped(out, nf_span(text.data, front));
    if (rest.len > back) {
        nf_buf_add_text(out, "<mark>");
        add_escaped(out, nf_span(rest.data, rest.len - back));
        nf_buf_add_text(out, "</mark>");
    }
    add_escaped(out, nf_span(rest.data + rest.len - back, back));
}

static void add_repeat(struct nf_report *report, const struct nf_document *document,
                       const struct nf_paragraph *paragraph)
{
    struct nf_buf *out = &report->body;
    const struct nf_place *source = nf_source_of(document, paragraph);
    struct nf_span kept = source_text(report, source), mine = start_of(paragraph->text);
    nf_buf_add_text(out, paragraph->near ? "<b>Nearly the same</b> as " : "<b>The same</b> as ");
    if (source->document == NF_NONE) {
        nf_buf_add_text(out, "a text of an earlier run");
        return;
    }
    add(out, "<a href=\"#d%" PRIu64 "p%" PRIu64 "\">paragraph %" PRIu64 "</a>", source->document + 1,
        source->paragraph + 1, source->paragraph + 1);
    if (source->document != document->number && source->document < report->count) {
        nf_buf_add_text(out, " of ");
        add_name(out, report->shown[source->document].name);
    } else {
        nf_buf_add_text(out, " of this text");
    }
    if (!kept.len)
        return;
    nf_buf_add_text(out, ", which stays:<q dir=\"auto\">");
    add_compared(out, kept, mine);
    nf_buf_add_text(out, kept.len >= EXCERPT_LEN - 3 ? " …</q>" : "</q>");
}

/* What the kind is stands with the first paragraph of several. */
static void add_clutter(struct nf_report *report, const struct nf_paragraph *paragraph, bool first)
{
    struct nf_buf *out = &report->body;
    if (first)
        add(out, "<b>Clutter: %s</b> – %s. Rule ", words[paragraph->category].kind, words[paragraph->category].what);
    nf_buf_add_text(out, "<code>");
    add_name(out, nf_rules_name(report->rules, paragraph->rule));
    nf_buf_add_text(out, "</code>");
}

static void add_reason(struct nf_report *report, const struct nf_document *document,
                       const struct nf_paragraph *paragraph, const struct nf_paragraph *before)
{
    struct nf_buf *out = &report->body;
    switch (paragraph->verdict) {
    case NF_REPEAT:
        add_repeat(report, document, paragraph);
        break;
    case NF_BOILERPLATE:
        add_clutter(report, paragraph,
                    !before || before->verdict != NF_BOILERPLATE || before->category != paragraph->category);
        break;
    default:
        if (paragraph->moved)
            nf_buf_add_text(out, "<b>Moved here</b> – only the later copy of the text has it");
    }
}

/* in  at: its place in the order of what is written */
static void add_paragraph(struct nf_report *report, const struct nf_document *document, size_t at)
{
    size_t i = document->order ? document->order[at] : at;
    const struct nf_paragraph *paragraph = &document->paragraphs[i], *before = NULL;
    const char *kind = paragraph->verdict == NF_REPEAT ? " r" : paragraph->verdict == NF_BOILERPLATE ? " c"
                       : paragraph->moved ? " m" : "";
    struct nf_buf *out = &report->body;
    if (at)
        before = &document->paragraphs[document->order ? document->order[at - 1] : at - 1];
    add(out, "<div class=\"row%s\" id=\"d%" PRIu64 "p%zu\"><span class=\"no\">%zu</span><p class=\"t\" dir=\"auto\">", kind,
        document->number + 1, i + 1, i + 1);
    nf_buf_add_text(out, paragraph->verdict == NF_KEEP ? "" : "<del>");
    add_escaped(out, paragraph->text);
    nf_buf_add_text(out, paragraph->verdict == NF_KEEP ? "</p><div class=\"why\">" : "</del></p><div class=\"why\">");
    add_reason(report, document, paragraph, before);
    nf_buf_add_text(out, "</div></div>\n");
}

static struct shown *show(struct nf_report *report, const struct nf_document *document)
{
    size_t len = strlen(document->name) + 1;
    report->shown = nf_grow(report->shown, &report->capacity, report->count + 1, sizeof *report->shown);
    struct shown *shown = &report->shown[report->count++];
    *shown = (struct shown){.name = memcpy(nf_alloc(len), document->name, len), .first = report->excerpts,
                            .count = document->count};
    for (size_t i = 0; i < document->count; i++) {
        keep_excerpt(report, document->paragraphs[i].text);
        shown->kept += document->paragraphs[i].verdict == NF_KEEP;
    }
    return shown;
}

void nf_report_add(struct nf_report *report, const struct nf_document *document)
{
    struct nf_buf *out = &report->body;
    if (report->left_out || out->len > SHOWN_LEN) {
        report->left_out++;
        return;
    }
    const struct shown *shown = show(report, document);
    add(out, "<section id=\"d%" PRIu64 "\"><header><h2>", document->number + 1);
    add_name(out, document->name);
    add(out, "</h2><p>Text %" PRIu64 "%s: %zu of %zu paragraphs stay</p></header>\n", document->number + 1,
        document->continues ? ", the part before continued" : "", shown->kept, shown->count);
    for (size_t i = 0; i < document->count; i++)
        add_paragraph(report, document, i);
    nf_buf_add_text(out, "</section>\n");
}

static void add_bar(struct nf_buf *out, uint64_t kept, uint64_t repeats, uint64_t clutter)
{
    double all = (double)(kept + repeats + clutter);
    const uint64_t part[3] = {kept, repeats, clutter};
    nf_buf_add_text(out, "<div class=\"bar\" aria-hidden=\"true\">");
    for (size_t i = 0; i < 3; i++)
        if (part[i])
            add(out, "<i class=\"%c\" style=\"width:%.2f%%\"></i>", "krc"[i], 100 * (double)part[i] / all);
    nf_buf_add_text(out, "</div>");
}

static void add_summary(struct nf_buf *out, const struct nf_counts *counts)
{
    uint64_t repeats = counts->repeat_exact + counts->repeat_near;
    uint64_t clutter = counts->paragraphs - counts->kept - repeats;
    add(out, "<h1>What was taken out, and why</h1><p class=\"lead\">newsfold read %" PRIu64 " text%s with %" PRIu64
        " paragraphs. %" PRIu64 " stay. ", counts->documents, counts->documents == 1 ? "" : "s", counts->paragraphs,
        counts->kept);
    add(out, "%" PRIu64 " went because they repeat a text that stays, %" PRIu64
        " because a forum or a news site left them around the text.", repeats, clutter);
    if (counts->emptied)
        add(out, " Of %" PRIu64 " file%s nothing stays.", counts->emptied, counts->emptied == 1 ? "" : "s");
    nf_buf_add_text(out, "</p>");
    if (counts->paragraphs)
        add_bar(out, counts->kept, repeats, clutter);
    add(out, "<ul class=\"legend\"><li><span class=\"dot k\"></span>%" PRIu64 " stay</li>"
        "<li><span class=\"dot r\"></span>%" PRIu64 " repeat: %" PRIu64 " the same, %" PRIu64 " nearly</li>"
        "<li><span class=\"dot c\"></span>%" PRIu64 " clutter</li></ul>\n",
        counts->kept, repeats, counts->repeat_exact, counts->repeat_near, clutter);
}

static void add_kinds(struct nf_buf *out, const struct nf_counts *counts)
{
    nf_buf_add_text(out, "<details class=\"box\"><summary>Clutter by kind</summary><table>");
    for (int i = 0; i < NF_CATEGORY_COUNT; i++)
        if (counts->boilerplate[i])
            add(out, "<tr><td class=\"n\">%" PRIu64 "</td><td>%s</td><td>%s</td></tr>", counts->boilerplate[i],
                words[i].kind, words[i].what);
    nf_buf_add_text(out, "</table></details>\n");
}

static void add_contents(struct nf_buf *out, const struct nf_report *report)
{
    nf_buf_add_text(out, "<details class=\"box\"><summary>Texts</summary><table><tr><th class=\"n\">stay</th>"
                         "<th class=\"n\">of</th><th>text</th></tr>");
    for (size_t i = 0; i < report->count; i++) {
        add(out, "<tr><td class=\"n\">%zu</td><td class=\"n\">%zu</td><td><a href=\"#d%zu\">", report->shown[i].kept,
            report->shown[i].count, i + 1);
        add_name(out, report->shown[i].name);
        nf_buf_add_text(out, "</a></td></tr>");
    }
    nf_buf_add_text(out, "</table></details>\n");
}

void nf_report_finish(struct nf_report *report, const struct nf_counts *counts, struct nf_buf *out)
{
    nf_buf_add_text(out, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
                         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                         "style-src 'unsafe-inline'\">\n"
                         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                         "<meta name=\"referrer\" content=\"no-referrer\">\n"
                         "<title>newsfold: what was taken out</title>\n<style>");
    nf_buf_add_text(out, nf_report_style);
    nf_buf_add_text(out, "</style></head>\n<body><main>\n");
    add_summary(out, counts);
    add_kinds(out, counts);
    add_contents(out, report);
    nf_buf_add(out, nf_buf_span(&report->body).data, report->body.len);
    if (report->left_out)
        add(out, "<p>%" PRIu64 " more texts are counted above, but not shown: the page would be too large.</p>\n",
            report->left_out);
    nf_buf_add_text(out, "<footer>Text that went is struck through; beside it stands why, and the text that stays in its "
                         "place. Numbers count the paragraphs of a text.</footer>\n</main></body></html>\n");
}
