/*
 * page_features.h: blocks of a page measured.
 * Used by page_article.c, and by the program that trains its model.
 */
#ifndef NEWSFOLD_STAGE_PAGE_FEATURES_H
#define NEWSFOLD_STAGE_PAGE_FEATURES_H

#include "stage/page_tree.h"

enum nf_feature {
#define FEATURE(id, text) NF_FEATURE_##id,
#include "stage/page_features.def"
#undef FEATURE
    NF_FEATURE_OWN_EVIDENCE,
    NF_FEATURE_AROUND_EVIDENCE = NF_FEATURE_OWN_EVIDENCE + NF_EVIDENCE_COUNT,
    NF_FEATURE_COUNT = NF_FEATURE_AROUND_EVIDENCE + NF_EVIDENCE_COUNT
};

enum nf_line_tag {
    NF_LINE_NONE, NF_LINE_PARAGRAPH, NF_LINE_HEADING, NF_LINE_ITEM, NF_LINE_CELL, NF_LINE_TERM, NF_LINE_CAPTION,
    NF_LINE_OTHER, NF_LINE_CONTROL
};

/* Where an element is in a thread. */
enum nf_post_part { NF_IN_POST = 1, NF_IN_QUOTE = 2, NF_IN_QUOTE_HEAD = 4, NF_OUT_OF_POST = 8 };

/* What is known of an element with those around it. */
struct nf_node_facts {
    uint64_t around;            /* evidence of it and of those around it that do not hold most of the page */
    uint32_t words;
    union {
        float dense;            /* until the densest is found: its text after the charge */
        uint32_t alike;         /* of its parent's children, those of its kind */
    };
    uint32_t articles : 4, tables : 4, lists : 4;   /* around it, at most 9 */
    uint32_t post : 4;          /* enum nf_post_part bits, set by page_thread.c */
    uint32_t frame : 4;         /* elements out to the frame of a post, counted from 1; 0: none */
    bool nav : 1, header : 1, footer : 1, aside : 1, form : 1, main : 1, figure : 1, quote : 1, noscript : 1, hidden : 1;
} __attribute__((packed, aligned(4)));

/* What a block of a post is, if it is not the writer's own text. */
enum nf_quote { NF_QUOTE_NONE, NF_QUOTE_TEXT, NF_QUOTE_HEAD };

struct nf_block_facts {
    float words;                /* as the feature of this name */
    union {
        float like_title;
        float judged;           /* the sum of the trees, once page_article.c has judged it */
    };
    uint16_t line_tag : 4, heading : 3;
    uint16_t quote : 2;         /* enum nf_quote; set by page_thread.c */
    bool ends_sentence : 1, is_text : 1, twice : 1;
    uint8_t to_long_before, to_long_after;  /* blocks to a long paragraph, at most NF_PAGE_LOOK; 0: none */
};

/* The share of a block's characters that are in links. */
static inline float nf_page_linked(const struct nf_page_block *block)
{
    return block->chars ? (float)block->link_chars / (float)block->chars : 0;
}

/* A block further away than this is as far away as this, if there is any. */
#define NF_PAGE_LOOK 64

#define NF_PAGE_LOGS 256
#define NF_PAGE_SUM_EACH 8

/* Blocks are measured and judged so many at a time: of each feature, those of all blocks are beside each other. */
#define NF_PAGE_LANES 16
typedef float nf_page_feature[NF_PAGE_LANES];

/* Evidence that features are wanted of, a bit for each. */
struct nf_page_asked {
    uint64_t own, around;
};

_Static_assert(sizeof(struct nf_node_facts) == 20 && sizeof(struct nf_block_facts) == 12, "pages may have many");

struct nf_page_model;

struct nf_page_facts {
    struct nf_node_facts *node;
    struct nf_block_facts *block;
    size_t node_capacity, block_capacity;
    float *words_before;        /* of every NF_PAGE_SUM_EACH blocks: see nf_page_words_before */
    float logs[NF_PAGE_LOGS];   /* log2 of 1 and more */
    size_t sum_capacity;
    struct nf_page_model *model;    /* made when first asked */
    struct nf_page_asked asked; /* set by whoever asks for features */
    uint32_t best, dense;       /* nodes */
    size_t headline;            /* a block, or block_count */
    size_t end;                 /* the block at which something that ends articles begins, or block_count */
};

void nf_page_facts_release(struct nf_page_facts *facts);


/* Once for each page. cost: linear */
void nf_page_facts_set(struct nf_page_facts *facts, const struct nf_page_tree *tree);

/* The words of the blocks before block i, or of all for block_count, that are sentences. */
float nf_page_words_before(const struct nf_page_facts *facts, const struct nf_page_tree *tree, size_t i);

/* in  f: of the first feature, where the block's goes; its others are as far from those of the feature before */
void nf_page_features(const struct nf_page_facts *facts, const struct nf_page_tree *tree, size_t block, nf_page_feature *f);

#endif
