/*
 * page_features.c: the numbers that a block is judged by.
 * Used by page_article.c.
 */
#include "stage/page_features.h"

#include <math.h>

#define LONG_PARAGRAPH 4.4f     /* log2 of 20 words */
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

static void set_own(const struct nf_page_tree *tree, const struct nf_page_facts *facts, size_t i, float *f)
{
    const struct nf_page_block *block = &tree->block[i];
    const struct nf_block_facts *own = &facts->block[i];
    struct nf_span text = nf_page_text(tree, block);
    unsigned char first = (unsigned char)text.data[0];
    unsigned digits = 0, commas = 0;
    for (size_t k = 0; k < text.len; k++) {
        digits += (unsigned char)(text.data[k] - '0') < 10;
        commas += text.data[k] == ',';
    }
    f[NF_FEATURE_WORDS] = own->words;
    f[NF_FEATURE_LINKED] = own->linked;
    f[NF_FEATURE_ENDS_SENTENCE] = own->ends_sentence;
    f[NF_FEATURE_ENDS_COLON] = text.data[text.len - 1] == ':';
    f[NF_FEATURE_COMMAS] = share((float)commas, (float)block->words);
    f[NF_FEATURE_UPPER] = (first >= 'A' && first <= 'Z') || (first >= '0' && first <= '9');
    f[NF_FEATURE_DIGITS] = share((float)digits, (float)block->chars);
    f[NF_FEATURE_LINE_TAG] = own->line_tag;
    f[NF_FEATURE_HEADING] = own->heading;
    f[NF_FEATURE_LIKE_TITLE] = own->like_title;
    f[NF_FEATURE_TWICE] = own->twice;
}

static void set_around(const struct nf_page_tree *tree, const struct nf_page_facts *facts, size_t i, float *f)
{
    const struct nf_page_node *node = &tree->node[tree->block[i].node];
    const struct nf_node_facts *around = &facts->node[tree->block[i].node];
    uint64_t own = node->evidence | tree->block[i].evidence;
    f[NF_FEATURE_IN_NAV] = around->nav;
    f[NF_FEATURE_IN_HEADER] = around->header;
    f[NF_FEATURE_IN_FOOTER] = around->footer;
    f[NF_FEATURE_IN_ASIDE] = around->aside;
    f[NF_FEATURE_IN_FORM] = around->form;
    f[NF_FEATURE_IN_ARTICLE] = around->articles;
    f[NF_FEATURE_IN_MAIN] = around->main;
    f[NF_FEATURE_IN_FIGURE] = around->figure;
    f[NF_FEATURE_IN_TABLE] = around->tables;
    f[NF_FEATURE_IN_LIST] = around->lists;
    f[NF_FEATURE_IN_QUOTE] = around->quote;
    f[NF_FEATURE_IN_NOSCRIPT] = around->noscript;
    f[NF_FEATURE_HIDDEN] = around->hidden;
    f[NF_FEATURE_DEPTH] = node->depth;
    for (unsigned bit = 0; bit < NF_EVIDENCE_COUNT; bit++) {
        f[NF_FEATURE_OWN_EVIDENCE + bit] = (float)(own >> bit & 1);
        f[NF_FEATURE_AROUND_EVIDENCE + bit] = (float)(around->around >> bit & 1);
    }
}

static float place_in(const struct nf_page_node *node, size_t i)
{
    if (i < node->first_block)
        return -1;
    return i >= node->end_block ? 2 : share((float)(i - node->first_block), (float)(node->end_block - node->first_block));
}

static void set_main(const struct nf_page_tree *tree, const struct nf_page_facts *facts, size_t i, float *f)
{
    const struct nf_page_node *best = &tree->node[facts->best], *dense = &tree->node[facts->dense];
    const struct nf_page_node *node = &tree->node[tree->block[i].node];
    f[NF_FEATURE_IN_BEST] = i >= best->first_block && i < best->end_block;
    f[NF_FEATURE_BELOW_BEST] = f[NF_FEATURE_IN_BEST] != 0 ? (float)(node->depth - best->depth) : -1;
    f[NF_FEATURE_BEST_SHARE] = share((float)facts->node[facts->best].words, (float)facts->node[0].words);
    f[NF_FEATURE_BEST_PLACE] = place_in(best, i);
    f[NF_FEATURE_IN_DENSE] = i >= dense->first_block && i < dense->end_block;
    f[NF_FEATURE_BELOW_DENSE] = f[NF_FEATURE_IN_DENSE] != 0 ? (float)(node->depth - dense->depth) : -1;
    f[NF_FEATURE_DENSE_PLACE] = place_in(dense, i);
    f[NF_FEATURE_DENSE_LINKED] = share((float)dense->link_chars, (float)dense->chars);
}

static void set_element(const struct nf_page_tree *tree, const struct nf_page_facts *facts, uint32_t i, float *f)
{
    const struct nf_page_node *node = &tree->node[i];
    uint32_t count = node->end_block - node->first_block;
    float blocks = (float)count;
    f[0] = log_of(share((float)facts->node[i].words, blocks));
    f[1] = log_of_count(facts, count);
    f[2] = share((float)node->link_chars, (float)node->chars);
}

static void set_outer(const struct nf_page_tree *tree, const struct nf_page_facts *facts, size_t i, float *f)
{
    uint32_t own = tree->block[i].node;
    uint32_t parent = tree->node[own].parent != NF_PAGE_NO_NODE ? tree->node[own].parent : own;
    uint32_t grand = tree->node[parent].parent != NF_PAGE_NO_NODE ? tree->node[parent].parent : parent;
    uint32_t list = facts->node[own].list;
    set_element(tree, facts, parent, f + NF_FEATURE_PARENT_WORDS);
    set_element(tree, facts, grand, f + NF_FEATURE_GRAND_WORDS);
    f[NF_FEATURE_LIST_LINKED] = f[NF_FEATURE_LIST_WORDS] = -1;
    if (list != NF_PAGE_NO_NODE) {
        float of_list[3];
        set_element(tree, facts, list, of_list);
        f[NF_FEATURE_LIST_WORDS] = of_list[0];
        f[NF_FEATURE_LIST_LINKED] = of_list[2];
    }
    f[NF_FEATURE_ALIKE] = log_of_count(facts, facts->node[own].alike);
    f[NF_FEATURE_PARENT_ALIKE] = log_of_count(facts, facts->node[parent].alike);
    f[NF_FEATURE_GRAND_ALIKE] = log_of_count(facts, facts->node[grand].alike);
}

static void set_neighbours(const struct nf_page_tree *tree, const struct nf_page_facts *facts, size_t i, float *f)
{
    static const struct nf_block_facts none = {.words = -1, .linked = -1};
    size_t count = tree->block_count;
    const struct nf_block_facts *before1 = i >= 1 ? &facts->block[i - 1] : &none;
    const struct nf_block_facts *before2 = i >= 2 ? &facts->block[i - 2] : &none;
    const struct nf_block_facts *after1 = i + 1 < count ? &facts->block[i + 1] : &none;
    const struct nf_block_facts *after2 = i + 2 < count ? &facts->block[i + 2] : &none;
    size_t from = i > 5 ? i - 5 : 0, to = i + 6 < count ? i + 6 : count;
    f[NF_FEATURE_BEFORE1_WORDS] = before1->words;
    f[NF_FEATURE_BEFORE1_LINKED] = before1->linked;
    f[NF_FEATURE_BEFORE1_SENTENCE] = before1->ends_sentence;
    f[NF_FEATURE_BEFORE1_TAG] = before1->line_tag;
    f[NF_FEATURE_BEFORE2_WORDS] = before2->words;
    f[NF_FEATURE_BEFORE2_LINKED] = before2->linked;
    f[NF_FEATURE_AFTER1_WORDS] = after1->words;
    f[NF_FEATURE_AFTER1_LINKED] = after1->linked;
    f[NF_FEATURE_AFTER1_SENTENCE] = after1->ends_sentence;
    f[NF_FEATURE_AFTER1_TAG] = after1->line_tag;
    f[NF_FEATURE_AFTER2_WORDS] = after2->words;
    f[NF_FEATURE_AFTER2_LINKED] = after2->linked;
    f[NF_FEATURE_NEAR_TEXT] = log_of(facts->plain_before[to] - facts->plain_before[from]);
    f[NF_FEATURE_NEAR_LINKED] = share(facts->linked_before[to] - facts->linked_before[from],
                                      facts->chars_before[to] - facts->chars_before[from]);
}

static void set_place(const struct nf_page_tree *tree, const struct nf_page_facts *facts, size_t i, float *f)
{
    size_t count = tree->block_count;
    float total = facts->words_before[count];
    unsigned back = 1, on = 1;
    while (back < 64 && i >= back && !(facts->block[i - back].is_text && facts->block[i - back].words > LONG_PARAGRAPH))
        back++;
    while (on < 64 && i + on < count && !(facts->block[i + on].is_text && facts->block[i + on].words > LONG_PARAGRAPH))
        on++;
    f[NF_FEATURE_PLACE] = share((float)i, (float)count);
    f[NF_FEATURE_TEXT_BEFORE] = share(facts->words_before[i], total);
    f[NF_FEATURE_TO_PARAGRAPH_BEFORE] = i >= back ? log_of_count(facts, back) : FAR;
    f[NF_FEATURE_TO_PARAGRAPH_AFTER] = i + on < count ? log_of_count(facts, on) : FAR;
    f[NF_FEATURE_FROM_HEADLINE] = facts->headline == count ? -2 : i < facts->headline ? -1
        : log_of((float)(i - facts->headline));
    f[NF_FEATURE_PAGE_WORDS] = log_of(total);
    f[NF_FEATURE_PAGE_BLOCKS] = log_of((float)count);
    f[NF_FEATURE_AFTER_END] = i >= facts->end;
}

void nf_page_features(const struct nf_page_facts *facts, const struct nf_page_tree *tree, size_t block, float *features)
{
    set_own(tree, facts, block, features);
    set_around(tree, facts, block, features);
    set_main(tree, facts, block, features);
    set_outer(tree, facts, block, features);
    set_neighbours(tree, facts, block, features);
    set_place(tree, facts, block, features);
}
