/*
 * paragraphs.c: names of categories, and a document's memory.
 * Used by the readers, the rules and the writers.
 */
#include "base/paragraphs.h"

#include "base/alloc.h"

const char *nf_category_name(enum nf_category category)
{
    static const char *const names[] = {
#define CATEGORY(id, name) name,
#include <newsfold/category.def>
#undef CATEGORY
    };
    return names[category];
}

struct nf_paragraph *nf_document_add(struct nf_document *document)
{
    document->paragraphs = nf_grow(document->paragraphs, &document->capacity, document->count + 1,
                                   sizeof *document->paragraphs);
    struct nf_paragraph *paragraph = &document->paragraphs[document->count++];
    *paragraph = (struct nf_paragraph){0};
    return paragraph;
}

void nf_document_reset(struct nf_document *document)
{
    nf_free(document->order);
    nf_free(document->elements);
    document->order = NULL;
    document->elements = NULL;
    document->count = 0;
}

void nf_document_release(struct nf_document *document)
{
    nf_document_reset(document);
    nf_free(document->paragraphs);
    *document = (struct nf_document){0};
}
