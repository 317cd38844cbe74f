/*
 * test_split.c: lines and paragraphs, wrapped text told from lines that end where they want.
 */
#include "stage/split.h"

#include "base/paragraphs.h"
#include "test.h"

/* Paragraphs as text: each in brackets, `_` before one that had a blank line. */
static const struct {
    const char *what;
    enum nf_paragraphs how;
    const char *text, *want;
} inputs[] = {
    {"nothing", NF_PARAGRAPHS_AUTO, "", ""},
    {"blank lines only", NF_PARAGRAPHS_AUTO, "\n  \n\t\n", ""},
    {"lines", NF_PARAGRAPHS_LINE, "one\ntwo\n\nthree", "[one][two]_[three]"},
    {"trailing blanks", NF_PARAGRAPHS_LINE, "one  \ntwo\t\xC2\xA0\n", "[one][two]"},
    {"leading blanks stay", NF_PARAGRAPHS_LINE, "  one\n", "[  one]"},
    {"CRLF", NF_PARAGRAPHS_LINE, "one\r\n\r\ntwo\r\n", "[one]_[two]"},
    {"CR alone", NF_PARAGRAPHS_LINE, "one\rtwo\r\rthree", "[one][two]_[three]"},
    {"mixed ends", NF_PARAGRAPHS_LINE, "one\rtwo\r\nthree\nfour", "[one][two][three][four]"},
    {"blocks", NF_PARAGRAPHS_BLOCK, "one\ntwo\n\nthree\n", "[one\ntwo]_[three]"},
    {"blocks of quoted lines", NF_PARAGRAPHS_BLOCK, "> one\n> two\nthree\n", "[> one\n> two][three]"},
    {"short lines are no wrapped text", NF_PARAGRAPHS_AUTO, "one\ntwo\nthree\nfour\nfive\nsix\nseven\n",
     "[one][two][three][four][five][six][seven]"},
    {"wrapped at 60", NF_PARAGRAPHS_AUTO,
     "The harbour council met on Tuesday to look at plans for the\n"
     "eastern quay, which has stood empty since the ferry company\n"
     "moved its boats to the new terminal across the bay and left\n"
     "nothing behind but a ticket office and a row of lamps along\n"
     "the water that nobody has switched on since the autumn.\n"
     "\n"
     "The harbour master told the meeting that two of the sheds\n"
     "could be moved by barge to the western mole, where the\n"
     "rowing club has asked for one of them since its own\n"
     "boathouse burned down, and that the other one was beyond\n"
     "repair and would have to be taken apart before the winter\n"
     "storms came back.\n"
     "\n"
     "A second reading is due in a month.\n",
     "[The harbour council met on Tuesday to look at plans for the\n"
     "eastern quay, which has stood empty since the ferry company\n"
     "moved its boats to the new terminal across the bay and left\n"
     "nothing behind but a ticket office and a row of lamps along\n"
     "the water that nobody has switched on since the autumn.]_[The harbour master told the meeting that two of the sheds\n"
     "could be moved by barge to the western mole, where the\n"
     "rowing club has asked for one of them since its own\n"
     "boathouse burned down, and that the other one was beyond\n"
     "repair and would have to be taken apart before the winter\n"
     "storms came back.]_["
     "A second reading is due in a month.]"},
    {"a list is no wrapped text", NF_PARAGRAPHS_AUTO,
     "Flour, two hundred grams, sifted twice over the bowl\nButter, cold\nFour eggs\nA lemon, its peel only\n"
     "Sugar to taste\nVanilla\n",
     "[Flour, two hundred grams, sifted twice over the bowl][Butter, cold][Four eggs][A lemon, its peel only]"
     "[Sugar to taste][Vanilla]"},
};

static void check_paragraphs(const char *text, const struct nf_document *document, struct nf_buf *out)
{
    out->len = 0;
    for (size_t i = 0; i < document->count; i++) {
        const struct nf_paragraph *paragraph = &document->paragraphs[i];
        nf_buf_add_text(out, paragraph->blank_before ? "_[" : "[");
        nf_buf_add(out, paragraph->text.data, paragraph->text.len);
        nf_buf_add_char(out, ']');
        CHECK(nf_offset_of(document, paragraph) == 1000 + (uint64_t)(paragraph->text.data - text), "offset of paragraph %zu", i);
        uint64_t line = 5;
        for (const char *p = text; p < paragraph->text.data; p++)
            line += *p == '\n' || (*p == '\r' && p[1] != '\n');
        CHECK(nf_line_of(document, paragraph) == line, "paragraph %zu is at line %u, want %u", i,
              (unsigned)nf_line_of(document, paragraph), (unsigned)line);
    }
}

/* Words of one to nine letters, wrapped greedily, at every width the detection knows. */
static void test_widths(void)
{
    for (size_t width = 45; width <= 95; width += 5) {
        struct nf_buf text = {0};
        size_t column = 0, paragraphs = 0;
        uint64_t state = width;
        for (unsigned i = 0; i < 600; i++) {
            size_t len = 1 + test_random(&state) % 9;
            if (column && column + 1 + len > width) {
                nf_buf_add_char(&text, '\n');
                column = 0;
            } else if (column) {
                nf_buf_add_char(&text, ' ');
                column++;
            }
            for (size_t k = 0; k < len; k++)
                nf_buf_add_char(&text, (char)('a' + test_random(&state) % 26));
            column += len;
            if (i % 100 == 99) {
                nf_buf_add_text(&text, ".\n\n");
                column = 0;
                paragraphs++;
            }
        }
        struct nf_document document = {.name = "test", .bytes = nf_buf_span(&text), .first_line = 1};
        test_begin("split: text wrapped at %zu", width);
        nf_split(&document, NF_PARAGRAPHS_AUTO);
        CHECK(document.count == paragraphs, "%zu paragraphs, want %zu", document.count, paragraphs);
        nf_document_release(&document);
        nf_buf_release(&text);
    }
}

static void test_fragments(void)
{
    struct nf_document document = {.name = "test", .bytes = SPAN("end of it\nnext\nbegin "), .first_line = 1,
                                   .continues = true, .continues_line = true, .cut_line = true};
    test_begin("split: parts of a cut line are fragments");
    nf_split(&document, NF_PARAGRAPHS_LINE);
    if (CHECK(document.count == 3, "%zu paragraphs", document.count)) {
        CHECK(document.paragraphs[0].fragment && !document.paragraphs[0].unfinished, "first");
        CHECK(!document.paragraphs[1].fragment, "second");
        CHECK(document.paragraphs[2].fragment && document.paragraphs[2].unfinished, "last");
        CHECK_TEXT(document.paragraphs[2].text, "begin ");
    }
    nf_document_release(&document);
}

void test_split(void)
{
    struct nf_buf out = {0};
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        const char *text = inputs[i].text;
        struct nf_document document = {.name = "test", .bytes = nf_span(text, strlen(text)), .first_offset = 1000,
                                       .first_line = 5};
        test_begin("split: %s", inputs[i].what);
        nf_split(&document, inputs[i].how);
        check_paragraphs(text, &document, &out);
        CHECK_TEXT(nf_buf_span(&out), inputs[i].want);
        nf_document_release(&document);
    }
    nf_buf_release(&out);
    test_widths();
    test_fragments();
}
