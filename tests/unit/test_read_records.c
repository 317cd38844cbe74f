/*
 * test_read_records.c: records of JSONL and WARC, in blocks of any size.
 */
#include "stage/read_records.h"

#include <stdio.h>

#include "test.h"

#define HEAD "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: "
#define INFO "WARC/1.1\nWARC-Type: warcinfo\nContent-Length: 5\n\nabcde\n\n"

/* Cuts as text: `number@offset[bytes]`, parts in (), errors as !text. */
static const struct {
    const char *name;
    enum nf_records kind;
    const char *input;
    const char *cuts;
} inputs[] = {
    {"lines", NF_RECORDS_JSONL, "{}\n\n[1]\r\nlast", "1@0[{}\n]2@3[\n]3@4[[1]\r\n]4@9[last]"},
    {"nothing", NF_RECORDS_JSONL, "", ""},
    {"a long line", NF_RECORDS_JSONL, "{}\n0123456789012345678901234\n{}\n",
     "1@0[{}\n]!longer than --max-record: not read;2@3(0123456789012345678901234\n)3@29[{}\n]"},
    {"a record", NF_RECORDS_WARC, HEAD "3\r\n\r\nabc\r\n\r\n", "1@0[" HEAD "3\r\n\r\nabc]"},
    {"two records", NF_RECORDS_WARC, INFO HEAD "1\n\nx\r\n\r\n" HEAD "0\n\n",
     "2@55[" HEAD "1\n\nx]3@110[" HEAD "0\n\n]"},
    {"lost and found", NF_RECORDS_WARC, "garbage\nWARC\n" HEAD "1\n\nxyz\n" HEAD "1\n\nz",
     "!byte 0: no WARC header;1@13[" HEAD "1\n\nx]!byte 64: no WARC header;2@67[" HEAD "1\n\nz]"},
    {"no length", NF_RECORDS_WARC, "WARC/1.0\nWARC-Type: response\n\n" HEAD "1\n\nz",
     "!byte 0: no WARC header;1@30[" HEAD "1\n\nz]"},
    {"cut short", NF_RECORDS_WARC, HEAD "9\n\nxyz", "!byte 0: the record is cut short;1@0[" HEAD "9\n\nxyz]"},
    {"a header cut short", NF_RECORDS_WARC, "WARC/1.0\nWARC-Ty", "!byte 0: a header without an end;"},
    {"a skipped body cut short", NF_RECORDS_WARC, "WARC/1.1\nWARC-Type: warcinfo\nContent-Length: 5\n\nabc",
     "!byte 51: the record is cut short;"},
    {"too long", NF_RECORDS_WARC, HEAD "21\n\n012345678901234567890\n" HEAD "1\n\nz",
     "!byte 0: longer than --max-record: not read;2@73[" HEAD "1\n\nz]"},
};

static void show_cut(void *context, const struct nf_cut *cut)
{
    struct nf_buf *out = context;
    char place[64];
    bool part = cut->kind == NF_CUT_PART;
    if (cut->kind == NF_CUT_ERROR) {
        nf_buf_add_char(out, '!');
        nf_buf_add_text(out, cut->error.text);
        nf_buf_add_char(out, ';');
        return;
    }
    if (part && out->len && out->data[out->len - 1] == ')') {       /* where a long line is cut says nothing */
        out->len--;
    } else {
        nf_buf_add(out, place, (size_t)snprintf(place, sizeof place, "%d@%d%c", (int)cut->number, (int)cut->offset,
                                                part ? '(' : '['));
    }
    nf_buf_add(out, cut->bytes.data, cut->bytes.len);
    nf_buf_add_char(out, part ? ')' : ']');
}

static void cut(enum nf_records kind, struct nf_span input, size_t block, bool take, struct nf_buf *out)
{
    struct nf_record_reader reader = {.put = show_cut, .context = out, .max_record = 20};
    struct nf_buf taken = {0};
    out->len = 0;
    nf_record_reader_start(&reader, kind);
    for (size_t at = 0; at < input.len; at += block) {
        nf_record_reader_feed(&reader, input.data + at, input.len - at < block ? input.len - at : block);
        if (take) {
            taken.len = 0;
            nf_record_reader_take(&reader, &taken);
        }
    }
    nf_record_reader_finish(&reader);
    nf_record_reader_release(&reader);
    nf_buf_release(&taken);
}

void test_read_records(void)
{
    struct nf_buf out = {0};
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
        for (size_t len = strlen(inputs[i].input), block = 1; block <= len + 1; block++) {
            test_begin("read_records: %s, blocks of %zu", inputs[i].name, block);
            cut(inputs[i].kind, nf_span(inputs[i].input, len), block, block % 2, &out);
            CHECK_TEXT(nf_buf_span(&out), inputs[i].cuts);
        }
    nf_buf_release(&out);
}
