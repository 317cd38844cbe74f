/*
 * page_roles.h: elements that a forum engine's own markup names.
 * Used by the page_*.c files; the rows are in page_engines.def.
 */
#ifndef NEWSFOLD_STAGE_PAGE_ROLES_H
#define NEWSFOLD_STAGE_PAGE_ROLES_H

#include "stage/page_tree.h"

/* in  attributes: name, value, ..., NULL */
enum nf_page_role nf_page_role_of(const char *const *attributes);

/* The same for a span; attributes may be NULL. */
enum nf_page_role nf_page_role_of_span(const char *const *attributes);

#endif
