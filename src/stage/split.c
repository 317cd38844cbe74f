/*
 * split.c: lines, and which of them belong together.
 * Used by the pipeline.
 */
#include "stage/split.h"

#include "base/buf.h"
#include "base/paragraphs.h"
#include "text/line_ends.h"
#include "text/utf8.h"

/* Widths in characters at which programs and people wrap text. */
#define WIDTH_LEAST 40
#define WIDTH_MOST 100
#define LONG_LINE (4 * WIDTH_MOST)
#define WIDTH_LOOK (WIDTH_MOST + 28)    /* bytes that mostly tell that a line is longer than any width */

/* Of the pairs of lines that follow each other, so many in a hundred must be broken for want of room. */
#define WRAPPED_PERCENT 60
#define WRAPPED_PERCENT_FEW 90  /* ... where there are few pairs, which may be so by chance */
#define WRAPPED_PAIRS_FEW 8
#define WRAPPED_PAIRS_LEAST 3

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

/* Where a document is read. */
struct reading {
    struct nf_document *document;
    size_t from;                /* the line at hand begins here */
    uint32_t line;              /* so many came before it */
    bool blank;
};

/* Every line that is not blank is a paragraph, at first. "> " alone is the blank line of a quote. */
static void add_line(struct reading *reading, size_t end)
{
    struct nf_document *document = reading->document;
    size_t from = reading->from;
    const char *text = document->bytes.data + from;
    size_t len = trimmed_len(nf_span(text, end - from));
    if (!len || (text[0] == '>' && quote_len(nf_span(text, len)) == len)) {
        reading->blank = true;
    } else {
        document->paragraphs[document->count++] = (struct nf_paragraph){
            .text = nf_span(text, len), .offset = (uint32_t)from, .line = reading->line, .blank_before = reading->blank};
        reading->blank = false;
    }
    reading->line++;
    reading->from = end + 1;
}

/* A line ends at LF, CRLF or a CR alone. */
static void find_lines(struct nf_document *document)
{
    struct nf_span text = document->bytes;
    struct reading reading = {.document = document};
    enum nf_cpu cpu = nf_cpu_best();
    uint16_t at[NF_ENDS_ROOM];
    document->feeds = 0;
    for (size_t base = 0; base < text.len; base += NF_ENDS_LEN) {
        size_t left = text.len - base;
        struct nf_span part = nf_span(text.data + base, left < NF_ENDS_LEN ? left : NF_ENDS_LEN);
        size_t count = nf_line_ends(cpu, part, at);
        nf_document_reserve(document, count + 1);
        document->feeds += count;
        for (size_t i = 0; i < count; i++) {
            size_t end = base + at[i];
            document->feeds -= text.data[end] == '\r';
            if (text.data[end] == '\n' || end + 1 == text.len || text.data[end + 1] != '\n')
                add_line(&reading, end);
        }
    }
    if (reading.from < text.len)
        add_line(&reading, text.len);
}

/* A line without quote marks. */
struct body {
    struct nf_span text;
    bool quoted;
};

static struct body body_of(struct nf_span line)
{
    size_t marks = quote_len(line);
    return (struct body){nf_span(line.data + marks, line.len - marks), marks > 0};
}

/* In characters; Chinese, Japanese and Korean break anywhere. */
static size_t first_word(struct nf_span text)
{
    const char *space = memchr(text.data, ' ', text.len);
    if ((unsigned char)text.data[0] >= 0xE3)
        return 1;
    return nf_utf8_count(nf_span(text.data, space ? (size_t)(space - text.data) : text.len));
}

/*
 * The widths for which the next line's first word would not have fitted behind the line: *least to *most.
 * A line of more bytes than LONG_LINE is longer than any width, and as a next line was never wrapped.
 */
static bool find_forced(struct nf_span line, struct nf_span next, size_t *least, size_t *most)
{
    if (line.len > LONG_LINE || next.len > LONG_LINE
        || (line.len > WIDTH_LOOK && nf_utf8_count(nf_span(line.data, WIDTH_LOOK)) > WIDTH_MOST))
        return false;
    *least = nf_utf8_count(line);
    if (*least > WIDTH_MOST || (next.len == LONG_LINE && nf_utf8_count(next) == LONG_LINE))
        return false;
    *most = *least + first_word(next);
    return true;
}

/* How many pairs of lines each width explains, as differences from one width to the next. */
struct tally {
    ptrdiff_t step[WIDTH_MOST + 2];
    size_t pairs;
};

static void add_pair(struct tally *tally, struct nf_span line, struct nf_span next)
{
    size_t least, most;
    tally->pairs++;
    if (!find_forced(line, next, &least, &most))
        return;
    least = least < WIDTH_LEAST ? WIDTH_LEAST : least;
    most = most > WIDTH_MOST ? WIDTH_MOST : most;
    if (least > most)
        return;
    tally->step[least]++;
    tally->step[most + 1]--;
}

/* The width that explains most line breaks, or 0 if none explains enough of them. */
static size_t best_width(const struct tally *tally, bool quoted)
{
    size_t forced = 0, best = 0, width = 0;
    for (size_t w = WIDTH_LEAST; w <= WIDTH_MOST; w++) {
        forced += (size_t)tally->step[w];
        if (forced > best)
            best = forced, width = w;
    }
    size_t percent = best < WRAPPED_PAIRS_FEW && !quoted ? WRAPPED_PERCENT_FEW : WRAPPED_PERCENT;
    return best >= WRAPPED_PAIRS_LEAST && best * 100 >= tally->pairs * percent ? width : 0;
}

/* Quoted lines are judged apart: a mail's quotes are wrapped where the thread around them is not. */
static void find_widths(const struct nf_document *document, size_t width[2])
{
    struct tally tally[2] = {{{0}, 0}, {{0}, 0}};
    for (size_t i = 1; i < document->count; i++) {
        const struct nf_paragraph *next = &document->paragraphs[i];
        if (next->blank_before)
            continue;
        struct body line = body_of(next[-1].text), other = body_of(next->text);
        if (line.quoted == other.quoted)
            add_pair(&tally[line.quoted], line.text, other.text);
    }
    width[0] = best_width(&tally[0], false);
    width[1] = best_width(&tally[1], true);
}

static bool belongs_to_last(struct nf_span last, const struct nf_paragraph *next, enum nf_paragraphs mode,
                            const size_t width[2])
{
    size_t least, most;
    if (next->blank_before)
        return false;
    struct body line = body_of(last), other = body_of(next->text);
    if (line.quoted != other.quoted)
        return false;
    if (mode == NF_PARAGRAPHS_BLOCK)
        return true;
    size_t w = width[line.quoted];
    return w && find_forced(line.text, other.text, &least, &most) && least <= w && w <= most;
}

static void join_lines(struct nf_document *document, enum nf_paragraphs mode, const size_t width[2])
{
    size_t kept = 0;
    struct nf_span last = {"", 0};              /* the line before, joined or not */
    for (size_t i = 0; i < document->count; i++) {
        const struct nf_paragraph *line = &document->paragraphs[i];
        struct nf_span text = line->text;
        if (kept && belongs_to_last(last, line, mode, width)) {
            struct nf_paragraph *paragraph = &document->paragraphs[kept - 1];
            paragraph->text.len = (size_t)(text.data + text.len - paragraph->text.data);
        } else {
            document->paragraphs[kept++] = *line;
        }
        last = text;
    }
    document->count = kept;
}

/* A line that was cut stays as it is, to the last blank. */
static void mark_fragments(struct nf_document *document)
{
    if (!document->count)
        return;
    struct nf_paragraph *first = document->paragraphs, *last = first + document->count - 1;
    if (document->continues_line && first->text.data == document->bytes.data)
        first->fragment = true;
    if (document->cut_line) {
        last->fragment = last->unfinished = true;
        last->text.len = (size_t)(document->bytes.data + document->bytes.len - last->text.data);
    }
}

void nf_split(struct nf_document *document, enum nf_paragraphs paragraphs)
{
    size_t width[2] = {0, 0};
    find_lines(document);
    if (paragraphs == NF_PARAGRAPHS_AUTO)
        find_widths(document, width);
    if (paragraphs == NF_PARAGRAPHS_BLOCK || width[0] || width[1])
        join_lines(document, paragraphs, width);
    mark_fragments(document);
}
