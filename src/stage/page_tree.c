/*
 * page_tree.c: elements and blocks from the parser's events.
 * Used by page.c.
 */
#include "stage/page_tree.h"

#include <strings.h>

#include "adapt/html.h"
#include "base/alloc.h"
#include "stage/page_paths.h"
#include "stage/page_pre.h"
#include "stage/page_roles.h"
#include "text/charset.h"
#include "text/utf8.h"

struct builder {
    struct nf_page_tree *tree;
    const struct nf_markup *markup;
    size_t place;               /* hint for nf_markup_source */
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
    nf_buf_release(&tree->title);
    nf_buf_release(&tree->og_title);
    nf_buf_release(&tree->og_type);
    *tree = (struct nf_page_tree){0};
}

struct nf_span nf_page_text(const struct nf_page_tree *tree, const struct nf_page_block *block)
{
    return nf_span(tree->text.data + block->text, block->len);
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
        block->len = tree->text.len - block->text;
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

/* Digits count alike: they number elements of one kind. */
static uint32_t hash_names(uint32_t hash, const char *text, const char *until)
{
    for (; text && *text && !strchr(until, *text); text++)
        hash = (hash ^ (unsigned char)(*text >= '0' && *text <= '9' ? '0' : *text)) * 16777619u;
    return hash;
}

static const char *attribute(const char *const *attributes, const char *name)
{
    for (; attributes && attributes[0]; attributes += 2)
        if (attributes[0][0] == name[0] && strcmp(attributes[0], name) == 0)
            return attributes[1] ? attributes[1] : "";
    return NULL;
}

static uint64_t evidence_of(const char *const *attributes)
{
    uint64_t bits = 0;
    for (; attributes && attributes[0]; attributes += 2)
        if (attributes[1] && strcmp(attributes[0], "href") != 0)
            bits |= nf_evidence_of(attributes[1]);
    return bits;
}

static bool is_hidden(const char *const *attributes)
{
    const char *aria = attribute(attributes, "aria-hidden");
    return attribute(attributes, "hidden") || (aria && strcmp(aria, "true") == 0);
}

static void open_node(struct builder *builder, enum nf_tag tag, enum nf_page_role role, const char *const *attributes)
{
    struct nf_page_tree *tree = builder->tree;
    tree->node = nf_grow(tree->node, &tree->node_capacity, tree->node_count + 1, sizeof *tree->node);
    struct nf_page_node *node = &tree->node[tree->node_count];
    const struct nf_page_node *parent = builder->node == NF_PAGE_NO_NODE ? NULL : &tree->node[builder->node];
    *node = (struct nf_page_node){.parent = builder->node, .tag = (uint8_t)tag};
    node->label = (uint32_t)tree->labels.len;
    if (tree->label_elements)
        nf_page_label(&tree->labels, tag, attributes);
    node->depth = parent ? (uint16_t)(parent->depth + 1) : 0;
    node->first_block = node->end_block = (uint32_t)tree->block_count;
    const char *classes = attribute(attributes, "class");
    uint32_t hash = hash_names(2166136261u, nf_tag_name(tag), "");
    node->names = hash_names(hash, classes, "");
    node->kind = classes && *classes ? hash_names(hash, classes + strspn(classes, " \t\n"), " \t\n") : 0;
    uint64_t evidence = evidence_of(attributes);
    /* Comments below articles have threads too. */
    tree->forum_marks += (evidence & NF_EVIDENCE_BIT(FORUM)) && !(evidence & NF_EVIDENCE_BIT(COMMENT));
    if (tag != NF_TAG_HTML && tag != NF_TAG_BODY && attributes) {
        node->evidence = evidence;
        node->hidden = is_hidden(attributes);
        role = role ? role : nf_page_role_of(attributes);
    }
    node->role = (uint8_t)role;
    builder->node = (uint32_t)tree->node_count++;
    builder->pre += tag == NF_TAG_PRE;
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
static enum nf_page_role line_role(const struct builder *builder, enum nf_tag tag, const char *const *attributes)
{
    const struct nf_page_node *node = &builder->tree->node[builder->node];
    if (tag == NF_TAG_SPAN)
        return attributes ? nf_page_role_of_span(attributes) : NF_PAGE_ROLE_NONE;
    bool in_quote = node->tag == NF_TAG_BLOCKQUOTE
                    || (node->parent != NF_PAGE_NO_NODE && builder->tree->node[node->parent].tag == NF_TAG_BLOCKQUOTE);
    return in_quote && !builder->block.len ? NF_PAGE_ROLE_QUOTE_HEAD : NF_PAGE_ROLE_NONE;
}

static void open_line(struct builder *builder, enum nf_tag tag, enum nf_page_role role, const char *const *attributes)
{
    end_block(builder);
    builder->inline_evidence = 0;
    open_node(builder, tag, role, attributes);
}

static void open_inline(struct builder *builder, enum nf_tag tag, const char *const *attributes)
{
    if (tag == NF_TAG_SPAN || tag == NF_TAG_CITE) {
        enum nf_page_role role = line_role(builder, tag, attributes);
        nf_buf_add_char(&builder->inlines, role != NF_PAGE_ROLE_NONE);
        if (role != NF_PAGE_ROLE_NONE) {
            open_line(builder, tag, role, attributes);
            return;
        }
    }
    builder->links += tag == NF_TAG_A && attribute(attributes, "href");
    uint64_t evidence = evidence_of(attributes) | (tag == NF_TAG_TIME ? NF_EVIDENCE_BIT(META) : 0);
    if (builder->block.len)
        builder->block.evidence |= evidence;
    else
        builder->inline_evidence |= evidence;
}

static void on_open(void *context, const char *name, const char *const *attributes, size_t offset)
{
    struct builder *builder = context;
    enum nf_tag tag = nf_tag_find(name, strlen(name));
    (void)offset;
    if (tag == NF_TAG_HTML)
        return;                 /* the tree has its root */
    if (tag == NF_TAG_TITLE) {
        builder->in_title = builder->tree->title.len == 0;
    } else if (tag == NF_TAG_META) {
        keep_meta(builder, attributes);
    } else if (nf_tag_kind(tag) == NF_TAG_IS_BREAK) {
        on_break(builder);
    } else if (nf_tag_kind(tag) == NF_TAG_IS_INLINE) {
        open_inline(builder, tag, attributes);
    } else {
        open_line(builder, tag, NF_PAGE_ROLE_NONE, attributes);
    }
}

static bool was_line(struct builder *builder, enum nf_tag tag)
{
    if (tag != NF_TAG_SPAN && tag != NF_TAG_CITE)
        return false;
    return builder->inlines.len && builder->inlines.data[--builder->inlines.len];
}

static void on_close(void *context, const char *name)
{
    struct builder *builder = context;
    struct nf_page_tree *tree = builder->tree;
    enum nf_tag tag = nf_tag_find(name, strlen(name));
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

static void begin_block(struct builder *builder, size_t offset)
{
    builder->block = (struct nf_page_block){.text = builder->tree->text.len, .len = 1};
    builder->block.source = (uint32_t)nf_markup_source(builder->markup, offset, &builder->place);
    builder->block.after_break = builder->breaks > 0;
    builder->block.blank_before = builder->breaks > 1;
    builder->block.evidence = builder->inline_evidence;
}

/* White space inside a line is one blank; at its ends it is nothing. */
static size_t space_len(const char *p, size_t left)
{
    unsigned char c = (unsigned char)*p;
    if (c == ' ' || (c >= '\t' && c <= '\r'))
        return 1;
    return c == 0xC2 && left > 1 && (unsigned char)p[1] == 0xA0 ? 2 : 0;
}

/* &#128; to &#159; are meant in windows-1252. */
static void add_without_controls(struct nf_buf *out, struct nf_span text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t c = nf_utf8_next(text, &at);
        nf_utf8_put(out, c >= 0x80 && c < 0xA0 ? nf_charset_windows_1252((unsigned char)c) : c);
    }
}

static void add_run(struct builder *builder, const char *p, size_t len, size_t offset)
{
    struct nf_page_tree *tree = builder->tree;
    struct nf_page_block *block = &builder->block;
    if (!block->len)
        begin_block(builder, offset);
    else if (builder->space)
        nf_buf_add_char(&tree->text, ' ');
    bool new_word = builder->space || builder->new_word || block->words == 0;
    uint32_t chars = 0;
    bool controls = false;
    for (size_t i = 0; i < len; i++) {
        chars += ((unsigned char)p[i] & 0xC0) != 0x80;
        controls |= (unsigned char)p[i] == 0xC2;
    }
    if (controls)
        add_without_controls(&tree->text, nf_span(p, len));
    else
        nf_buf_add(&tree->text, p, len);
    builder->space = builder->new_word = false;
    block->chars += chars;
    block->words += new_word;
    block->link_chars += builder->links ? chars : 0;
    block->link_words += builder->links ? new_word : 0;
}

static void add_line_of_pre(struct builder *builder, struct nf_span line, size_t offset)
{
    size_t at = 0;
    while (at < line.len && space_len(line.data + at, 1))
        at++;
    if (at) {                                   /* how code is indented means something */
        if (!builder->block.len)
            begin_block(builder, offset);
        nf_buf_add(&builder->tree->text, line.data, at);
        builder->new_word = true;
    }
    if (at < line.len)
        add_run(builder, line.data + at, line.len - at, offset + at);
}

static void add_pre(struct builder *builder, struct nf_span text, size_t offset)
{
    while (text.len) {
        const char *end = memchr(text.data, '\n', text.len);
        size_t len = end ? (size_t)(end - text.data) : text.len;
        add_line_of_pre(builder, nf_span(text.data, len), offset);
        if (end)
            on_break(builder);
        len += end != NULL;
        offset += len;
        text = nf_span(text.data + len, text.len - len);
    }
}

static void on_text(void *context, struct nf_span text, size_t offset)
{
    struct builder *builder = context;
    size_t start = offset > text.len ? offset - text.len : 0;
    if (builder->in_title) {
        nf_buf_add(&builder->tree->title, text.data, text.len);
        return;
    }
    if (builder->pre) {
        add_pre(builder, text, start);
        return;
    }
    for (size_t at = 0; at < text.len;) {
        size_t space = space_len(text.data + at, text.len - at);
        if (space) {
            builder->space = true;
            at += space;
            continue;
        }
        size_t from = at;
        while (at < text.len && !space_len(text.data + at, text.len - at))
            at++;
        add_run(builder, text.data + from, at - from, start + from);
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

enum nf_status nf_page_tree_build(struct nf_page_tree *tree, const struct nf_html *html, const struct nf_markup *markup,
                                  struct nf_error *error)
{
    static const struct nf_html_events events = {on_open, on_close, on_text};
    struct builder builder = {.tree = tree, .markup = markup, .node = NF_PAGE_NO_NODE};
    tree->node_count = tree->block_count = tree->forum_marks = 0;
    tree->text.len = tree->title.len = tree->og_title.len = tree->og_type.len = 0;
    tree->labels.len = 0;
    open_node(&builder, NF_TAG_HTML, NF_PAGE_ROLE_NONE, NULL);
    enum nf_status status = nf_html_parse(html, nf_buf_span(&markup->out), &events, &builder, error);
    end_block(&builder);
    for (uint32_t node = builder.node; node != NF_PAGE_NO_NODE; node = tree->node[node].parent)
        tree->node[node].end_block = (uint32_t)tree->block_count;
    nf_buf_release(&builder.inlines);
    sum_up(tree);
    return status;
}
