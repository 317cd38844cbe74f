/*
 * paragraphs.h: making and unmaking documents.
 * Used by the readers (add, reserve), by fold (add_source) and by the pipeline (reset, release).
 */
#ifndef NEWSFOLD_BASE_PARAGRAPHS_H
#define NEWSFOLD_BASE_PARAGRAPHS_H

#include <newsfold/document.h>

/*
 * A new paragraph at the document's end, all zero.
 *
 * lives   until the next one is added
 */
struct nf_paragraph *nf_document_add(struct nf_document *document);

/* Room for `more` paragraphs past the end; nothing is added. */
void nf_document_reserve(struct nf_document *document, size_t more);

/* Note what a paragraph repeats; those before it come first. */
void nf_document_add_source(struct nf_document *document, size_t paragraph, struct nf_place place);

/* Forget the paragraphs, keep their memory. */
void nf_document_reset(struct nf_document *document);
void nf_document_release(struct nf_document *document);

#endif
