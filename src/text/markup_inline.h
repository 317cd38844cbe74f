/*
 * markup_inline.h: links, spans and their like, which the parser need not see where they say nothing about its tree.
 * Used by markup.c only.
 *
 * An inline element that is inside <body>, whose content has no tag that the parser is given, and that is closed by
 * its own end tag, comes out the same from any parser. In its place stand a mark where it opens and one where it
 * closes, among the runs of text. Whether that holds is known at its end: until then it waits, and becomes a tag when
 * another comes before.
 */
#ifndef NEWSFOLD_TEXT_MARKUP_INLINE_H
#define NEWSFOLD_TEXT_MARKUP_INLINE_H

#include "text/markup_attributes.h"

static inline bool nf_markup_is_inline(enum nf_tag tag)
{
    return tag == NF_TAG_A || tag == NF_TAG_SPAN || tag == NF_TAG_TIME || tag == NF_TAG_CITE;
}

/*
 * At a start tag that goes into the output, but for its '>': it waits, with a mark in its place, if it may.
 *
 * in      out: where it began there
 */
bool nf_markup_inline_open(struct nf_markup *markup, struct nf_markup_start *tag, size_t out);

/* At an end tag: the element that waits ends with it, if it is its own. */
bool nf_markup_inline_close(struct nf_markup *markup, enum nf_tag tag);

/* Before a tag that the parser is given: what waits becomes tags. */
void nf_markup_inline_settle(struct nf_markup *markup);

/* That tag, as the parser is told its name. Neither <br> nor its like. */
void nf_markup_inline_opened(struct nf_markup *markup, enum nf_tag tag);
void nf_markup_inline_closed(struct nf_markup *markup, enum nf_tag tag);

#endif
