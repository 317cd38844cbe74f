/*
 * test_json.c: what the writers put into JSON comes out of a parser as it was.
 */
#include "base/json.h"

#include "test.h"

static const struct {
    struct nf_span text;
    const char *json;
} texts[] = {
    {{"", 0}, "\"\""},
    {{"plain", 5}, "\"plain\""},
    {{"a \"b\" \\c", 8}, "\"a \\\"b\\\" \\\\c\""},
    {{"a\nb\tc\rd", 7}, "\"a\\nb\\tc\\rd\""},
    {{"\0x\x1F", 3}, "\"\\u0000x\\u001f\""},
    {{"\x7F", 1}, "\"\\u007f\""},
    {{"gr\xC3\xBC\xC3\x9F dich \xF0\x9F\x99\x82", 16}, "\"gr\xC3\xBC\xC3\x9F dich \xF0\x9F\x99\x82\""},
};

void test_json(void)
{
    struct nf_buf out = {0};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        test_begin("json: text %zu", i);
        out.len = 0;
        nf_json_text(&out, texts[i].text);
        CHECK_TEXT(nf_buf_span(&out), texts[i].json);
    }
    test_begin("json: commas between members");
    out.len = 0;
    nf_buf_add_char(&out, '{');
    nf_json_number(&out, "a", 0);
    nf_json_string(&out, "b", SPAN("x"));
    nf_json_name(&out, "c");
    nf_buf_add_char(&out, '{');
    nf_json_number(&out, "d", UINT64_MAX);
    nf_buf_add_text(&out, "}}");
    CHECK_TEXT(nf_buf_span(&out), "{\"a\":0,\"b\":\"x\",\"c\":{\"d\":18446744073709551615}}");
    nf_buf_release(&out);
}
