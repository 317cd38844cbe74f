/*
 * index_boxes.h: texts of three bytes put into the boxes by which they are looked for together.
 * Used by index_raw_make.c only.
 */
#ifndef NEWSFOLD_RULES_INDEX_BOXES_H
#define NEWSFOLD_RULES_INDEX_BOXES_H

#include <stddef.h>
#include <stdint.h>

#include "text/long_line.h"

/* Three bytes each, as nf_raw_three has them. */
struct nf_box_maker {
    uint32_t *three;
    size_t count, capacity;
};

/* in  three: not added before */
void nf_box_maker_add(struct nf_box_maker *maker, uint32_t three);

/* All that was added, put so that few others are in a box with them. The maker is released. */
void nf_box_maker_end(struct nf_box_maker *maker, struct nf_boxes *boxes);

/* What it costs to look for three bytes, roughly, by how often they are met in English. in  three: as above */
double nf_three_cost(uint32_t three);

#endif
