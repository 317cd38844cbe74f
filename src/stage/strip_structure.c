/*
 * strip_structure.c: lines that are clutter by where they stand.
 * Used by strip.c only.
 */
#include "stage/strip_structure.h"

void nf_strip_structure(struct nf_stripper *stripper, struct nf_document *document)
{
    (void)stripper;
    (void)document;
}
