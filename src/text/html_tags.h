/*
 * html_tags.h: the elements of HTML and what each is for a reader of text.
 * Used by the markup cleaner and by the page stage.
 */
#ifndef NEWSFOLD_TEXT_HTML_TAGS_H
#define NEWSFOLD_TEXT_HTML_TAGS_H

#include <stddef.h>

enum nf_tag {
    NF_TAG_OTHER,               /* none of HTML's: an element of the page's own */
#define TAG(id, name, kind) NF_TAG_##id,
#include "text/html_tags.def"
#undef TAG
    NF_TAG_COUNT
};

enum nf_tag_kind {
    NF_TAG_IS_PLAIN, NF_TAG_IS_INLINE, NF_TAG_IS_BLOCK, NF_TAG_IS_EMPTY, NF_TAG_IS_BREAK, NF_TAG_IS_CODE,
    NF_TAG_IS_RAW, NF_TAG_IS_META
};

/* in  name: any case, not NUL-terminated */
enum nf_tag nf_tag_find(const char *name, size_t len);

/* The same. in  name: NUL-terminated */
enum nf_tag nf_tag_named(const char *name);

enum nf_tag_kind nf_tag_kind(enum nf_tag tag);

/* In lower case. lives: for ever */
const char *nf_tag_name(enum nf_tag tag);

#define NF_TAG_ROOM 16

/* Write the name. in  to: room for NF_TAG_ROOM bytes, of which all may change. gives how many are the name's */
size_t nf_tag_put(enum nf_tag tag, char *to);

#endif
