/*
 * split.h: a document's bytes into paragraphs.
 * Used by the pipeline, for text.
 */
#ifndef NEWSFOLD_STAGE_SPLIT_H
#define NEWSFOLD_STAGE_SPLIT_H

#include <newsfold/document.h>
#include <newsfold/options.h>

/*
 * Split a document.
 *
 * in      document: bytes set, no paragraphs. NF_PARAGRAPHS_AUTO joins lines that were broken because
 *         the next word did not fit in the width that most of the document's lines keep to
 * out     its paragraphs: offset, line, text, blank_before, unfinished
 */
void nf_split(struct nf_document *document, enum nf_paragraphs paragraphs);

#endif
