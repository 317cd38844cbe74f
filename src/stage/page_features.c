/*
 * page_features.c: the numbers that a block is judged by.
 * Used by page_article.c.
 */
#include "stage/page_features.h"

#include <math.h>

#include "text/eight.h"

#define FAR 6

static float share(float part, float whole)
{
    return whole > 0 ? part / whole : 0;
}

static float log_of(float count)
{
    return log2f(1 + count);
}

/* Most counts are small. */
static float log_of_count(const struct nf_page_facts *facts, uint32_t count)
{
    return count < NF_PAGE_LOGS ? facts->logs[count] : log_of((float)count);
}

/* In eight bytes, those that are below the number, with the top bit of each; so are they all where that bit is not set. */
static uint64_t below(uint64_t bytes, unsigned number)
{
    return ~((bytes & ~NF_EIGHT(0x80)) + NF_EIGHT(0x80 - number)) & ~bytes & NF_EIGHT(0x80);
}

static unsigned top_bits(uint64_t bits)
{
    return (unsigned)((bits >> 7) * NF_EIGHT(1) >> 56);
}

static void count_marks(struct nf_span text, unsigned *digits, unsigned *commas)
{
    size_t at = 0;
    for (; at + 8 <= text.len; at += 8) {
        uint64_t bytes = nf_eight_load(text.data + at);
        *digits += top_bits(below(bytes ^ NF_EIGHT('0'), 10));
        *commas += top_bits(below(bytes ^ NF_EIGHT(','), 1));
    }
    for (; at < text.len; at++) {
        *digits += (unsigned char)(text.data[at] - '0') < 10;
        *commas += text.data[at] == ',';
    }
}

static void set_own(const struct nf_page_tree *tree, const struct nf_page_facts *facts, size_t i, nf_page_feature *f)
{
    const struct nf_page_block *block = &tree->block[i];
    const struct nf_block_facts *own = &facts->block[i];
    struct nf_span text = nf_page_text(tree, block);
    unsigned char first = (unsigned char)text.data[0];
    unsigned digits = 0, commas = 0;
    count_marks(text, &digits, &commas);
    f[NF_FEATURE_WORDS][0] = own->words;
    f[NF_FEATURE_LINKED][0] = nf_page_linked(block);
    f[NF_FEATURE_ENDS_SENTENCE][0] = own->ends_sentence;
    f[NF_FEATURE_ENDS_COLON][0] = text.data[text.len - 1] == ':';
    f[NF_FEATURE_COMMAS][0] = share((float)commas, (float)block->words);
    f[NF_FEATURE_UPPER][0] = (first >= 'A' && first <= 'Z') || (first >= '0' && first <= '9');
    f[NF_FEATURE_DIGITS][0] = share((float)digits, (float)block->chars);
    f[NF_FEATURE_LINE_TAG][0] = own->line_tag;
    f[NF_FEATURE_HEADING][0] = own->heading;
    f[NF_FEATURE_LIKE_TITLE][0] = own->like_title;
    f[NF_FEATURE_TWICE][0] = own->twice;
}

static void set_evidence(uint64_t bits, uint64_t asked, nf_page_feature *f)
{
    for (; asked; asked >>= 1, bits >>= 1, f++)
        if (asked & 1)
            f[0][0] = (float)(bits & 1);
}

static void set_around(const struct nf_page_tree *tree, const struct nf_page_facts *facts, size_t i, nf_page_feature *f)
{
    const struct nf_page_node *node = &tree->node[tree->block[i].node];
    const struct nf_node_facts *around = &facts->node[tree->block[i].node];
    uint64_t own = node->evidence | tree->block[i].evidence;
    f[NF_FEATURE_IN_NAV][0] = around->nav;
    f[NF_FEATURE_IN_HEADER][0] = around->header;
    f[NF_FEATURE_IN_FOOTER][0] = around->footer;
    f[NF_FEATURE_IN_ASIDE][0] = around->aside;
    f[NF_FEATURE_IN_FORM][0] = around->form;
    f[NF_FEATURE_IN_ARTICLE][0] = around->articles;
    f[NF_FEATURE_IN_MAIN][0] = around->main;
    f[NF_FEATURE_IN_FIGURE][0] = around->figure;
    f[NF_FEATURE_IN_TABLE][0] = around->tables;
    f[NF_FEATURE_IN_LIST][0] = around->lists;
    f[NF_FEATURE_IN_QUOTE][0] = around->quote;
    f[NF_FEATURE_IN_NOSCRIPT][0] = around->noscript;
    f[NF_FEATURE_HIDDEN][0] = around->hidden;
    f[NF_FEATURE_DEPTH][0] = node->depth;
    set_evidence(own, facts->asked.own, f + NF_FEATURE_OWN_EVIDENCE);
    set_evidence(around->around, facts->asked.around, f + NF_FEATURE_AROUND_EVIDENCE);
}

static float place_in(const struct nf_page_node *node, size_t i)
{
    if (i < node->first_block)
        return -1;
    return i >= node->end_block ? 2 : share((float)(i - node->first_block), (float)(node->end_block - node->first_block));
}

static void set_main(const struct nf_page_tree *tree, const struct nf_page_facts *facts, size_t i, nf_page_feature *f)
{
    const struct nf_page_node *best = &tree->node[facts->best], *dense = &tree->node[facts->dense];
    const struct nf_page_node *node = &tree->node[tree->block[i].node];
    f[NF_FEATURE_IN_BEST][0] = i >= best->first_block && i < best->end_block;
    f[NF_FEATURE_BELOW_BEST][0] = f[NF_FEATURE_IN_BEST][0] != 0 ? (float)(node->depth - best->depth) : -1;
    f[NF_FEATURE_BEST_SHARE][0] = share((float)facts->node[facts->best].words, (float)facts->node[0].words);
    f[NF_FEATURE_BEST_PLACE][0] = place_in(best, i);
    f[NF_FEATURE_IN_DENSE][0] = i >= dense->first_block && i < dense->end_block;
    f[NF_FEATURE_BELOW_DENSE][0] = f[NF_FEATURE_IN_DENSE][0] != 0 ? (float)(node->depth - dense->depth) : -1;
    f[NF_FEATURE_DENSE_PLACE][0] = place_in(dense, i);
    f[NF_FEATURE_DENSE_LINKED][0] = share((float)dense->link_chars, (float)dense->chars);
}

static void set_element(const struct nf_page_tree *tree, const struct nf_page_facts *facts, uint32_t i, nf_page_feature *f)
{
    const struct nf_page_node *node = &tree->node[i];
    uint32_t count = node->end_block - node->first_block;
    float blocks = (float)count;
    f[0][0] = log_of(share((float)facts->node[i].words, blocks));
    f[1][0] = log_of_count(facts, count);
    f[2][0] = share((float)node->link_chars, (float)node->chars);
}

/* The innermost list that an element is or stands in, or NF_PAGE_NO_NODE. */
static uint32_t list_around(const struct nf_page_tree *tree, const struct nf_page_facts *facts, uint32_t node)
{
    while (facts->node[node].lists) {
        enum nf_tag tag = (enum nf_tag)tree->node[node].tag;
        if (tag == NF_TAG_UL || tag == NF_TAG_OL || tag == NF_TAG_DL)
            return node;
        node = tree->node[node].parent;
    }
    return NF_PAGE_NO_NODE;
}

static void set_outer(const struct nf_page_tree *tree, const struct nf_page_facts *facts, size_t i, nf_page_feature *f)
{
    uint32_t own = tree->block[i].node;
    uint32_t parent = tree->node[own].parent != NF_PAGE_NO_NODE ? tree->node[own].parent : own;
    uint32_t grand = tree->node[parent].parent != NF_PAGE_NO_NODE ? tree->node[parent].parent : parent;
    uint32_t list = list_around(tree, facts, own);
    set_element(tree, facts, parent, f + NF_FEATURE_PARENT_WORDS);
    set_element(tree, facts, grand, f + NF_FEATURE_GRAND_WORDS);
    f[NF_FEATURE_LIST_LINKED][0] = f[NF_FEATURE_LIST_WORDS][0] = -1;
    if (list != NF_PAGE_NO_NODE) {
        nf_page_feature of_list[3];
        set_element(tree, facts, list, of_list);
        f[NF_FEATURE_LIST_WORDS][0] = of_list[0][0];
        f[NF_FEATURE_LIST_LINKED][0] = of_list[2][0];
    }
    f[NF_FEATURE_ALIKE][0] = log_of_count(facts, facts->node[own].alike);
    f[NF_FEATURE_PARENT_ALIKE][0] = log_of_count(facts, facts->node[parent].alike);
    f[NF_FEATURE_GRAND_ALIKE][0] = log_of_count(facts, facts->node[grand].alike);
}

/* Of a block and five on each side. */
static void set_near(const struct nf_page_tree *tree, size_t i, nf_page_feature *f)
{
    size_t from = i > 5 ? i - 5 : 0, to = i + 6 < tree->block_count ? i + 6 : tree->block_count;
    uint64_t plain = 0, chars = 0, linked = 0;
    for (size_t k = from; k < to; k++) {
        plain += tree->block[k].words - tree->block[k].link_words;
        chars += tree->block[k].chars;
        linked += tree->block[k].link_chars;
    }
    f[NF_FEATURE_NEAR_TEXT][0] = log_of((float)plain);
    f[NF_FEATURE_NEAR_LINKED][0] = share((float)linked, (float)chars);
}

struct neighbour {
    bool there;
    float words, linked;
};

/* in  i: beyond the page's ends there is less than nothing */
static struct neighbour neighbour(const struct nf_page_tree *tree, const struct nf_page_facts *facts, size_t i)
{
    if (i >= tree->block_count)
        return (struct neighbour){false, -1, -1};
    return (struct neighbour){true, facts->block[i].words, nf_page_linked(&tree->block[i])};
}

static void set_neighbours(const struct nf_page_tree *tree, const struct nf_page_facts *facts, size_t i, nf_page_feature *f)
{
    struct neighbour before1 = neighbour(tree, facts, i - 1), before2 = neighbour(tree, facts, i - 2);
    struct neighbour after1 = neighbour(tree, facts, i + 1), after2 = neighbour(tree, facts, i + 2);
    f[NF_FEATURE_BEFORE1_WORDS][0] = before1.words;
    f[NF_FEATURE_BEFORE1_LINKED][0] = before1.linked;
    f[NF_FEATURE_BEFORE1_SENTENCE][0] = before1.there && facts->block[i - 1].ends_sentence;
    f[NF_FEATURE_BEFORE1_TAG][0] = before1.there ? facts->block[i - 1].line_tag : NF_LINE_NONE;
    f[NF_FEATURE_BEFORE2_WORDS][0] = before2.words;
    f[NF_FEATURE_BEFORE2_LINKED][0] = before2.linked;
    f[NF_FEATURE_AFTER1_WORDS][0] = after1.words;
    f[NF_FEATURE_AFTER1_LINKED][0] = after1.linked;
    f[NF_FEATURE_AFTER1_SENTENCE][0] = after1.there && facts->block[i + 1].ends_sentence;
    f[NF_FEATURE_AFTER1_TAG][0] = after1.there ? facts->block[i + 1].line_tag : NF_LINE_NONE;
    f[NF_FEATURE_AFTER2_WORDS][0] = after2.words;
    f[NF_FEATURE_AFTER2_LINKED][0] = after2.linked;
}

static void set_place(const struct nf_page_tree *tree, const struct nf_page_facts *facts, size_t i, nf_page_feature *f)
{
    size_t count = tree->block_count;
    float total = nf_page_words_before(facts, tree, count);
    unsigned back = facts->block[i].to_long_before, on = facts->block[i].to_long_after;
    f[NF_FEATURE_PLACE][0] = share((float)i, (float)count);
    f[NF_FEATURE_TEXT_BEFORE][0] = share(nf_page_words_before(facts, tree, i), total);
    f[NF_FEATURE_TO_PARAGRAPH_BEFORE][0] = back ? log_of_count(facts, back) : FAR;
    f[NF_FEATURE_TO_PARAGRAPH_AFTER][0] = on ? log_of_count(facts, on) : FAR;
    f[NF_FEATURE_FROM_HEADLINE][0] = facts->headline == count ? -2 : i < facts->headline ? -1
        : log_of((float)(i - facts->headline));
    f[NF_FEATURE_PAGE_WORDS][0] = log_of(total);
    f[NF_FEATURE_PAGE_BLOCKS][0] = log_of((float)count);
    f[NF_FEATURE_AFTER_END][0] = i >= facts->end;
}

void nf_page_features(const struct nf_page_facts *facts, const struct nf_page_tree *tree, size_t block, nf_page_feature *f)
{
    set_own(tree, facts, block, f);
    set_around(tree, facts, block, f);
    set_main(tree, facts, block, f);
    set_outer(tree, facts, block, f);
    set_neighbours(tree, facts, block, f);
    set_near(tree, block, f);
    set_place(tree, facts, block, f);
}
