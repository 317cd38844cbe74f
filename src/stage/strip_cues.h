/*
 * strip_cues.h: the lines of a dump measured.
 * Used by strip_structure.c and strip_model.c, and by tests/eval/line_cues.c which feeds the training.
 */
#ifndef NEWSFOLD_STAGE_STRIP_CUES_H
#define NEWSFOLD_STAGE_STRIP_CUES_H

#include "stage/strip.h"
#include "stage/strip_looks.h"

enum nf_cue {
#define CUE(id, text) NF_CUE_##id,
#include "stage/strip_cues.def"
#undef CUE
    NF_CUE_COUNT
};

/* What a line is, by length and sentence end. */
enum nf_line_kind {
    NF_KIND_TINY, NF_KIND_SHORT, NF_KIND_PHRASE, NF_KIND_TITLE, NF_KIND_OPEN, NF_KIND_SAYING, NF_KIND_PROSE, NF_KIND_HIT
};

/* Kinds of lines that are summed. */
enum nf_line_sum {
    NF_SUM_PROSE, NF_SUM_PROSE_WORDS, NF_SUM_WORDS, NF_SUM_SHORT, NF_SUM_TITLE, NF_SUM_SAYING, NF_SUM_HIT, NF_SUM_MARKED,
    NF_SUM_LONG, NF_SUM_DATED, NF_SUM_NAMES, NF_SUM_KNOWN_WORDS,
    NF_SUM_COMMENTS, NF_SUM_STAMP, NF_SUM_CARD, NF_SUM_FOOTER, NF_SUM_COUNT
};

/* Groups of categories of rules. */
enum nf_rule_group {
    NF_GROUP_COMMENTS, NF_GROUP_RELATED, NF_GROUP_PROMOTION, NF_GROUP_FOOTER, NF_GROUP_STAMP, NF_GROUP_PICTURE,
    NF_GROUP_CARD, NF_GROUP_SHARE, NF_GROUP_TAGS, NF_GROUP_COUNT
};

/* Lines to the nearest of a kind, itself included for groups; NF_FAR at most. */
#define NF_FAR 99

struct nf_line_place {
    struct nf_line_looks looks;
    uint8_t kind;               /* enum nf_line_kind */
    uint8_t prose[2], longer[2], sentence[2], dated[2];  /* before, after */
    uint8_t group[2][NF_GROUP_COUNT];
    uint8_t repeated, shaped;   /* times */
    float headline;
    float in_prose, in_cluster, in_short, rare;
};

/* Logarithms of most counts. */
#define NF_LOGS 128

/* Made once a document. */
struct nf_surroundings {
    const struct nf_line_facts *facts;      /* borrowed */
    const struct nf_document *document;
    size_t count;
    struct nf_line_place *line;
    uint32_t (*sums)[NF_SUM_COUNT];     /* count + 1: of the lines before each */
    struct nf_terms terms;
    size_t cluster_from, cluster_to;
    size_t headline;            /* or count */
    float capitals;             /* share of words with a capital in prose */
    float logs[NF_LOGS];        /* to base 2, of one more than each count */
    float log_lines, log_prose_words;   /* ... of those of the document */
};

/* cost  linear */
void nf_surroundings_init(struct nf_surroundings *surroundings, const struct nf_line_facts *facts,
                          const struct nf_document *document);
void nf_surroundings_release(struct nf_surroundings *surroundings);

/* in  surroundings: sums are made */
void nf_surroundings_make_logs(struct nf_surroundings *surroundings);

/* So many lines are judged together. */
#define NF_CUE_COLUMNS 16

/* The cues of lines, each in a column. */
struct nf_cues {
    float row[NF_CUE_COUNT][NF_CUE_COLUMNS];
};

/* out  cues: the column */
void nf_line_cues(const struct nf_surroundings *surroundings, size_t line, struct nf_cues *cues, unsigned column);

#endif
