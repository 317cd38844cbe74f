/*
 * paragraphs.c: names of categories, a document's memory, and what stands beside its paragraphs.
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

void nf_document_reserve(struct nf_document *document, size_t more)
{
    document->paragraphs = nf_grow(document->paragraphs, &document->capacity, document->count + more,
                                   sizeof *document->paragraphs);
}

struct nf_paragraph *nf_document_add(struct nf_document *document)
{
    nf_document_reserve(document, 1);
    struct nf_paragraph *paragraph = &document->paragraphs[document->count++];
    *paragraph = (struct nf_paragraph){0};
    return paragraph;
}

void nf_document_add_source(struct nf_document *document, size_t paragraph, struct nf_place place)
{
    document->sources = nf_grow(document->sources, &document->source_capacity, document->source_count + 1,
                                sizeof *document->sources);
    document->sources[document->source_count++] = (struct nf_source){(uint32_t)paragraph, place};
}

const struct nf_place *nf_source_of(const struct nf_document *document, const struct nf_paragraph *paragraph)
{
    size_t number = (size_t)(paragraph - document->paragraphs), low = 0, high = document->source_count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (document->sources[middle].paragraph <= number)
            low = middle;
        else
            high = middle;
    }
    return &document->sources[low].place;
}

void nf_document_reset(struct nf_document *document)
{
    nf_free(document->order);
    nf_free(document->elements);
    document->order = NULL;
    document->elements = NULL;
    document->count = document->source_count = 0;
}

void nf_document_release(struct nf_document *document)
{
    nf_document_reset(document);
    nf_free(document->paragraphs);
    nf_free(document->sources);
    *document = (struct nf_document){0};
}
