/*
 * page_paths.c: elements named as in a style sheet.
 * Used by page_tree.c and page.c.
 */
#include "stage/page_paths.h"

/* Pages may nest hundreds of elements: so many say where a block is. */
#define PATH_LEN_MAX 8

/* Names longer than this are made by machines. */
#define NAME_LEN_MAX 40

void nf_page_label(struct nf_buf *labels, enum nf_tag tag, const struct nf_markup_attribute *attributes, size_t count)
{
    static const char blanks[] = " \t\r\n\f";
    const char *name = NULL;
    char mark = '\0';
    nf_buf_add_text(labels, nf_tag_name(tag));
    for (size_t i = 0; i < count; i++) {
        char kind = attributes[i].name == NF_ATTRIBUTE_CLASS ? '.' : attributes[i].name == NF_ATTRIBUTE_ID ? '#' : '\0';
        const char *value = attributes[i].value.data + strspn(attributes[i].value.data, blanks);
        if (kind && *value && mark != '.')
            name = value, mark = kind;
    }
    size_t len = name ? strcspn(name, blanks) : 0;
    if (len && len <= NAME_LEN_MAX) {
        nf_buf_add_char(labels, mark);
        nf_buf_add(labels, name, len);
    }
    nf_buf_add_char(labels, '\0');
}

void nf_page_paths(const struct nf_page_tree *tree, struct nf_buf *text)
{
    for (size_t i = 0; i < tree->block_count; i++) {
        uint32_t path[PATH_LEN_MAX], node = tree->block[i].node;
        size_t len = 0;
        for (; node != NF_PAGE_NO_NODE && node > 0 && len < PATH_LEN_MAX; node = tree->node[node].parent)
            path[len++] = node;
        if (!len)
            path[len++] = 0;
        while (len) {
            nf_buf_add_text(text, tree->labels.data + tree->label[path[--len]]);
            nf_buf_add_text(text, len ? " > " : "\n");
        }
    }
}
