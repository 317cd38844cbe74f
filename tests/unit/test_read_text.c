/*
 * test_read_text.c: cutting text into documents, the same for blocks of every size.
 */
#include "stage/read_text.h"

#include "test.h"

/* Documents as text: `{` `}` around each, `+` before one that continues another, `~` where a line was cut. */
static void put(void *context, const struct nf_document *document)
{
    struct nf_buf *out = context;
    if (document->continues)
        nf_buf_add_char(out, '+');
    if (document->continues_line)
        nf_buf_add_char(out, '~');
    nf_buf_add_char(out, '{');
    nf_buf_add(out, document->bytes.data, document->bytes.len);
    nf_buf_add_char(out, '}');
}

static const struct {
    const char *what;
    struct nf_span text;
    const char *separator;
    const char *want;
} inputs[] = {
    {"nothing", {"", 0}, NULL, ""},
    {"one line", {"one\n", 4}, NULL, "{one\n}"},
    {"no final newline", {"one\ntwo", 7}, NULL, "{one\ntwo}"},
    {"form feed", {"one\n\ftwo\n", 9}, NULL, "{one\n}{two\n}"},
    {"form feed in a line", {"one\ftwo", 7}, NULL, "{one}{two}"},
    {"form feed at the end", {"one\n\f", 5}, NULL, "{one\n}"},
    {"form feeds only", {"\f\f", 2}, NULL, "{}{}"},
    {"separator", {"== a\nx\n== b\ny\n", 14}, "^==", "{== a\nx\n}{== b\ny\n}"},
    {"separator without final newline", {"x\n== b", 6}, "^==", "{x\n}{== b\n}"},
    {"separator with carriage returns", {"x\r\n==\r\ny\r\n", 10}, "^==$", "{x\r\n}{==\r\ny\r\n}"},
    {"separator and form feed", {"x\n\fy\n==\nz\n", 10}, "^==$", "{x\n}{y\n}{==\nz\n}"},
    {"separator in the middle of a line is none", {"x == y\n", 7}, "^==", "{x == y\n}"},
    {"two separators in a row", {"==\n==\nx\n", 8}, "^==", "{==\n}{==\nx\n}"},
    {"separator that matches nothing", {"a\n\nb\n", 5}, "^$", "{a\n}{\nb\n}"},
};

static void read_in_steps(struct nf_span text, const char *separator, uint64_t most, size_t step, struct nf_buf *out)
{
    struct nf_text_reader reader = {.put = put, .context = out, .max_document = most};
    struct nf_buf taken = {0};
    enum nf_status status = NF_OK;
    out->len = 0;
    if (separator)
        status = nf_regex_new(nf_span(separator, strlen(separator)), NF_REGEX_CASE | NF_REGEX_SEARCH,
                              &reader.separator, NULL);
    nf_text_reader_start(&reader, "test");
    CHECK(status == NF_OK, "status %d", (int)status);
    for (size_t at = 0; at < text.len; at += step) {
        nf_text_reader_feed(&reader, text.data + at, text.len - at < step ? text.len - at : step);
        if (at % 3 == 0) {
            nf_text_reader_take(&reader, &taken);
            taken.len = 0;
        }
    }
    nf_text_reader_finish(&reader);
    nf_buf_release(&taken);
    nf_regex_free(reader.separator);
    nf_text_reader_release(&reader);
}

static void test_cutting(void)
{
    struct nf_buf text = {0}, out = {0}, other = {0};
    static const size_t steps[] = {1, 7, 4096};
    for (unsigned i = 0; i < 400; i++) {
        static const char *const pieces[] = {"word ", "longer words ", "\n", "\n\n", "\xE4\xB8\xAD\xE6\x96\x87", "\r\n"};
        uint64_t state = i;
        nf_buf_add_text(&text, pieces[test_random(&state) % 6]);
    }
    for (uint64_t most = 16; most < 400; most += 37) {
        test_begin("reader: documents cut at %u bytes are the input, in order", (unsigned)most);
        read_in_steps(nf_buf_span(&text), NULL, most, text.len, &out);
        size_t at = 0;
        bool in = false;
        for (size_t i = 0; i < out.len; i++) {
            char c = out.data[i];
            if (c == '{' || c == '}')
                in = c == '{';
            else if (in)
                at += CHECK(at < text.len && c == text.data[at], "byte %zu", at) ? 1u : text.len;
        }
        CHECK(at == text.len, "%zu of %zu bytes", at, text.len);
        for (size_t s = 0; s < 3; s++) {
            read_in_steps(nf_buf_span(&text), NULL, most, steps[s], &other);
            CHECK(nf_span_equal(nf_buf_span(&out), nf_buf_span(&other)), "blocks of %zu", steps[s]);
        }
    }
    test_begin("reader: where a long document is cut");
    read_in_steps(SPAN("aaaa bbbb\n\ncccc\ndd\n"), NULL, 16, 100, &out);
    CHECK_TEXT(nf_buf_span(&out), "{aaaa bbbb\n}+{\ncccc\ndd\n}");
    read_in_steps(SPAN("aaaa bbbb\ncccc\ndd\n"), NULL, 16, 100, &out);
    CHECK_TEXT(nf_buf_span(&out), "{aaaa bbbb\ncccc\n}+{dd\n}");
    read_in_steps(SPAN("aaaa bbbb cccc dd"), NULL, 16, 100, &out);
    CHECK_TEXT(nf_buf_span(&out), "{aaaa bbbb cccc }+~{dd}");
    read_in_steps(SPAN("aaaaaaa\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD"), NULL, 16, 100, &out);
    CHECK_TEXT(nf_buf_span(&out), "{aaaaaaa\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD}+~{\xE4\xB8\xAD}");
    nf_buf_release(&text);
    nf_buf_release(&out);
    nf_buf_release(&other);
}

void test_read_text(void)
{
    static const size_t steps[] = {1, 2, 3, 7, 4096};
    struct nf_buf out = {0};
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        test_begin("reader: %s", inputs[i].what);
        for (size_t s = 0; s < sizeof steps / sizeof *steps; s++) {
            read_in_steps(inputs[i].text, inputs[i].separator, 1 << 20, steps[s], &out);
            CHECK_TEXT(nf_buf_span(&out), inputs[i].want);
        }
    }
    nf_buf_release(&out);
    test_cutting();
}
