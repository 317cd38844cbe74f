/*
 * test_markup.c: what the parser is given for pages, mostly of hostile syntax: runs of text in [], a blank before them
 * as [_; attributes that are kept beside it in {}.
 */
#include "text/markup.h"

#include <stdio.h>

#include "test.h"

static const struct {
    const char *page, *want;
} pages[] = {
    {"", ""},
    {"plain text", "[plain text]"},
    {"<p>one</p> <p> two </p>", "<p>[one]</p><p>[_two ]</p>"},
    {"a<b>b</b> c", "[a][b][_c]"},
    {"<p>AT&amp;T & R&D; <3", "<p>[AT]&amp;[T ]&[_R]&D; &lt;[3]"},
    {"caf&eacute &#8217;s &#127;&#x7f;x", "[caf]&eacute &#8217;[s ][x]"},
    {"\x7F" "del\x7F", "[\x7F" "del\x7F]"},
    {"a<pre>\n  x\n\n</pre>\n<p>b", "[a]<pre>[\n  x\n\n]</pre>\n<p>[b]"},
    {"<title>a <b> &amp; c</title>d", "<title>[a ]&lt;[b> ]&amp;[_c]</title>[d]"},
    {"<div class=\"a b\" id=x1 data-x='>' style=\"color:red\">t", "<div{class=a b id=x1}>[t]"},
    {"<DIV CLASS=a CLASS=b>t</DIV>", "<div{class=a}>[t]</div>"},
    {"<a href='http://example.com/?a=1&b=2' title=\"a > b\">t</a>", "<a{href=}>[t]</a>"},
    {"<p class=\"it's\">t", "<p{class=it's}>[t]"},
    {"<p class='a \"b\" c'>t", "<p{class=a \"b\" c}>[t]"},
    {"<p class=\"a&amp;b\" id=c>t", "<p class=\"a&amp;b\"{id=c}>[t]"},
    {"<p class = a\nid\n=\n'b'hidden>t", "<p{class=a id=b hidden=}>[t]"},
    {"<p =class=a id=b>t", "<p{id=b}>[t]"},
    {"<p class=a/b/>t", "<p{class=a/b/}>[t]"},
    {"<p/class=a/id=b>t", "<p{class=a/id=b}>[t]"},
    {"<p class=>t", "<p{class=}>[t]"},
    {"<p class=\"a>t</p>", "<p{class=a}>[t]</p>"},
    {"<p class=\"a\">t</p><p id='b>u</p>", "<p{class=a}>[t]</p><p{id=b}>[u]</p>"},
    {"<p id=\"a\"class='b'\"c\">t", "<p{id=a class=b}>[t]"},
    {"<p style='x; display: none' hidden>t", "<p{hidden=style}>[t]"},
    {"<span>a</span><span class=x>b</span>c</span>", "[a]<span{class=x}>[b]</span>[c]"},
    {"<img class=x src=\"a>b\">t", "[t]"},
    {"<my-el id=a>t</my-el>", "<section{id=a}>[t]</section>"},
    {"<!-- > --> a <!--> b <!---> c <!-- d", "[_a ][_b ][_c ][_d]"},
    {"<!-- a --!> b <![CDATA[ c ]]> <?x > d", "[_b ][_d]"},
    {"<!--[if IE]><p>x</p><![endif]-->t<![if !IE]>u<![endif]>", "[t][u]"},
    {"<script>if (a<b) '</p>'</script>t<script>u", "[t][u]"},
    {"<style>a{}</styles></style>t", "[t]"},
    {"<svg><text>x</text></svg>t", "[t]"},
    {"<meta property=og:title content=\"a&amp;b\"><meta name=x content=y>", "<meta property=\"og:title\" content=\"a&amp;b\">"},
    {"<meta property=og:image content=x><meta content=y name='og:type'>", "<meta><meta content=\"y\" name=\"og:type\">"},
    {"</p class=\"a\">t</", "</p>[t]"},
    {"a<!\xC3\xA9", "[a][\xC3\xA9]"},
    {"a<!x", "[a][x]"},
    {"<title>a</title x", "<title>[a]</title>[_x]"},
    {"a < b <", "[a ]&lt;[_b ]&lt;"},
    {"<p", "<p>"},
    {"<p class", "<p{class=}>"},
    {"<p class=\"", "<p{class=}>"},
    {"<body><a href=x>t</a> u", "<body>(a{href=})[t](/a)[_u]"},
    {"<body><a>t</a><time>u</time>", "<body>(a)[t](/a)(time)[u](/time)"},
    {"<body><a href=x><b>t</b><div>u</div></a><a href=y>v</a>", "<body><a{href=}>[t]<div>[u]</div></a>(a{href=})[v](/a)"},
    {"<body><a href=x>t<a href=y>u</a><a href=z>v</a>", "<body><a{href=}>[t]<a{href=}>[u]</a>(a{href=})[v](/a)"},
    {"<body><a href=x><a href=y>u</a><p>v</p><a>w</a>", "<body><a{href=}><a{href=}>[u]</a><p>[v]</p>(a)[w](/a)"},
    {"<body><a href=x><p><a href=y>t</a></p></a><a>u</a>", "<body><a{href=}><p><a{href=}>[t]</a></p></a><a>[u]</a>"},
    {"<body><a href=x><div></p></a><a href=y>t</a>", "<body><a{href=}><div></p></a><a{href=}>[t]</a>"},
    {"<body><span class=a>&amp;<cite>t</cite>u</span>&lt;", "<body>(span{class=a})&amp;(cite)[t](/cite)[u](/span)&lt;"},
    {"<body>&lt;<span id=a>t&amp;<a href=x>&gt;<p>u", "<body>&lt;<span{id=a}>[t]&amp;<a{href=}>&gt;<p>[u]"},
    {"<body><span id=a><a href=x>t</span></a><a>u</a>", "<body><span{id=a}><a{href=}>[t]</span></a><a>[u]</a>"},
    {"<body><span class=\"a&amp;b\"><a href=x>t</a></span>", "<body><span class=\"a&amp;b\">(a{href=})[t](/a)</span>"},
    {"<body><cite>t<br>u</cite>", "<body><cite{}>[t]<br>[u]</cite>"},
    {"<body>t</body><a href=x>u</a><body><a>v</a>", "<body>[t]</body><a{href=}>[u]</a><body>(a)[v](/a)"},
    {"<body><a href=x>t", "<body><a{href=}>[t]"},
    {"<p class='a\" id='b'>t", "<p{class=a\" id=}>[t]"},
};

static void add_set(const struct nf_markup *markup, uint32_t set, struct nf_buf *out)
{
    struct nf_markup_attribute attributes[NF_ATTRIBUTE_COUNT];
    size_t count = nf_markup_attributes(markup, set, attributes);
    nf_buf_add_char(out, '{');
    for (size_t i = 0; i < count; i++) {
        nf_buf_add_text(out, i ? " " : "");
        nf_buf_add_text(out, nf_attribute_name(attributes[i].name));
        nf_buf_add_char(out, '=');
        nf_buf_add_text(out, attributes[i].value.data);
    }
    nf_buf_add_char(out, '}');
}

static void add_run(const struct nf_markup *markup, size_t number, struct nf_buf *out)
{
    if (number >= markup->run_count)
        return;
    struct nf_markup_run run = markup->run[number];
    if (!run.len) {
        nf_buf_add_text(out, run.space ? "(/" : "(");
        nf_buf_add_text(out, nf_tag_name((enum nf_tag)(run.space ? run.source : (uint32_t)markup->sets.data[run.source])));
        if (!run.space && markup->sets.data[run.source + 1])
            add_set(markup, run.source, out);
        nf_buf_add_char(out, ')');
        return;
    }
    nf_buf_add_text(out, run.space ? "[_" : "[");
    nf_buf_add(out, markup->source.data + run.source, run.len);
    nf_buf_add_char(out, ']');
}

static void show(const struct nf_markup *markup, struct nf_buf *out)
{
    size_t run = 0, tag = 0;
    out->len = 0;
    for (size_t i = 0; i < markup->out.len; i++) {
        if (tag < markup->tag_count && markup->tag[tag].out == i)
            add_set(markup, markup->tag[tag++].set, out);
        if (markup->out.data[i] == NF_MARKUP_TEXT)
            add_run(markup, run++, out);
        else
            nf_buf_add_char(out, markup->out.data[i]);
    }
    CHECK(run == markup->run_count, "%zu marks of %zu runs", run, markup->run_count);
    CHECK(tag == markup->tag_count, "%zu of %zu tags", tag, markup->tag_count);
}

/* Many elements of few kinds, and of many: a set is never taken for another. */
static void test_sets(struct nf_markup *markup)
{
    struct nf_buf page = {0};
    char tag[40];
    uint64_t state = 1;
    for (int i = 0; i < 20000; i++) {
        snprintf(tag, sizeof tag, "<%s id=%d>", i & 1 ? "p" : "div", (int)(test_random(&state) % 3000));
        nf_buf_add_text(&page, tag);
    }
    test_begin("markup: sets");
    nf_markup_read(markup, nf_buf_span(&page));
    CHECK(markup->tag_count == 20000, "%zu tags", markup->tag_count);
    state = 1;
    bool same = true;
    for (size_t i = 0; i < markup->tag_count; i++) {
        struct nf_markup_attribute attributes[NF_ATTRIBUTE_COUNT];
        same &= nf_markup_attributes(markup, markup->tag[i].set, attributes) == 1;
        snprintf(tag, sizeof tag, "%d", (int)(test_random(&state) % 3000));
        same &= strcmp(attributes[0].value.data, tag) == 0;
        same &= markup->sets.data[markup->tag[i].set] == (i & 1 ? NF_TAG_P : NF_TAG_DIV);
    }
    CHECK(same, "a set is not its own");
    nf_buf_release(&page);
}

static void add_times(struct nf_buf *to, const char *text, size_t times)
{
    while (times--)
        nf_buf_add_text(to, text);
}

/* One more than may wait for their ends: those around it are tags. */
static void test_many_waiting(struct nf_markup *markup)
{
    struct nf_buf page = {0}, out = {0}, want = {0};
    add_times(&page, "<body>", 1);
    add_times(&page, "<span id=a>&lt;", NF_MARKUP_WAITING_MAX + 1);
    add_times(&page, "t", 1);
    add_times(&page, "</span>", NF_MARKUP_WAITING_MAX + 1);
    add_times(&want, "<body>", 1);
    add_times(&want, "<span{id=a}>&lt;", NF_MARKUP_WAITING_MAX + 1);
    add_times(&want, "[t]", 1);
    add_times(&want, "</span>", NF_MARKUP_WAITING_MAX + 1);
    test_begin("markup: many waiting");
    nf_markup_read(markup, nf_buf_span(&page));
    show(markup, &out);
    CHECK(nf_span_equal(nf_buf_span(&out), nf_buf_span(&want)), "got %.*s", (int)out.len, out.data);
    bool placed = markup->place_count == NF_MARKUP_WAITING_MAX + 1;
    for (size_t i = 0; i < markup->place_count; i++)
        placed &= markup->out.data[markup->place[i].out] == '&' && page.data[markup->place[i].source] == '&';
    CHECK(placed, "a reference is not at its place");
    nf_buf_release(&page);
    nf_buf_release(&out);
    nf_buf_release(&want);
}

void test_markup(void)
{
    struct nf_markup markup = {0};
    struct nf_buf out = {0};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        test_begin("markup: %s", pages[i].page);
        nf_markup_read(&markup, nf_span(pages[i].page, strlen(pages[i].page)));
        show(&markup, &out);
        CHECK_TEXT(nf_buf_span(&out), pages[i].want);
    }
    test_begin("markup: NUL and controls");
    nf_markup_read(&markup, nf_span("\0\1<p id='a\0b'>x\0y", 17));
    show(&markup, &out);
    CHECK(nf_span_equal(nf_buf_span(&out), nf_span("<p{id=a b}>[x\0y]", 16)), "got %.*s", (int)out.len, out.data);
    test_sets(&markup);
    test_many_waiting(&markup);
    nf_markup_release(&markup);
    nf_buf_release(&out);
}
