/*
 * test_plain_line.c: the form of a line that rules see.
 */
#include "text/plain_line.h"

#include "test.h"

static const struct {
    const char *text, *want, *lower;
    unsigned words;
    bool marked, ends;
} lines[] = {
    {"", "", "", 0, false, false},
    {"   ", "", "", 0, false, false},
    {"Share This", "Share This", "share this", 2, false, false},
    {"  two \t blanks  ", "two blanks", "two blanks", 2, false, false},
    {"- Joined", "Joined", "joined", 1, true, false},
    {"\xE2\x80\xA2 Joined", "Joined", "joined", 1, true, false},
    {"> > quoted", "quoted", "quoted", 1, false, false},
    {">> - both", "both", "both", 1, true, false},
    {"-5 degrees", "-5 degrees", "-5 degrees", 2, false, false},
    {"It\xE2\x80\x99s \xE2\x80\x9Cso\xE2\x80\x9D \xE2\x80\x93 yes.", "It's \"so\" - yes.", "it's \"so\" - yes.", 4, false, true},
    {"No\xC2\xA0" "break", "No break", "no break", 2, false, false},
    {"soft\xC2\xADly", "softly", "softly", 1, false, false},
    {"\xEF\xBB\xBFmark", "mark", "mark", 1, false, false},
    {"Ends (so.)", "Ends (so.)", "ends (so.)", 2, false, true},
    {"\"Really?\"", "\"Really?\"", "\"really?\"", 1, false, true},
    {"Question?", "Question?", "question?", 1, false, true},
    {"Read more:", "Read more:", "read more:", 2, false, false},
    {"\xC3\x84PFEL", "\xC3\x84PFEL", "\xC3\xA4pfel", 1, false, false},
    {"\xEF\xBC\xA1\xEF\xBC\xA2", "AB", "ab", 1, false, false},
    {"\xD8\xA5\xD9\x82\xD8\xB1\xD8\xA3", "\xD8\xA7\xD9\x82\xD8\xB1\xD8\xA7", "\xD8\xA7\xD9\x82\xD8\xB1\xD8\xA7", 1, false, false},
    {"\xE4\xB8\xAD\xE5\x9B\xBD\xE3\x80\x82", "\xE4\xB8\xAD\xE5\x9B\xBD\xE3\x80\x82", "\xE4\xB8\xAD\xE5\x9B\xBD\xE3\x80\x82", 2, false, true},
    {"broken\nline", "broken line", "broken line", 2, false, false},
};

void test_plain_line(void)
{
    struct nf_plain_line line = {0};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        test_begin("plain line: '%s'", lines[i].text);
        nf_plain_line_set(&line, nf_span(lines[i].text, strlen(lines[i].text)));
        CHECK_TEXT(nf_buf_span(&line.bytes), lines[i].want);
        CHECK_TEXT(nf_buf_span(&line.lower), lines[i].lower);
        CHECK(line.words == lines[i].words, "%u words, want %u", line.words, lines[i].words);
        CHECK(line.marked == lines[i].marked, "list mark");
        CHECK(line.ends_sentence == lines[i].ends, "end of a sentence");
    }
    nf_plain_line_release(&line);
}
