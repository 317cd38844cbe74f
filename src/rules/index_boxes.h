/*
 * index_boxes.h: texts of three bytes put into the boxes by which they are looked for together.
 * Used by index_raw_make.c only.
 */
#ifndef NEWSFOLD_RULES_INDEX_BOXES_H
#define NEWSFOLD_RULES_INDEX_BOXES_H

#include <stddef.h>
#include <stdint.h>

#include "text/long_line.h"

/* Three bytes, or some for each; a bit for the lowest five bits of a byte. */
struct nf_three_of {
    uint32_t of[3];
};

static inline uint32_t nf_box_of(char byte)
{
    return UINT32_C(1) << (byte & 0x1F);
}

struct nf_box_maker {
    struct nf_three_of *item;
    size_t count, capacity;
};

void nf_box_maker_add(struct nf_box_maker *maker, struct nf_three_of three);

/* All that was added, put so that few others are in a box with them. The maker is released. */
void nf_box_maker_end(struct nf_box_maker *maker, struct nf_boxes *boxes);

/* How often three bytes are met at a place of a text, roughly, whatever their case. */
double nf_three_cost(const char *p);

#endif
