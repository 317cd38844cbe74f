/*
 * page_pre.c: hard-wrapped text in <pre>.
 * Used by page_tree.c.
 *
 * A line was wrapped when the first word of the next would not have fitted. Verses, tables and code have line breaks
 * of other reasons; lines that begin with a blank never join.
 */
#include "stage/page_pre.h"

#include "base/alloc.h"

#define WIDTH_LEAST 40
#define WIDTH_MOST 100
#define BREAKS_LEAST 2
#define EXPLAINED_SHARE 0.8f    /* of the line breaks */

static bool is_indented(const struct nf_page_tree *tree, size_t i)
{
    char first = nf_page_text(tree, &tree->block[i]).data[0];
    return first == ' ' || first == '\t';
}

static uint32_t width_of(const struct nf_page_tree *tree, size_t first)
{
    uint32_t width = 0;
    for (size_t i = first; i < tree->block_count; i++)
        if (!is_indented(tree, i) && tree->block[i].chars > width)
            width = tree->block[i].chars;
    return width;
}

static uint32_t first_word_chars(struct nf_span line)
{
    uint32_t chars = 0;
    for (size_t i = 0; i < line.len && line.data[i] != ' ' && line.data[i] != '\t'; i++)
        chars += ((unsigned char)line.data[i] & 0xC0) != 0x80;
    return chars;
}

/* Whether two lines follow each other in one paragraph, as far as blank lines and blanks tell. */
static bool is_break(const struct nf_page_tree *tree, size_t i)
{
    return !tree->block[i].blank_before && !is_indented(tree, i) && !is_indented(tree, i - 1);
}

static bool is_explained(const struct nf_page_tree *tree, size_t i, uint32_t width)
{
    return tree->block[i - 1].chars + 1 + first_word_chars(nf_page_text(tree, &tree->block[i])) > width;
}

static bool is_wrapped(const struct nf_page_tree *tree, size_t first, uint32_t width)
{
    size_t breaks = 0, explained = 0;
    for (size_t i = first + 1; i < tree->block_count; i++) {
        breaks += is_break(tree, i);
        explained += is_break(tree, i) && is_explained(tree, i, width);
    }
    return width >= WIDTH_LEAST && width <= WIDTH_MOST && breaks >= BREAKS_LEAST
           && (float)explained >= EXPLAINED_SHARE * (float)breaks;
}

static void join(struct nf_page_block *to, const struct nf_page_block *line)
{
    to->len += line->len + 1;
    to->chars += line->chars + 1;
    to->link_chars += line->link_chars;
    to->words += line->words;
    nf_page_add_link_words(to, line->link_words);
    to->evidence |= line->evidence;
}

/* in  joins: for each block from `first` on, whether it joins the one before */
static void rebuild(struct nf_page_tree *tree, size_t first, const bool *joins)
{
    size_t start = tree->block[first].text, count = first;
    struct nf_buf lines = {0};
    for (size_t i = first; i < tree->block_count; i++) {
        struct nf_page_block line = tree->block[i];
        struct nf_span text = nf_page_text(tree, &line);
        while (text.data[text.len - 1] == ' ')
            text.len--;
        if (joins[i - first])
            nf_buf_add_char(&lines, ' ');
        line.text = (uint32_t)(start + lines.len);
        line.len = (uint32_t)text.len;
        nf_buf_add(&lines, text.data, text.len);
        if (joins[i - first])
            join(&tree->block[count - 1], &line);
        else
            tree->block[count++] = line;
    }
    tree->block_count = count;
    tree->text.len = start;
    nf_buf_add(&tree->text, lines.data, lines.len);
    nf_buf_release(&lines);
}

void nf_page_join_lines(struct nf_page_tree *tree, size_t first)
{
    uint32_t width = width_of(tree, first);
    if (first + BREAKS_LEAST >= tree->block_count || !is_wrapped(tree, first, width))
        return;
    bool *joins = nf_alloc_zero(tree->block_count - first, sizeof *joins);
    for (size_t i = first + 1; i < tree->block_count; i++)
        joins[i - first] = is_break(tree, i) && is_explained(tree, i, width);
    rebuild(tree, first, joins);
    nf_free(joins);
}
