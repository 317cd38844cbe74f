/*
 * page_tree.h: a page as elements that make lines, and the blocks of text in them.
 * Used by the page_*.c files.
 */
#ifndef NEWSFOLD_STAGE_PAGE_TREE_H
#define NEWSFOLD_STAGE_PAGE_TREE_H

#include <newsfold/document.h>
#include <newsfold/status.h>

#include "base/buf.h"
#include "stage/page_evidence.h"
#include "text/html_tags.h"
#include "text/markup.h"

#define NF_PAGE_NO_NODE UINT32_MAX

struct nf_html;

/* What an element is to a thread page: rows of page_engines.def. Of two that fit, the later one counts. */
enum nf_page_role {
    NF_PAGE_ROLE_NONE,
    NF_PAGE_ROLE_POST_IN_FRAME, /* a post, when a frame is around it: the name alone says too little */
    NF_PAGE_ROLE_POST_ON_FORUM, /* a post in a frame, or on a page that calls itself a forum's */
    NF_PAGE_ROLE_FRAME,         /* around one post and what belongs to it */
    NF_PAGE_ROLE_POST,          /* the text of one post */
    NF_PAGE_ROLE_QUOTE,         /* inside a post: what is quoted; so is every <blockquote> */
    NF_PAGE_ROLE_QUOTE_HEAD,    /* inside a quote: who said it */
    NF_PAGE_ROLE_NOT_POST       /* inside a post, but not its text */
};

/* An element that makes lines. Children come after their parent; the first is the page itself. A page may have a million. */
struct nf_page_node {
    uint64_t evidence : 40;     /* of its own attributes */
    uint64_t tag : 8;           /* enum nf_tag */
    uint64_t role : 5;          /* enum nf_page_role */
    uint64_t hidden : 1;
    uint64_t depth : 10;
    uint32_t parent;
    uint32_t first_block, end_block;
    uint32_t names;             /* hash of tag and classes: equal for elements of one kind */
    uint32_t kind;              /* the same of tag and first class alone; 0 without a class */
    uint32_t chars, link_chars; /* of the text inside */
} __attribute__((packed, aligned(4)));


/* A run of text with no line break in it. */
struct nf_page_block {
    uint64_t evidence : 40;     /* of inline elements in it */
    uint64_t after_break : 1;   /* a <br> or a line break of <pre> is before it, not an element */
    uint64_t blank_before : 1;  /* two or more of them */
    uint64_t link_words : 22;   /* those beyond NF_PAGE_LINK_WORDS_MAX are not counted */
    uint32_t text, len;         /* bytes in the tree's text */
    uint32_t node;              /* that it stands in */
    uint32_t source;            /* offset in the page's decoded text */
    uint32_t chars, link_chars;
    uint32_t words;
} __attribute__((packed, aligned(4)));

#define NF_PAGE_LINK_WORDS_MAX ((1u << 22) - 1)

_Static_assert(NF_EVIDENCE_COUNT <= 40 && NF_TAG_COUNT <= 256, "they have their bits");
_Static_assert(sizeof(struct nf_page_node) == 36 && sizeof(struct nf_page_block) == 36, "pages may have many");

struct nf_page_tree {
    bool label_elements;        /* set by the owner: fill `labels` */
    struct nf_buf labels;       /* the nodes' names, NUL behind each */
    uint32_t *label;            /* of each node: where in the labels its name begins */
    size_t label_capacity;
    struct nf_page_node *node;
    size_t node_count, node_capacity;
    struct nf_page_block *block;
    size_t block_count, block_capacity;
    struct nf_buf text;
    struct nf_buf title;        /* of the page's head */
    size_t forum_marks;         /* elements whose names speak of forums and threads */
    struct nf_buf og_title, og_type;
};

void nf_page_tree_release(struct nf_page_tree *tree);

/*
 * Parse a page.
 *
 * in      tree: zeroed, or used before
 *         markup: after nf_markup_read; of a large page markup->out is empty afterwards
 * fails   as nf_html_parse; the tree then has the blocks up to there
 */
NF_MUST_CHECK enum nf_status nf_page_tree_build(struct nf_page_tree *tree, const struct nf_html *html,
                                                struct nf_markup *markup, struct nf_error *error);

struct nf_span nf_page_text(const struct nf_page_tree *tree, const struct nf_page_block *block);

void nf_page_add_link_words(struct nf_page_block *block, uint32_t words);

/* Whether `node` is `ancestor` or inside it. */
bool nf_page_inside(const struct nf_page_tree *tree, uint32_t node, uint32_t ancestor);

#endif
