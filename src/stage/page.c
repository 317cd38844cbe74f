/*
 * page.c: from a page's bytes to paragraphs with verdicts.
 * Used by the pipeline.
 */
#include "stage/page.h"

#include <newsfold/rules.h>

#include "base/alloc.h"
#include "base/paragraphs.h"
#include "stage/page_flat.h"
#include "stage/page_judge.h"
#include "stage/page_paths.h"
#include "text/charset.h"
#include "text/repair.h"

/* Buffers up to this are kept for the next page. */
#define KEPT_CAPACITY ((size_t)1 << 20)
#define KEPT_ITEMS ((size_t)16 << 10)

/* Less text than this in JSON-LD is a summary. */
#define JSON_WORDS 60

void nf_page_release(struct nf_page *page)
{
    nf_buf_release(&page->utf8);
    nf_newlines_release(&page->newlines);
    nf_markup_release(&page->markup);
    nf_page_tree_release(&page->tree);
    nf_page_facts_release(&page->facts);
    nf_page_json_release(&page->json);
    nf_free(page->kept);
    nf_free(page->mark);
    *page = (struct nf_page){0};
}

/* What a block outside the article is, as far as its element tells. */
static enum nf_category category_of(const struct nf_page *page, size_t i)
{
    static const struct {
        enum nf_evidence evidence;
        enum nf_category category;
    } rows[] = {
        {NF_EVIDENCE_COMMENT, NF_CATEGORY_COMMENTS}, {NF_EVIDENCE_RELATED, NF_CATEGORY_RELATED},
        {NF_EVIDENCE_NEWSLETTER, NF_CATEGORY_NEWSLETTER}, {NF_EVIDENCE_SHARE, NF_CATEGORY_SHARE},
        {NF_EVIDENCE_ADVERT, NF_CATEGORY_ADVERT}, {NF_EVIDENCE_CAPTION, NF_CATEGORY_CAPTION},
        {NF_EVIDENCE_CREDIT, NF_CATEGORY_CREDIT}, {NF_EVIDENCE_PAYWALL, NF_CATEGORY_PAYWALL},
        {NF_EVIDENCE_TAGS, NF_CATEGORY_TAGS}, {NF_EVIDENCE_META, NF_CATEGORY_DATESTAMP},
        {NF_EVIDENCE_USER, NF_CATEGORY_FORUM_CARD}, {NF_EVIDENCE_AUTHOR, NF_CATEGORY_CREDIT},
    };
    const struct nf_page_block *block = &page->tree.block[i];
    if (page->facts.block[i].quote == NF_QUOTE_HEAD)
        return NF_CATEGORY_QUOTE_FRAME;
    uint64_t own = page->tree.node[block->node].evidence | block->evidence;
    uint64_t around = page->facts.node[block->node].around;
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        if ((own | around) >> rows[k].evidence & 1)
            return rows[k].category;
    return NF_CATEGORY_NAVIGATION;
}

/* Lines from offsets, which rise but for elements that the parser moved. */
static void set_lines(const struct nf_page *page, struct nf_document *document, size_t first)
{
    uint32_t line = document->first_line ? 0 : 1, at = 0;      /* of the first line */
    for (size_t i = first; i < document->count; i++) {
        struct nf_paragraph *paragraph = &document->paragraphs[i];
        if (paragraph->offset > at && paragraph->offset <= page->newlines.len) {
            line += (uint32_t)nf_newlines_between(&page->newlines, at, paragraph->offset);
            at = paragraph->offset;
        }
        paragraph->line = line;
    }
}

static void add_blocks(const struct nf_page *page, struct nf_document *document)
{
    uint8_t before = NF_QUOTE_NONE;
    for (size_t i = 0; i < page->tree.block_count; i++) {
        const struct nf_page_block *block = &page->tree.block[i];
        struct nf_paragraph *paragraph = nf_document_add(document);
        paragraph->text = nf_page_text(&page->tree, block);
        paragraph->offset = block->source;
        uint8_t quote = page->mark[i].quote;
        if (page->kept[i] && quote != NF_QUOTE_HEAD) {
            paragraph->opens_quote = quote && !before;
            paragraph->closes_quote = !quote && before;
            before = quote;
            continue;
        }
        before = quote == NF_QUOTE_HEAD ? quote : before;
        paragraph->opens_quote = quote == NF_QUOTE_HEAD;
        enum nf_category category = (enum nf_category)page->mark[i].category;
        if (page->kept_categories >> category & 1)
            continue;
        paragraph->verdict = NF_BOILERPLATE;
        paragraph->category = category & NF_CATEGORY_MASK;
        paragraph->rule = NF_RULE_PAGE;
    }
}

/* Pages that are drawn by scripts hold their text for search engines only, if they hold it at all. */
static void take_json(struct nf_page *page)
{
    size_t kept = 0;
    for (size_t i = 0; i < page->tree.block_count; i++)
        kept += page->kept[i] ? page->tree.block[i].words : 0;
    bool wanted = page->json.words >= JSON_WORDS && page->json.words >= 2 * kept;
    page->empty = !kept && !wanted;
    if (!wanted)
        return;
    struct nf_buf repaired = {0};
    nf_repair(nf_buf_span(&page->json.text), &repaired);
    nf_buf_add(&page->tree.text, repaired.data, repaired.len);
    nf_buf_release(&repaired);
}

static void add_lines(struct nf_span text, struct nf_document *document)
{
    for (size_t from = 0, to; from < text.len; from = to + 1) {
        const char *end = memchr(text.data + from, '\n', text.len - from);
        to = end ? (size_t)(end - text.data) : text.len;
        while (from < to && text.data[from] == ' ')
            from++;
        if (from < to)
            nf_document_add(document)->text = nf_span(text.data + from, to - from);
    }
}

static void judge(struct nf_page *page)
{
    struct nf_page_tree *tree = &page->tree;
    page->kept = nf_grow(page->kept, &page->kept_capacity, tree->block_count, sizeof *page->kept);
    nf_page_facts_set(&page->facts, tree);
    if (!nf_page_judge_thread(tree, &page->facts, &page->json, page->kept))
        nf_page_judge_article(tree, &page->facts, page->kept);
}

/* One line of `paths` for each block; lines of JSON-LD come behind them. */
static void set_elements(struct nf_span paths, struct nf_document *document, size_t first)
{
    const char *p = paths.data, *end = p + paths.len;
    document->elements = nf_alloc_zero(document->count, sizeof *document->elements);
    for (size_t i = 0; i < first; i++)
        document->elements[i] = nf_span("", 0);
    for (size_t i = first; i < document->count; i++) {
        const char *stop = p < end ? memchr(p, '\n', (size_t)(end - p)) : NULL;
        document->elements[i] = stop ? nf_span(p, (size_t)(stop - p)) : nf_span("script", 6);
        p = stop ? stop + 1 : end;
    }
}

static void set_marks(struct nf_page *page)
{
    size_t count = page->tree.block_count;
    page->mark = nf_grow(page->mark, &page->mark_capacity, count, sizeof *page->mark);
    for (size_t i = 0; i < count; i++)
        page->mark[i] = (struct nf_page_mark){category_of(page, i) & NF_CATEGORY_MASK, page->facts.block[i].quote};
}

/* Elements of a large page, when only its blocks are of use. */
static void forget_elements(struct nf_page *page)
{
    if (page->tree.node_capacity < KEPT_ITEMS && page->tree.block_capacity < KEPT_ITEMS)
        return;
    nf_page_facts_release(&page->facts);
    nf_free(page->tree.node);
    page->tree.node = NULL;
    page->tree.node_count = page->tree.node_capacity = 0;
}

/* The text is complete before anything views it. */
static void add_judged(struct nf_page *page, struct nf_document *document)
{
    struct nf_buf *text = &page->tree.text;
    if (page->tree.block_count)
        judge(page);
    size_t first = document->count, json = text->len;
    take_json(page);
    size_t paths = text->len;
    if (page->name_elements)
        nf_page_paths(&page->tree, text);
    set_marks(page);
    forget_elements(page);
    add_blocks(page, document);
    add_lines(nf_span(nf_buf_span(text).data + json, paths - json), document);
    if (page->name_elements)
        set_elements(nf_span(nf_buf_span(text).data + paths, text->len - paths), document, first);
}

static void give_back(struct nf_buf *buf)
{
    buf->len = 0;
    if (buf->capacity > KEPT_CAPACITY)
        nf_buf_release(buf);
}

/* What was made of a large page goes as soon as it has served, so that little of it is there at one time. */
static void forget_markup(struct nf_page *page)
{
    const struct nf_markup *markup = &page->markup;
    if (markup->out.capacity > KEPT_CAPACITY || markup->sets.capacity > KEPT_CAPACITY
        || markup->run_capacity > KEPT_ITEMS || markup->tag_capacity > KEPT_ITEMS || markup->place_capacity > KEPT_ITEMS)
        nf_markup_release(&page->markup);
}

static void forget_tree(struct nf_page *page)
{
    struct nf_buf text = page->tree.text;
    if (page->tree.node_capacity < KEPT_ITEMS && page->tree.block_capacity < KEPT_ITEMS)
        return;
    page->tree.text = (struct nf_buf){0};
    nf_page_tree_release(&page->tree);
    nf_page_facts_release(&page->facts);
    nf_newlines_release(&page->newlines);
    nf_free(page->kept);
    nf_free(page->mark);
    page->kept = NULL;
    page->mark = NULL;
    page->kept_capacity = page->mark_capacity = 0;
    page->tree.text = text;
}

/* The parser gave up, and took the markup of a large page with it. */
static void take_all(struct nf_page *page, struct nf_document *document)
{
    if (!page->markup.out.len)
        nf_markup_read(&page->markup, nf_buf_span(&page->utf8));
    nf_page_flat(&page->markup, &page->tree.text, document);
}

void nf_page_read(struct nf_page *page, struct nf_buf *bytes, struct nf_buf *text, struct nf_document *document)
{
    size_t first = document->count;
    page->replaced = nf_charset_decode(bytes, page->charset, &page->utf8);
    give_back(bytes);
    nf_markup_read(&page->markup, nf_buf_span(&page->utf8));
    nf_page_json_read(&page->json, &page->markup);
    page->tree.label_elements = page->name_elements;
    page->flat = nf_page_tree_build(&page->tree, page->html, &page->markup, &page->error) != NF_OK;
    if (page->flat)
        take_all(page, document);
    forget_markup(page);
    nf_newlines_find(&page->newlines, nf_buf_span(&page->utf8));
    give_back(&page->utf8);
    if (!page->flat)
        add_judged(page, document);
    set_lines(page, document, first);
    forget_tree(page);
    struct nf_buf old = *text;
    *text = page->tree.text;
    page->tree.text = old;
    document->bytes = nf_buf_span(text);
}
