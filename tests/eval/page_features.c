/*
 * page_features.c: the features of every block of some pages, for train_pages.py.
 *
 *     page_features < NAMES      NAMES: a file a line
 *
 * Prints `PAGE name blocks features`, then for each block its features as floats of this machine, then the texts,
 * a line each. A page that is judged as a thread has no blocks: the trees are not asked.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapt/html.h"
#include "stage/page_judge.h"
#include "text/charset.h"

struct tool {
    struct nf_html *html;
    struct nf_buf bytes, utf8;
    struct nf_markup markup;
    struct nf_page_tree tree;
    struct nf_page_facts facts;
    struct nf_page_json json;
};

static void read_file(const char *name, struct nf_buf *bytes)
{
    FILE *file = fopen(name, "rb");
    size_t len;
    bytes->len = 0;
    if (!file) {
        perror(name);
        exit(1);
    }
    while ((len = fread(nf_buf_reserve(bytes, 1 << 20), 1, 1 << 20, file)) > 0)
        bytes->len += len;
    fclose(file);
}

static void print_blocks(const struct tool *tool)
{
    const struct nf_page_tree *tree = &tool->tree;
    nf_page_feature features[NF_FEATURE_COUNT];
    for (size_t i = 0; i < tree->block_count; i++) {
        nf_page_features(&tool->facts, tree, i, features);
        for (size_t k = 0; k < NF_FEATURE_COUNT; k++)
            fwrite(&features[k][0], sizeof(float), 1, stdout);
    }
    for (size_t i = 0; i < tree->block_count; i++) {
        struct nf_span text = nf_page_text(tree, &tree->block[i]);
        fwrite(text.data, 1, text.len, stdout);
        putchar('\n');
    }
}

static void print_page(struct tool *tool, const char *name)
{
    struct nf_page_tree *tree = &tool->tree;
    read_file(name, &tool->bytes);
    nf_charset_decode(&tool->bytes, nf_span("", 0), &tool->utf8);
    nf_markup_read(&tool->markup, nf_buf_span(&tool->utf8));
    nf_page_json_read(&tool->json, &tool->markup);
    bool *kept = NULL, read = nf_page_tree_build(tree, tool->html, &tool->markup, NULL) == NF_OK && tree->block_count;
    if (read) {
        kept = calloc(tree->block_count, sizeof *kept);
        tool->facts.asked = (struct nf_page_asked){NF_EVIDENCE_ALL, NF_EVIDENCE_ALL};
        nf_page_facts_set(&tool->facts, tree);
        read = kept && !nf_page_judge_thread(tree, &tool->facts, &tool->json, kept);
    }
    printf("PAGE %s %zu %d\n", name, read ? tree->block_count : 0, (int)NF_FEATURE_COUNT);
    if (read)
        print_blocks(tool);
    free(kept);
}

int main(void)
{
    struct tool tool = {0};
    char name[4096];
    if (nf_html_new(&tool.html, NULL) != NF_OK)
        return 1;
    while (fgets(name, sizeof name, stdin)) {
        name[strcspn(name, "\n")] = '\0';
        print_page(&tool, name);
    }
    return 0;
}
