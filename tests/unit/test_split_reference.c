/*
 * test_split_reference.c: the splitter against a plain one, which measures every line by its characters and tries every width.
 */
#include "stage/split.h"

#include "base/alloc.h"
#include "base/paragraphs.h"
#include "test.h"
#include "text/utf8.h"

#define LINES 400
#define LONG 400

struct line {
    size_t from, len, marks;
    size_t chars, first_word;
};

static size_t trimmed(const char *text, size_t len)
{
    for (;;) {
        if (len && strchr(" \t\r\v", text[len - 1]))
            len -= 1;
        else if (len >= 2 && memcmp(text + len - 2, "\xC2\xA0", 2) == 0)
            len -= 2;
        else
            return len;
    }
}

static void measure(const char *text, struct line *line)
{
    const char *p = text + line->from;
    if (line->len && p[0] == '>')
        while (line->marks < line->len && (p[line->marks] == '>' || p[line->marks] == ' '))
            line->marks++;
    size_t body = line->len - line->marks, at = line->marks;
    bool space = false;
    for (; at < line->len && body <= LONG; at++) {
        bool begins = ((unsigned char)p[at] & 0xC0) != 0x80;
        space |= p[at] == ' ';
        line->chars += begins;
        line->first_word += begins && !space;
    }
    if (body > LONG)
        line->chars = line->first_word = LONG;
    else if (body && (unsigned char)p[line->marks] >= 0xE3)
        line->first_word = 1;
}

static size_t find_lines(struct nf_span text, struct line *lines)
{
    size_t count = 0;
    for (size_t from = 0; from < text.len && count < LINES;) {
        size_t end = from;
        while (end < text.len && text.data[end] != '\n'
               && !(text.data[end] == '\r' && !(end + 1 < text.len && text.data[end + 1] == '\n')))
            end++;
        lines[count] = (struct line){.from = from, .len = trimmed(text.data + from, end - from)};
        measure(text.data, &lines[count++]);
        from = end + 1;
    }
    return count;
}

static bool are_pair(const struct line *line, bool quoted)
{
    return line[0].len > line[0].marks && line[1].len > line[1].marks && (line[0].marks > 0) == quoted
           && (line[1].marks > 0) == quoted;
}

static bool is_forced(const struct line *line, size_t width)
{
    return line[0].chars <= width && line[1].chars < LONG && line[0].chars + 1 + line[1].first_word > width;
}

static size_t find_width(const struct line *lines, size_t count, bool quoted)
{
    size_t best = 0, best_width = 0, pairs = 0;
    for (size_t i = 0; i + 1 < count; i++)
        pairs += are_pair(&lines[i], quoted);
    for (size_t width = 40; width <= 100; width++) {
        size_t forced = 0;
        for (size_t i = 0; i + 1 < count; i++)
            forced += are_pair(&lines[i], quoted) && is_forced(&lines[i], width);
        if (forced > best)
            best = forced, best_width = width;
    }
    size_t percent = best < 8 && !quoted ? 90 : 60;
    return best >= 3 && best * 100 >= pairs * percent ? best_width : 0;
}

static bool joins(const struct line *lines, size_t i, enum nf_paragraphs mode, const size_t width[2])
{
    if (i == 0 || mode == NF_PARAGRAPHS_LINE)
        return false;
    bool quoted = lines[i].marks > 0;
    return are_pair(&lines[i - 1], quoted)
           && (mode == NF_PARAGRAPHS_BLOCK || (width[quoted] && is_forced(&lines[i - 1], width[quoted])));
}

static bool check(struct nf_span text, enum nf_paragraphs mode, size_t *joined)
{
    struct nf_document document = {.bytes = text, .first_offset = 1000, .first_line = 7};
    struct line *lines = nf_alloc(LINES * sizeof *lines);
    size_t count = find_lines(text, lines), at = 0, width[2] = {0, 0};
    bool blank = false, good = true;
    nf_split(&document, mode);
    if (mode == NF_PARAGRAPHS_AUTO)
        width[0] = find_width(lines, count, false), width[1] = find_width(lines, count, true);
    for (size_t i = 0, next; i < count && good; i = next) {
        next = i + 1;
        if (lines[i].len == lines[i].marks) {
            blank = true;
            continue;
        }
        while (next < count && lines[next].len > lines[next].marks && joins(lines, next, mode, width))
            next++;
        *joined += next - i - 1;
        size_t len = lines[next - 1].from + lines[next - 1].len - lines[i].from;
        const struct nf_paragraph *p = &document.paragraphs[at];
        good = CHECK(at < document.count && p->text.data == text.data + lines[i].from && p->text.len == len
                     && nf_offset_of(&document, p) == 1000 + lines[i].from && nf_line_of(&document, p) == 7 + i && p->blank_before == blank,
                     "paragraph %zu at line %zu of '%.*s'", at, i, (int)text.len, text.data);
        at++;
        blank = false;
    }
    good = good && CHECK(at == document.count, "%zu paragraphs, not %zu", document.count, at);
    nf_document_release(&document);
    nf_free(lines);
    return good;
}

/* Lines that keep to a width for the most part, of words of one kind or mixed. */
static void compose(struct nf_buf *text, uint64_t *state)
{
    static const char *const words[] = {"a", "words", "\xC3\xA9t\xC3\xA9", "longer-than-most", "\xE4\xB8\xAD\xE5\x9B\xBD", "\xD0\xB6\xD0\xB6\xD0\xB6\xD0\xB6",
                                        "x\xC2\xA0", "\t"};
    static const char *const ends[] = {"\n", "\n", "\n", "\r\n", "\r", "  \n", "\n\n", "\n \n", "\n>\n", "\xC2\xA0\n"};
    size_t width = 30 + test_random(state) % 80, kinds = 1 + test_random(state) % 8, end_kinds = 1 + test_random(state) % 10;
    bool quotes = test_random(state) % 3 == 0;
    text->len = 0;
    for (size_t line = test_random(state) % 40; line; line--) {
        size_t room = test_random(state) % 8 ? width : test_random(state) % 3 ? test_random(state) % 30 : LONG - 5 + test_random(state) % 40;
        if (quotes && test_random(state) % 4)
            nf_buf_add_text(text, test_random(state) % 3 ? "> " : ">> > ");
        for (size_t chars = 0; chars < room;) {
            const char *word = words[test_random(state) % kinds];
            size_t count = nf_utf8_count(nf_span(word, strlen(word)));
            if (chars && chars + count + 1 > room)
                break;
            if (chars && test_random(state) % 12)
                nf_buf_add_char(text, ' ');
            nf_buf_add_text(text, word);
            chars += count + 1;
        }
        nf_buf_add_text(text, ends[test_random(state) % end_kinds]);
    }
}

void test_split_reference(void)
{
    struct nf_buf text = {0};
    uint64_t state = 5;
    size_t joined = 0;
    test_begin("split: random texts");
    for (int round = 0; round < 6000; round++) {
        compose(&text, &state);
        enum nf_paragraphs mode = round % 6 == 0 ? NF_PARAGRAPHS_BLOCK : round % 6 == 1 ? NF_PARAGRAPHS_LINE : NF_PARAGRAPHS_AUTO;
        size_t before = joined;
        if (!check(nf_buf_span(&text), mode, &joined))
            break;
        joined = mode == NF_PARAGRAPHS_AUTO ? joined : before;
    }
    CHECK(joined > 1000, "only %zu lines were joined", joined);
    nf_buf_release(&text);
}
