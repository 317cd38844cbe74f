/*
 * page_roles.h: elements that a forum engine's own markup names.
 * Used by the page_*.c files; the rows are in page_engines.def.
 */
#ifndef NEWSFOLD_STAGE_PAGE_ROLES_H
#define NEWSFOLD_STAGE_PAGE_ROLES_H

#include "stage/page_tree.h"

/* What a value of that attribute makes an element. in  value: NUL-terminated */
enum nf_page_role nf_page_role_of(enum nf_attribute attribute, const char *value);

/* What the classes of a span make it. */
enum nf_page_role nf_page_role_of_span(const char *classes);

#endif
