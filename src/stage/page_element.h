/*
 * page_element.h: what an element's tag and attributes say.
 * Used by page_tree.c.
 */
#ifndef NEWSFOLD_STAGE_PAGE_ELEMENT_H
#define NEWSFOLD_STAGE_PAGE_ELEMENT_H

#include "stage/page_tree.h"

struct nf_page_element {
    uint64_t evidence;
    uint32_t names, kind;       /* as in struct nf_page_node */
    uint32_t set;               /* that this was read from, and 1 more; 0: from none */
    uint8_t tag;
    uint8_t role, span_role;    /* enum nf_page_role: of an element that makes lines; of a span */
    bool hidden, link;
};

#define NF_PAGE_ELEMENTS 512    /* a power of two */

struct nf_page_elements {
    const struct nf_markup *markup;
    struct nf_evidence_words words;
    size_t tag;                 /* hint: tags before it are of elements that were opened before */
    struct nf_page_element known[NF_PAGE_ELEMENTS];
    struct nf_page_element own; /* of one with attributes that the parser gave */
    struct nf_markup_attribute attributes[NF_ATTRIBUTE_COUNT];
};

void nf_page_elements_init(struct nf_page_elements *elements, const struct nf_markup *markup);

/*
 * in      elements: after nf_page_elements_init
 *         name, attributes, offset: of the parser's event. Elements it adds by itself have the offset of the next
 *         tag, but another name
 * lives   until the next call
 */
const struct nf_page_element *nf_page_element_of(struct nf_page_elements *elements, const char *name,
                                                 const char *const *attributes, size_t offset);

/* The same of one that the parser was not told of. in  set: its own */
const struct nf_page_element *nf_page_element_in(struct nf_page_elements *elements, uint32_t set);

/* All attributes of the element that was asked for last. in  given: those that the parser gave. gives how many */
size_t nf_page_element_attributes(struct nf_page_elements *elements, const struct nf_page_element *element,
                                  const char *const *given);

#endif
