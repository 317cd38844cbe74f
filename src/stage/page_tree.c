/*
 * page_tree.c: elements and blocks from the parser's events.
 * Used by page.c.
 */
#include "stage/page_tree.h"

#include <strings.h>

#include "adapt/html.h"
#include "base/alloc.h"
#include "stage/page_element.h"
#include "stage/page_paths.h"
#include "stage/page_pre.h"
#include "stage/page_text.h"

struct builder {
    struct nf_page_tree *tree;
    const struct nf_markup *markup;
    size_t place;               /* hint for nf_markup_source */
    struct nf_page_elements *elements;
    size_t run;                 /* next of the markup's */
    struct nf_buf cleaned;      /* a run without what is not for texts */
    uint32_t node;              /* the innermost one that is open */
    struct nf_page_block block; /* being filled; len 0: not begun */
    uint64_t inline_evidence;
    unsigned links, pre, hidden_inline;
    unsigned breaks;            /* line breaks since the last text */
    bool in_title;
    bool space;                 /* white space is due before the next word */
    bool new_word;              /* it is there */
    struct nf_buf inlines;      /* for each open span and cite: whether it was made an element that makes lines */
};

void nf_page_tree_release(struct nf_page_tree *tree)
{
    nf_free(tree->node);
    nf_free(tree->block);
    nf_buf_release(&tree->text);
    nf_buf_release(&tree->labels);
    nf_free(tree->label);
    nf_buf_release(&tree->title);
    nf_buf_release(&tree->og_title);
    nf_buf_release(&tree->og_type);
    *tree = (struct nf_page_tree){0};
}

struct nf_span nf_page_text(const struct nf_page_tree *tree, const struct nf_page_block *block)
{
    return nf_span(tree->text.data + block->text, block->len);
}

void nf_page_add_link_words(struct nf_page_block *block, uint32_t words)
{
    uint32_t all = block->link_words + words;
    block->link_words = all < NF_PAGE_LINK_WORDS_MAX ? all & NF_PAGE_LINK_WORDS_MAX : NF_PAGE_LINK_WORDS_MAX;
}

bool nf_page_inside(const struct nf_page_tree *tree, uint32_t node, uint32_t ancestor)
{
    while (node != NF_PAGE_NO_NODE && node > ancestor)
        node = tree->node[node].parent;
    return node == ancestor;
}

/* The block is whole: counted, and charged to its element. Ancestors get their sums in the end. */
static void end_block(struct builder *builder)
{
    struct nf_page_tree *tree = builder->tree;
    struct nf_page_block *block = &builder->block;
    if (block->len && !block->words)
        tree->text.len = block->text;           /* a line of blanks */
    if (block->words) {
        block->len = (uint32_t)tree->text.len - block->text;
        block->node = builder->node;
        tree->block = nf_grow(tree->block, &tree->block_capacity, tree->block_count + 1, sizeof *tree->block);
        tree->block[tree->block_count++] = *block;
        tree->node[block->node].chars += block->chars;
        tree->node[block->node].link_chars += block->link_chars;
        builder->breaks = 0;
    }
    *block = (struct nf_page_block){0};
    builder->space = builder->new_word = false;
}

static const char *attribute(const char *const *attributes, const char *name)
{
    for (; attributes && attributes[0]; attributes += 2)
        if (strcmp(attributes[0], name) == 0)
            return attributes[1];
    return NULL;
}

/* Of the node that is being added. */
static void add_label(struct builder *builder, const struct nf_page_element *element, const char *const *attributes)
{
    struct nf_page_tree *tree = builder->tree;
    tree->label = nf_grow(tree->label, &tree->label_capacity, tree->node_count + 1, sizeof *tree->label);
    tree->label[tree->node_count] = (uint32_t)tree->labels.len;
    size_t count = nf_page_element_attributes(builder->elements, element, attributes);
    nf_page_label(&tree->labels, (enum nf_tag)element->tag, builder->elements->attributes, count);
}

/* in  attributes: as the parser gave them; to name the element */
static void open_node(struct builder *builder, const struct nf_page_element *element, enum nf_page_role role,
                      const char *const *attributes)
{
    struct nf_page_tree *tree = builder->tree;
    tree->node = nf_grow(tree->node, &tree->node_capacity, tree->node_count + 1, sizeof *tree->node);
    struct nf_page_node *node = &tree->node[tree->node_count];
    const struct nf_page_node *parent = builder->node == NF_PAGE_NO_NODE ? NULL : &tree->node[builder->node];
    *node = (struct nf_page_node){.parent = builder->node, .tag = element->tag};
    if (tree->label_elements)
        add_label(builder, element, attributes);
    node->depth = parent ? (parent->depth + 1u) & 1023 : 0;
    node->first_block = node->end_block = (uint32_t)tree->block_count;
    node->names = element->names;
    node->kind = element->kind;
    uint64_t evidence = element->evidence;
    /* Comments below articles have threads too. */
    tree->forum_marks += (evidence & NF_EVIDENCE_BIT(FORUM)) && !(evidence & NF_EVIDENCE_BIT(COMMENT));
    if (element->tag != NF_TAG_HTML && element->tag != NF_TAG_BODY) {
        node->evidence = evidence & NF_EVIDENCE_ALL;
        node->hidden = element->hidden;
        role = role ? role : (enum nf_page_role)element->role;
    }
    node->role = role & 31u;
    builder->node = (uint32_t)tree->node_count++;
    builder->pre += element->tag == NF_TAG_PRE;
}

static void keep_meta(struct builder *builder, const char *const *attributes)
{
    const char *name = attribute(attributes, "property"), *content = attribute(attributes, "content");
    name = name ? name : attribute(attributes, "name");
    struct nf_buf *to = !name || !content ? NULL : strcasecmp(name, "og:title") == 0 ? &builder->tree->og_title
        : strcasecmp(name, "og:type") == 0 ? &builder->tree->og_type : NULL;
    if (to && !to->len)
        nf_buf_add_text(to, content);
}

static void on_break(struct builder *builder)
{
    end_block(builder);
    builder->breaks++;
}

/* Spans that hold a post, and citations at the start of a quote or of a part of it, begin and end lines. */
static enum nf_page_role line_role(const struct builder *builder, const struct nf_page_element *element)
{
    const struct nf_page_node *node = &builder->tree->node[builder->node];
    if (element->tag == NF_TAG_SPAN)
        return (enum nf_page_role)element->span_role;
    bool in_quote = node->tag == NF_TAG_BLOCKQUOTE
                    || (node->parent != NF_PAGE_NO_NODE && builder->tree->node[node->parent].tag == NF_TAG_BLOCKQUOTE);
    return in_quote && !builder->block.len ? NF_PAGE_ROLE_QUOTE_HEAD : NF_PAGE_ROLE_NONE;
}

static void open_line(struct builder *builder, const struct nf_page_element *element, enum nf_page_role role,
                      const char *const *attributes)
{
    end_block(builder);
    builder->inline_evidence = 0;
    open_node(builder, element, role, attributes);
}

static void open_inline(struct builder *builder, const struct nf_page_element *element, const char *const *attributes)
{
    if (element->tag == NF_TAG_SPAN || element->tag == NF_TAG_CITE) {
        enum nf_page_role role = line_role(builder, element);
        nf_buf_add_char(&builder->inlines, role != NF_PAGE_ROLE_NONE);
        if (role != NF_PAGE_ROLE_NONE) {
            open_line(builder, element, role, attributes);
            return;
        }
    }
    builder->links += element->tag == NF_TAG_A && element->link;
    uint64_t evidence = element->evidence | (element->tag == NF_TAG_TIME ? NF_EVIDENCE_BIT(META) : 0);
    if (builder->block.len)
        builder->block.evidence |= evidence & NF_EVIDENCE_ALL;
    else
        builder->inline_evidence |= evidence;
}

static void on_open(void *context, const char *name, const char *const *attributes, size_t offset)
{
    struct builder *builder = context;
    const struct nf_page_element *element = nf_page_element_of(builder->elements, name, attributes, offset);
    enum nf_tag_kind kind = nf_tag_kind((enum nf_tag)element->tag);
    if (element->tag == NF_TAG_HTML)
        return;                 /* the tree has its root */
    if (element->tag == NF_TAG_TITLE)
        builder->in_title = builder->tree->title.len == 0;
    else if (element->tag == NF_TAG_META)
        keep_meta(builder, attributes);
    else if (kind == NF_TAG_IS_BREAK)
        on_break(builder);
    else if (kind == NF_TAG_IS_INLINE)
        open_inline(builder, element, attributes);
    else
        open_line(builder, element, NF_PAGE_ROLE_NONE, attributes);
}

static bool was_line(struct builder *builder, enum nf_tag tag)
{
    if (tag != NF_TAG_SPAN && tag != NF_TAG_CITE)
        return false;
    return builder->inlines.len && builder->inlines.data[--builder->inlines.len];
}

static void close_element(struct builder *builder, enum nf_tag tag)
{
    struct nf_page_tree *tree = builder->tree;
    if (tag == NF_TAG_TITLE)
        builder->in_title = false;
    if (tag == NF_TAG_A)
        builder->links -= builder->links > 0;
    if ((nf_tag_kind(tag) != NF_TAG_IS_BLOCK && !was_line(builder, tag)) || builder->node == 0)
        return;
    end_block(builder);
    struct nf_page_node *node = &tree->node[builder->node];
    if (node->tag == NF_TAG_PRE)
        nf_page_join_lines(tree, node->first_block);
    node->end_block = (uint32_t)tree->block_count;
    builder->pre -= node->tag == NF_TAG_PRE;
    builder->node = node->parent;
    /* An element that held nothing is forgotten, if nothing came after it. */
    if (node->first_block == node->end_block && node == &tree->node[tree->node_count - 1])
        tree->node_count--;
}

static void on_close(void *context, const char *name)
{
    close_element(context, nf_tag_named(name));
}

static void begin_block(struct builder *builder, size_t source)
{
    builder->block = (struct nf_page_block){.text = (uint32_t)builder->tree->text.len, .len = 1};
    builder->block.source = (uint32_t)source;
    builder->block.after_break = builder->breaks > 0;
    builder->block.blank_before = builder->breaks > 1;
    builder->block.evidence = builder->inline_evidence & NF_EVIDENCE_ALL;
}

/* in  chars, words: in the text; its blanks are not counted */
static void add_run(struct builder *builder, struct nf_span text, size_t source, uint32_t chars, uint32_t words)
{
    struct nf_page_tree *tree = builder->tree;
    struct nf_page_block *block = &builder->block;
    if (!block->len)
        begin_block(builder, source);
    else if (builder->space)
        nf_buf_add_char(&tree->text, ' ');
    if (!builder->space && !builder->new_word && block->words)
        words--;                                /* the first one goes on */
    nf_buf_add(&tree->text, text.data, text.len);
    builder->space = builder->new_word = false;
    block->chars += chars;
    block->words += words;
    if (builder->links) {
        block->link_chars += chars;
        nf_page_add_link_words(block, words);
    }
}

static uint32_t count_chars(struct nf_span text)
{
    uint32_t chars = 0;
    for (size_t i = 0; i < text.len; i++)
        chars += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    return chars;
}

static void add_line_of_pre(struct builder *builder, struct nf_span line, size_t source)
{
    size_t at = 0;
    while (at < line.len && nf_page_space_len(line.data + at, 1))
        at++;
    if (at) {                                   /* how code is indented means something */
        if (!builder->block.len)
            begin_block(builder, source);
        nf_buf_add(&builder->tree->text, line.data, at);
        builder->new_word = true;
    }
    struct nf_span rest = nf_span(line.data + at, line.len - at);
    if (rest.len)
        add_run(builder, rest, source + at, count_chars(rest), 1);
}

static void add_pre(struct builder *builder, struct nf_span text, size_t source)
{
    while (text.len) {
        const char *end = memchr(text.data, '\n', text.len);
        size_t len = end ? (size_t)(end - text.data) : text.len;
        add_line_of_pre(builder, nf_span(text.data, len), source);
        if (end)
            on_break(builder);
        len += end != NULL;
        source += len;
        text = nf_span(text.data + len, text.len - len);
    }
}

/* Words with one blank between them, as they are. Gives where they end. */
static size_t add_words_until(struct builder *builder, struct nf_span text, size_t from, size_t source)
{
    struct nf_page_words count;
    size_t to = nf_page_words_until(text, from, &count);
    add_run(builder, nf_span(text.data + from, to - from), source + from, count.chars, count.words);
    return to;
}

static void add_words(struct builder *builder, struct nf_span text, size_t source)
{
    for (size_t at = 0; at < text.len;) {
        size_t space = nf_page_space_len(text.data + at, text.len - at);
        builder->space |= space > 0;
        at = space ? at + space : add_words_until(builder, text, at, source);
    }
}

static void add_text(struct builder *builder, struct nf_span text, size_t source)
{
    if (nf_page_is_odd(text)) {
        builder->cleaned.len = 0;
        nf_page_add_without_controls(&builder->cleaned, text);
        text = nf_buf_span(&builder->cleaned);
    }
    if (builder->in_title)
        nf_buf_add(&builder->tree->title, text.data, text.len);
    else if (builder->pre)
        add_pre(builder, text, source);
    else
        add_words(builder, text, source);
}

/* An inline element that the parser was not told of. */
static void add_inline(struct builder *builder, struct nf_markup_run mark)
{
    if (mark.space)
        close_element(builder, (enum nf_tag)mark.source);
    else
        open_inline(builder, nf_page_element_in(builder->elements, mark.source), NULL);
}

static void add_next_run(struct builder *builder)
{
    const struct nf_markup *markup = builder->markup;
    if (builder->run == markup->run_count)
        return;
    struct nf_markup_run run = markup->run[builder->run++];
    if (!run.len) {
        add_inline(builder, run);
        return;
    }
    builder->space |= run.space;
    if (run.space && builder->in_title)
        nf_buf_add_char(&builder->tree->title, ' ');
    add_text(builder, nf_span(markup->source.data + run.source, run.len), run.source);
}

/* Marks of runs, and what references stand for. */
static void on_text(void *context, struct nf_span text, size_t offset)
{
    struct builder *builder = context;
    size_t start = offset > text.len ? offset - text.len : 0;
    for (size_t at = 0; at < text.len;) {
        const char *mark = memchr(text.data + at, NF_MARKUP_TEXT, text.len - at);
        size_t len = mark ? (size_t)(mark - text.data) - at : text.len - at;
        if (len)
            add_text(builder, nf_span(text.data + at, len),
                     nf_markup_source(builder->markup, start + at, &builder->place));
        if (mark)
            add_next_run(builder);
        at += len + (mark != NULL);
    }
}

static void sum_up(struct nf_page_tree *tree)
{
    for (size_t i = tree->node_count; i-- > 0;) {
        struct nf_page_node *node = &tree->node[i];
        if (node->end_block < node->first_block)
            node->end_block = node->first_block;
        if (node->parent == NF_PAGE_NO_NODE)
            continue;
        tree->node[node->parent].chars += node->chars;
        tree->node[node->parent].link_chars += node->link_chars;
    }
}

/* Every run of text has come to its place, or the parser stopped on the way. */
static enum nf_status check_runs(const struct builder *builder, struct nf_error *error)
{
    size_t left = builder->markup->run_count - builder->run;
    return left ? nf_fail(error, NF_EREAD, 0, "libxml2 left out %zu pieces of text", left) : NF_OK;
}

enum nf_status nf_page_tree_build(struct nf_page_tree *tree, const struct nf_html *html, struct nf_markup *markup,
                                  struct nf_error *error)
{
    static const struct nf_html_events events = {on_open, on_close, on_text};
    static const struct nf_page_element page = {.tag = NF_TAG_HTML};
    struct nf_page_elements elements;
    struct builder builder = {.tree = tree, .markup = markup, .elements = &elements, .node = NF_PAGE_NO_NODE};
    nf_page_elements_init(&elements, markup);
    tree->node_count = tree->block_count = tree->forum_marks = 0;
    tree->text.len = tree->title.len = tree->og_title.len = tree->og_type.len = 0;
    tree->labels.len = 0;
    open_node(&builder, &page, NF_PAGE_ROLE_NONE, NULL);
    enum nf_status status = nf_html_parse(html, &markup->out, &events, &builder, error);
    end_block(&builder);
    for (uint32_t node = builder.node; node != NF_PAGE_NO_NODE; node = tree->node[node].parent)
        tree->node[node].end_block = (uint32_t)tree->block_count;
    nf_buf_release(&builder.inlines);
    nf_buf_release(&builder.cleaned);
    sum_up(tree);
    return status == NF_OK ? check_runs(&builder, error) : status;
}
