/*
 * test_repair.c: entities and mojibake, one to three layers of each.
 */
#include "text/repair.h"

#include "test.h"

static const struct {
    const char *text, *want;
} repairs[] = {
    {"", ""},
    {"nothing to do: caf\xC3\xA9 & cr\xC3\xA8me", "nothing to do: caf\xC3\xA9 & cr\xC3\xA8me"},
    {"a &amp; b", "a & b"},
    {"&lt;b&gt; &quot;x&quot;", "<b> \"x\""},
    {"it&#8217;s", "it\xE2\x80\x99s"},
    {"it&#x2019;s it&#X2019;s", "it\xE2\x80\x99s it\xE2\x80\x99s"},
    {"it&amp;#8217;s", "it\xE2\x80\x99s"},
    {"it&amp;amp;#8217;s", "it\xE2\x80\x99s"},
    {"it&rsquo;s &ndash; &nbsp;", "it\xE2\x80\x99s \xE2\x80\x93 \xC2\xA0"},
    {"windows-1252 number: it&#146;s", "windows-1252 number: it\xE2\x80\x99s"},
    {"AT&T; R&D, Q&A &c. &", "AT&T; R&D, Q&A &c. &"},
    {"&; &#; &#x; &#zz; &unknownname;", "&; &#; &#x; &#zz; &unknownname;"},
    {"&#99999999999;", "&#99999999999;"},
    {"it\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2s", "it\xE2\x80\x99s"},
    {"\xC3\x82\xC2\xA3" "5m", "\xC2\xA3" "5m"},
    {"caf\xC3\x83\xC2\xA9", "caf\xC3\xA9"},
    {"caf\xC3\x83\xC6\x92\xC3\x82\xC2\xA9", "caf\xC3\xA9"},
    {"caf\xC3\x83\xC6\x92\xC3\x86\xE2\x80\x99\xC3\x83\xE2\x80\x9A\xC3\x82\xC2\xA9", "caf\xC3\xA9"},
    {"\xC3\x82", "\xC3\x82"},
    {"S\xC3\xA3o Jo\xC3\xA3o, \xC3\x82ngela", "S\xC3\xA3o Jo\xC3\xA3o, \xC3\x82ngela"},
};

void test_repair(void)
{
    struct nf_buf out = {0};
    for (size_t i = 0; i < sizeof repairs / sizeof *repairs; i++) {
        test_begin("repair: %s", repairs[i].text);
        nf_repair(nf_span(repairs[i].text, strlen(repairs[i].text)), &out);
        CHECK_TEXT(nf_buf_span(&out), repairs[i].want);
    }
    test_begin("repair: where an entity or mojibake begins");
    CHECK(nf_is_entity(SPAN("x &amp; y"), 2) && !nf_is_entity(SPAN("R&D; x"), 1), "entities");
    CHECK(nf_is_mojibake(SPAN("\xC3\x82\xC2\xA3"), 0) && !nf_is_mojibake(SPAN("\xC3\x82n"), 0), "mojibake");
    nf_buf_release(&out);
}
