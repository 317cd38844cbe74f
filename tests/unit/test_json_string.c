/*
 * test_json_string.c: ends of strings, their texts, and places in both.
 */
#include "text/json_string.h"

#include "test.h"
#include "text/utf8.h"

static const struct {
    const char *string, *text;
    unsigned replaced;
} strings[] = {
    {"", "", 0},
    {"plain", "plain", 0},
    {"a\\n\\t\\\"\\\\\\/\\b\\f\\rz", "a\n\t\"\\/\b\f\rz", 0},
    {"\\u0041\\u00e9\\u20AC", "A\xC3\xA9\xE2\x82\xAC", 0},
    {"\\ud83d\\ude00", "\xF0\x9F\x98\x80", 0},
    {"\\uD83D", "\xEF\xBF\xBD", 1},
    {"\\ud83dx", "\xEF\xBF\xBDx", 1},
    {"\\ud83d\\n", "\xEF\xBF\xBD\n", 1},
    {"\\ud83d\\u0041", "\xEF\xBF\xBD" "A", 1},
    {"\\ude00\\ud83d", "\xEF\xBF\xBD\xEF\xBF\xBD", 2},
    {"\\ud83d\\ud83d\\ude00", "\xEF\xBF\xBD\xF0\x9F\x98\x80", 1},
    {"gr\xC3\xBC\xC3\x9F", "gr\xC3\xBC\xC3\x9F", 0},
    {"\xEF\xBB\xBF" "mark", "\xEF\xBB\xBF" "mark", 0},
    {"\xFF\xFE", "\xEF\xBF\xBD\xEF\xBF\xBD", 2},
    {"\xE2\x82\\n\xAC", "\xEF\xBF\xBD\n\xEF\xBF\xBD", 2},
    {"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", 3},
};

static const struct {
    const char *text;
    size_t end, wrong;
} ends[] = {
    {"\"", 0, 0}, {"abc\" , 1", 3, 0}, {"a\\\"b\"", 4, 0}, {"\\\\\"x", 2, 0}, {"0123456789\"", 10, 0},
    {"01234567\\u12aF\"", 14, 0},
    {"", SIZE_MAX, 0}, {"abc", SIZE_MAX, 3}, {"ab\n\"", SIZE_MAX, 2}, {"ab\x1F\"", SIZE_MAX, 2}, {"\\x\"", SIZE_MAX, 0},
    {"\\u12g4\"", SIZE_MAX, 0}, {"a\\u12", SIZE_MAX, 1}, {"a\\", SIZE_MAX, 1}, {"0123456789abcdef\x01\"", SIZE_MAX, 16},
};

/* Every place between two characters of the text is found again, and the parts between add up. */
static void check_places(struct nf_span string, struct nf_span text)
{
    struct nf_json_place place = {.string = string};
    struct nf_buf again = {0};
    for (size_t at = 0, from = 0; at < text.len; from = place.at) {
        at += nf_utf8_sequence((const unsigned char *)text.data + at, text.len - at);
        nf_json_place_seek(&place, at);
        CHECK(place.decoded == at, "place %zu of '%.*s'", at, (int)string.len, string.data);
        nf_json_string_decode(nf_span(string.data + from, place.at - from), &again);
        CHECK(again.len == at && memcmp(again.data, text.data, at) == 0, "the part up to %zu", at);
    }
    CHECK(place.at == string.len, "the end of '%.*s'", (int)string.len, string.data);
    nf_buf_release(&again);
}

void test_json_string(void)
{
    struct nf_buf out = {0};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
        test_begin("json_string: text of %s", strings[i].string);
        struct nf_span string = nf_span(strings[i].string, strlen(strings[i].string));
        out.len = 0;
        uint64_t replaced = nf_json_string_decode(string, &out);
        CHECK_TEXT(nf_buf_span(&out), strings[i].text);
        CHECK(replaced == strings[i].replaced, "%u replaced", (unsigned)replaced);
        check_places(string, nf_buf_span(&out));
    }
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t wrong = 0, end = nf_json_string_end(nf_span(ends[i].text, strlen(ends[i].text)), &wrong);
        test_begin("json_string: end of %s", ends[i].text);
        CHECK(end == ends[i].end && wrong == ends[i].wrong, "end %zu, wrong %zu", end, wrong);
    }
    nf_buf_release(&out);
}
