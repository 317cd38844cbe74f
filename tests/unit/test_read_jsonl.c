/*
 * test_read_jsonl.c: what is JSON and what is not, and which member is found.
 */
#include "stage/read_jsonl.h"

#include "base/buf.h"
#include "test.h"

/* found: the text's bytes between its quotes; NULL: no string of that name. complaint: NULL where it is JSON */
static const struct {
    const char *line, *found, *complaint;
} lines[] = {
    {"{\"text\":\"a\"}", "a", NULL},
    {" \t{ \"text\" : \"a\" , \"x\" : 1 } \r", "a", NULL},
    {"{}", NULL, NULL},
    {"{\"text\":null}", NULL, NULL},
    {"{\"text\":[\"a\"]}", NULL, NULL},
    {"{\"text\":\"a\",\"text\":\"b\"}", "b", NULL},
    {"{\"text\":\"a\",\"text\":7}", NULL, NULL},
    {"{\"te\\u0078t\":\"a\"}", "a", NULL},
    {"{\"x\":{\"text\":\"no\"},\"y\":[{\"text\":\"no\"}],\"text\":\"yes\"}", "yes", NULL},
    {"{\"text\":\"yes\",\"x\":{\"text\":\"no\"}}", "yes", NULL},
    {"[{\"text\":\"no\"}]", NULL, NULL},
    {"\"text\"", NULL, NULL},
    {"17", NULL, NULL},
    {"{\"a\":-0.5e+10,\"b\":0,\"c\":1E5,\"d\":true,\"e\":false,\"f\":NaN,\"g\":-Infinity,\"h\":[],\"i\":[1,[2]]}", NULL, NULL},
    {"{\"text\":\"a\\\"b\"}", "a\\\"b", NULL},
    {"", NULL, "it ends too soon"},
    {"{", NULL, "it ends too soon"},
    {"{\"text\":\"a\"", NULL, "it ends too soon"},
    {"{\"text\":\"a", NULL, "a string without an end"},
    {"{\"text\":\"a\nb\"}", NULL, "a control character in a string"},
    {"{\"text\":\"\\x\"}", NULL, "no such escape"},
    {"{\"text\" \"a\"}", NULL, "a colon is missing"},
    {"{\"text\":\"a\",}", NULL, "a name in quotes is missing"},
    {"{text:1}", NULL, "a name in quotes is missing"},
    {"{\"a\":1 \"b\":2}", NULL, "a comma is missing"},
    {"[1,]", NULL, "a value is missing"},
    {"[01]", NULL, "a value is missing"},
    {"[1.]", NULL, "a value is missing"},
    {"[+1]", NULL, "a value is missing"},
    {"[1}", NULL, "the wrong bracket"},
    {"{\"a\":1]", NULL, "the wrong bracket"},
    {"{} {}", NULL, "something behind the end"},
    {"not json", NULL, "a value is missing"},
    {"nullx", NULL, "something behind the end"},
};

static const char *const names[NF_JSONL_FIELDS] = {"text", "id", NULL};

static void check_line(struct nf_span line, const char *found, const char *complaint)
{
    struct nf_jsonl_value value[NF_JSONL_FIELDS];
    struct nf_error error = {0};
    enum nf_status status = nf_jsonl_read(line, names, value, &error);
    CHECK((status == NF_OK) == !complaint, "%s", error.text);
    if (complaint)
        CHECK(strstr(error.text, complaint) != NULL, "says: %s", error.text);
    if (status == NF_OK && found)
        CHECK_TEXT(value[NF_JSONL_TEXT].raw, found);
    if (status == NF_OK)
        CHECK(value[NF_JSONL_TEXT].string == (found != NULL), "a string or none");
}

static void check_depth(void)
{
    struct nf_buf line = {0};
    struct nf_jsonl_value value[NF_JSONL_FIELDS];
    for (size_t depth = NF_JSONL_DEPTH_MAX; depth <= NF_JSONL_DEPTH_MAX + 1; depth++) {
        line.len = 0;
        for (size_t i = 0; i < depth; i++)
            nf_buf_add_char(&line, '[');
        for (size_t i = 0; i < depth; i++)
            nf_buf_add_char(&line, ']');
        CHECK(nf_jsonl_read(nf_buf_span(&line), names, value, NULL) == (depth > NF_JSONL_DEPTH_MAX ? NF_ELIMIT : NF_OK),
              "%zu deep", depth);
    }
    nf_buf_release(&line);
}

void test_read_jsonl(void)
{
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        test_begin("read_jsonl: %s", lines[i].line);
        check_line(nf_span(lines[i].line, strlen(lines[i].line)), lines[i].found, lines[i].complaint);
    }
    test_begin("read_jsonl: a number for an id");
    struct nf_jsonl_value value[NF_JSONL_FIELDS];
    CHECK(nf_jsonl_read(SPAN("{\"id\":-12.5,\"text\":\"\"}"), names, value, NULL) == NF_OK, "read");
    CHECK_TEXT(value[NF_JSONL_ID].raw, "-12.5");
    CHECK(!value[NF_JSONL_ID].string && value[NF_JSONL_TEXT].string && value[NF_JSONL_TEXT].raw.len == 0, "kinds");
    test_begin("read_jsonl: blank lines");
    CHECK(nf_jsonl_is_blank(SPAN(" \t\r\n")) && nf_jsonl_is_blank(SPAN("")) && !nf_jsonl_is_blank(SPAN(" {}")), "blank");
    test_begin("read_jsonl: depth");
    check_depth();
}
