/*
 * markup_attributes.h: a start tag's attributes, read from its source.
 * Used by markup.c only.
 */
#ifndef NEWSFOLD_TEXT_MARKUP_ATTRIBUTES_H
#define NEWSFOLD_TEXT_MARKUP_ATTRIBUTES_H

#include "text/markup.h"

struct nf_markup_start {
    enum nf_tag tag;
    enum nf_tag_kind kind;
    size_t name, name_len;      /* in the source */
    size_t set;                 /* where its attributes begin in the sets */
    uint32_t seen;              /* attributes: a bit for each kind; of two alike, the first counts */
    bool wanted;                /* else its attributes only have their ends found, and what its content is */
    bool json, shadow;
    bool evidence;              /* an attribute was kept */
    bool meta_wanted;           /* the parser is told of it: it may open the head */
    bool meta_read;             /* what it says is used */
};

/* From the tag's name on; gives the place after its '>'. */
size_t nf_markup_attributes_read(struct nf_markup *markup, struct nf_markup_start *tag, size_t at);

/* The tag's set, which is the last one. gives it, or another that is equal; `sets` then has no more than it needs */
size_t nf_markup_attributes_set(struct nf_markup *markup, const struct nf_markup_start *tag);

/* in  out: where its '>' is */
void nf_markup_tag_add(struct nf_markup *markup, size_t out, size_t set);

/* The tag goes into the output: its '>' is next there. */
void nf_markup_attributes_end(struct nf_markup *markup, const struct nf_markup_start *tag);

#endif
