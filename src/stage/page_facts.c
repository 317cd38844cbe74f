/*
 * page_facts.c: what is known of each element and block before blocks are judged.
 * Used by page_article.c.
 */
#include <math.h>

#include "base/alloc.h"
#include "base/table.h"
#include "adapt/digest.h"
#include "stage/page_features.h"
#include "stage/page_model.h"
#include "stage/page_title.h"

/* An element that holds more of the page's text than this says nothing about any part of it. */
#define WHOLE_PAGE_SHARE 0.7f

/* A block of so many words outside links is text, if it ends as sentences do. */
#define TEXT_WORDS 10

/* Fewer words than this are in many titles. */
#define TITLE_WORDS 3

#define LONG_PARAGRAPH 4.4f     /* log2 of 20 words */

/* What a block costs the element around it, in words, when the densest is looked for. */
#define BLOCK_CHARGE 7.0f

void nf_page_facts_release(struct nf_page_facts *facts)
{
    nf_free(facts->node);
    nf_free(facts->block);
    nf_free(facts->words_before);
    nf_page_model_free(facts->model);
    *facts = (struct nf_page_facts){0};
}

static uint8_t line_tag_of(enum nf_tag tag)
{
    switch (tag) {
    case NF_TAG_P: case NF_TAG_PRE: case NF_TAG_BLOCKQUOTE:
        return NF_LINE_PARAGRAPH;
    case NF_TAG_H1: case NF_TAG_H2: case NF_TAG_H3: case NF_TAG_H4: case NF_TAG_H5: case NF_TAG_H6:
        return NF_LINE_HEADING;
    case NF_TAG_LI: return NF_LINE_ITEM;
    case NF_TAG_TD: case NF_TAG_TH: case NF_TAG_TR: return NF_LINE_CELL;
    case NF_TAG_DT: case NF_TAG_DD: case NF_TAG_SUMMARY: return NF_LINE_TERM;
    case NF_TAG_FIGCAPTION: case NF_TAG_CAPTION: return NF_LINE_CAPTION;
    case NF_TAG_BUTTON: case NF_TAG_LABEL: case NF_TAG_OPTION: case NF_TAG_LEGEND: return NF_LINE_CONTROL;
    default: return NF_LINE_OTHER;
    }
}

static bool is_ascii_word_byte(unsigned char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* . ! ? and their like, perhaps inside closing marks. */
static bool ends_sentence(struct nf_span text)
{
    static const char *const closing[] = {"\"", "'", ")", "]", "\xE2\x80\x9D", "\xE2\x80\x99", "\xC2\xBB", "\xE3\x80\x8D"};
    static const char *const marks[] = {".", "!", "?", ":", "\xE2\x80\xA6", "\xE3\x80\x82", "\xEF\xBC\x81", "\xEF\xBC\x9F",
                                        "\xE0\xA5\xA4", "\xD8\x9F"};
    if (is_ascii_word_byte((unsigned char)text.data[text.len - 1]))
        return false;
    for (size_t i = 0; i < sizeof closing / sizeof *closing; i++) {
        size_t len = strlen(closing[i]);
        if (text.len > len && memcmp(text.data + text.len - len, closing[i], len) == 0) {
            text.len -= len;
            break;
        }
    }
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t len = strlen(marks[i]);
        if (text.len > len && memcmp(text.data + text.len - len, marks[i], len) == 0)
            return true;
    }
    return false;
}

static void set_block(struct nf_block_facts *facts, const struct nf_page_tree *tree, size_t i)
{
    const struct nf_page_block *block = &tree->block[i];
    const struct nf_page_node *node = &tree->node[block->node];
    struct nf_span text = nf_page_text(tree, block);
    /* Scripts without blanks: a character is half a word. */
    float words = (float)block->words + (float)(block->len - block->chars) / 6;
    facts->words = log2f(1 + words);
    facts->ends_sentence = ends_sentence(text);
    facts->quote = NF_QUOTE_NONE;
    facts->line_tag = line_tag_of((enum nf_tag)node->tag) & 15u;
    facts->heading = node->tag >= NF_TAG_H1 && node->tag <= NF_TAG_H6 ? (node->tag - NF_TAG_H1 + 1u) & 7 : 0;
    facts->is_text = words >= TEXT_WORDS && nf_page_linked(block) < 0.4f && facts->ends_sentence;
}

static void set_twice(struct nf_page_facts *facts, const struct nf_page_tree *tree)
{
    struct nf_table seen;
    nf_table_init(&seen, 0);
    for (size_t i = 0; i < tree->block_count; i++) {
        struct nf_digest digest = nf_digest_of(nf_page_text(tree, &tree->block[i]));
        uint64_t first = nf_table_put(&seen, digest.low, 0, i);
        facts->block[i].twice = first != i;
        facts->block[first].twice |= first != i;
    }
    nf_table_release(&seen);
}

static void set_like_title(struct nf_page_facts *facts, const struct nf_page_tree *tree)
{
    struct nf_page_title title;
    nf_page_title_init(&title, nf_buf_span(tree->og_title.len ? &tree->og_title : &tree->title));
    for (size_t i = 0; i < tree->block_count; i++)
        facts->block[i].like_title = tree->block[i].words > 40 ? 0
            : nf_page_title_share(&title, nf_page_text(tree, &tree->block[i]));
    nf_page_title_release(&title);
}

static float words_of_sentences(const struct nf_page_facts *facts, const struct nf_page_tree *tree, size_t i)
{
    return facts->block[i].is_text ? (float)tree->block[i].words : 0;
}

static void set_sums(struct nf_page_facts *facts, const struct nf_page_tree *tree)
{
    float words = 0;
    for (size_t i = 0; i <= tree->block_count; i++) {
        if (i % NF_PAGE_SUM_EACH == 0)
            facts->words_before[i / NF_PAGE_SUM_EACH] = words;
        words += i < tree->block_count ? words_of_sentences(facts, tree, i) : 0;
    }
}

float nf_page_words_before(const struct nf_page_facts *facts, const struct nf_page_tree *tree, size_t i)
{
    float words = facts->words_before[i / NF_PAGE_SUM_EACH];
    for (size_t k = i - i % NF_PAGE_SUM_EACH; k < i; k++)
        words += words_of_sentences(facts, tree, k);
    return words;
}

static bool is_long(const struct nf_block_facts *block)
{
    return block->is_text && block->words > LONG_PARAGRAPH;
}

/* in  to: blocks to the next long paragraph, as far as one is near; left: blocks on that side */
static uint8_t distance(size_t to, size_t left)
{
    return (uint8_t)(to < NF_PAGE_LOOK && to <= left ? to : left >= NF_PAGE_LOOK ? NF_PAGE_LOOK : 0);
}

static void set_long_paragraphs(struct nf_page_facts *facts, size_t count)
{
    size_t to = NF_PAGE_LOOK;
    for (size_t i = 0; i < count; i++) {
        facts->block[i].to_long_before = distance(to, i);
        to = is_long(&facts->block[i]) ? 1 : to + 1;
    }
    to = NF_PAGE_LOOK;
    for (size_t i = count; i-- > 0;) {
        facts->block[i].to_long_after = distance(to, count - 1 - i);
        to = is_long(&facts->block[i]) ? 1 : to + 1;
    }
}

static unsigned add_one(unsigned count)
{
    return count < 9 ? count + 1 : count;
}

static void inherit(struct nf_page_facts *facts, const struct nf_page_tree *tree, uint32_t i)
{
    const struct nf_page_node *node = &tree->node[i];
    struct nf_node_facts *own = &facts->node[i];
    float total = (float)tree->node[0].chars;
    bool whole = (float)node->chars > WHOLE_PAGE_SHARE * total && !(node->evidence & NF_EVIDENCE_BIT(POPUP));
    *own = node->parent != NF_PAGE_NO_NODE ? facts->node[node->parent] : (struct nf_node_facts){0};
    own->words = 0;
    own->dense = 0;
    own->around |= whole ? 0 : node->evidence;
    own->hidden |= node->hidden && !whole;
    switch (node->tag) {
    case NF_TAG_NAV: case NF_TAG_MENU: case NF_TAG_DIALOG: own->nav = true; break;
    case NF_TAG_HEADER: own->header |= !whole; break;
    case NF_TAG_FOOTER: own->footer |= !whole; break;
    case NF_TAG_ASIDE: own->aside |= !whole; break;
    case NF_TAG_FORM: case NF_TAG_FIELDSET: case NF_TAG_BUTTON: own->form |= !whole; break;
    case NF_TAG_ARTICLE: own->articles = add_one(own->articles) & 15u; break;
    case NF_TAG_MAIN: own->main = true; break;
    case NF_TAG_FIGURE: own->figure = true; break;
    case NF_TAG_TABLE: own->tables = add_one(own->tables) & 15u; break;
    case NF_TAG_UL: case NF_TAG_OL: case NF_TAG_DL: own->lists = add_one(own->lists) & 15u; break;
    case NF_TAG_BLOCKQUOTE: own->quote = true; break;
    case NF_TAG_NOSCRIPT: own->noscript = true; break;
    default: break;
    }
}

/* Children of one parent follow each other, so a run of equal names is counted from its last to its first. */
static void set_alike(struct nf_page_facts *facts, const struct nf_page_tree *tree)
{
    struct nf_table counts;
    nf_table_init(&counts, 0);
    for (uint32_t i = 0; i < tree->node_count; i++)
        facts->node[i].alike = 0;
    for (uint32_t pass = 0; pass < 2; pass++)
        for (uint32_t i = 1; i < tree->node_count; i++) {
            uint64_t key = (uint64_t)tree->node[i].parent * 0x9E3779B97F4A7C15u ^ (uint64_t)tree->node[i].names << 20;
            key ^= key >> 29;
            uint64_t first = nf_table_put(&counts, key * 0xBF58476D1CE4E5B9u, 0, i);
            if (pass == 0)
                facts->node[first].alike++;
            else if (first != i)
                facts->node[i].alike = facts->node[first].alike;
        }
    nf_table_release(&counts);
}

/* Paragraphs hand their weight to the element around them, half of it to the next, a third, a quarter. */
static void hand_up(const struct nf_page_facts *facts, const struct nf_page_tree *tree, size_t i, float *score)
{
    const struct nf_page_block *block = &tree->block[i];
    const struct nf_block_facts *own = &facts->block[i];
    uint32_t node = block->node;
    if (!own->is_text)
        return;
    bool leaf = own->line_tag != NF_LINE_OTHER && own->line_tag != NF_LINE_CELL;
    if (leaf && tree->node[node].parent != NF_PAGE_NO_NODE)
        node = tree->node[node].parent;
    float own_score = (float)(block->chars < 600 ? block->chars : 600) / 100 + 1;
    for (unsigned step = 1; step <= 4 && node != NF_PAGE_NO_NODE; step++) {
        score[node] += own_score / (float)step;
        node = tree->node[node].parent;
    }
}

static void find_best(struct nf_page_facts *facts, const struct nf_page_tree *tree, const float *score)
{
    float best = 0, dense = 0;
    facts->best = facts->dense = 0;
    for (uint32_t i = 0; i < tree->node_count; i++) {
        const struct nf_page_node *node = &tree->node[i];
        const struct nf_node_facts *own = &facts->node[i];
        uint64_t bad = NF_EVIDENCE_BIT(COMMENT) | NF_EVIDENCE_BIT(FOOTER) | NF_EVIDENCE_BIT(SIDEBAR)
                       | NF_EVIDENCE_BIT(RELATED) | NF_EVIDENCE_BIT(POPUP);
        float clean = 1 - (node->chars ? (float)node->link_chars / (float)node->chars : 0);
        float cleaned = score[i] * clean * (own->around & bad || own->aside || own->footer || own->nav ? 0.4f : 1);
        if (cleaned > best)
            best = cleaned, facts->best = i;
        if (own->dense >= dense)
            dense = own->dense, facts->dense = i;
    }
}

/* Most elements of a page of cells have no score: that memory is not touched. */
static void set_nodes(struct nf_page_facts *facts, const struct nf_page_tree *tree)
{
    float *score = nf_alloc_zero(tree->node_count, sizeof *score);
    for (size_t i = 0; i < tree->block_count; i++) {
        const struct nf_page_block *block = &tree->block[i];
        struct nf_node_facts *own = &facts->node[block->node];
        own->words += block->words;
        own->dense += (float)block->words - 2 * (float)block->link_words - BLOCK_CHARGE;
        hand_up(facts, tree, i, score);
    }
    for (size_t i = tree->node_count; i-- > 1;) {
        struct nf_node_facts *parent = &facts->node[tree->node[i].parent];
        parent->words += facts->node[i].words;
        parent->dense += facts->node[i].dense;
    }
    find_best(facts, tree, score);
    nf_free(score);
    set_alike(facts, tree);
}

/* A line that is not marked as a heading, but is the page's title word for word. */
static void find_plain_headline(struct nf_page_facts *facts, const struct nf_page_tree *tree)
{
    for (size_t i = 0; i < tree->block_count; i++) {
        const struct nf_page_block *block = &tree->block[i];
        const struct nf_node_facts *node = &facts->node[block->node];
        if (block->words < TITLE_WORDS || facts->block[i].like_title < 0.99f || block->link_words
            || node->nav || node->aside || node->footer)
            continue;
        facts->headline = i;
        return;
    }
}

static void find_headline(struct nf_page_facts *facts, const struct nf_page_tree *tree)
{
    float best = 0.3f;
    facts->headline = tree->block_count;
    for (size_t i = 0; i < tree->block_count; i++) {
        const struct nf_block_facts *own = &facts->block[i];
        const struct nf_node_facts *node = &facts->node[tree->block[i].node];
        if (own->heading != 1 && own->heading != 2)
            continue;
        float score = own->like_title + (own->heading == 1 ? 0.5f : 0) - (node->nav || node->aside ? 1 : 0);
        if (score > best)
            best = score, facts->headline = i;
    }
    if (facts->headline == tree->block_count)
        find_plain_headline(facts, tree);
}

/* Comments and related links, when half of the page's text in sentences was before them. */
static void find_end(struct nf_page_facts *facts, const struct nf_page_tree *tree)
{
    const uint64_t ends = NF_EVIDENCE_BIT(COMMENT) | NF_EVIDENCE_BIT(RELATED) | NF_EVIDENCE_BIT(FOOTER);
    float total = nf_page_words_before(facts, tree, tree->block_count), words = 0;
    facts->end = tree->block_count;
    for (size_t i = 0; i < tree->block_count && facts->end == tree->block_count; i++) {
        const struct nf_node_facts *around = &facts->node[tree->block[i].node];
        if (words > total / 2 && (around->around & ends || around->footer))
            facts->end = i;
        words += words_of_sentences(facts, tree, i);
    }
}

static void reserve(struct nf_page_facts *facts, const struct nf_page_tree *tree)
{
    size_t count = tree->block_count;
    facts->node = nf_grow(facts->node, &facts->node_capacity, tree->node_count, sizeof *facts->node);
    facts->block = nf_grow(facts->block, &facts->block_capacity, count, sizeof *facts->block);
    facts->words_before = nf_grow(facts->words_before, &facts->sum_capacity, count / NF_PAGE_SUM_EACH + 1,
                                  sizeof *facts->words_before);
}

void nf_page_facts_set(struct nf_page_facts *facts, const struct nf_page_tree *tree)
{
    reserve(facts, tree);
    for (size_t i = facts->logs[1] > 0 ? NF_PAGE_LOGS : 0; i < NF_PAGE_LOGS; i++)
        facts->logs[i] = log2f(1 + (float)i);
    for (size_t i = 0; i < tree->block_count; i++)
        set_block(&facts->block[i], tree, i);
    set_twice(facts, tree);
    set_like_title(facts, tree);
    for (uint32_t i = 0; i < tree->node_count; i++)
        inherit(facts, tree, i);
    for (size_t i = 0; i < tree->block_count; i++)      /* what asks for consent is long and well written */
        facts->block[i].is_text &= !(facts->node[tree->block[i].node].around & NF_EVIDENCE_BIT(POPUP));
    set_long_paragraphs(facts, tree->block_count);
    set_nodes(facts, tree);
    set_sums(facts, tree);
    find_headline(facts, tree);
    find_end(facts, tree);
}
