/*
 * long_line_any.c: long lines in plain C.
 * Used by long_line.c where there are no vector instructions that it knows.
 */
#include "text/long_line_ways.h"

static bool is_continuation(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

bool nf_long_line_count_any(struct nf_span text, size_t readable, struct nf_line_counts *counts)
{
    (void)readable;
    *counts = (struct nf_line_counts){0};
    for (size_t at = 0; at < text.len; at++) {
        unsigned char byte = (unsigned char)text.data[at];
        if (byte < ' ' || (byte == ' ' && at && text.data[at - 1] == ' '))
            return false;
        if (byte >= 0xC0 && !nf_long_line_sign(text.data + at, &counts->dots))
            return false;
        counts->blanks += byte == ' ';
        counts->signs |= byte == (unsigned char)NF_LONG_LINE_SIGNS[byte & 0x0F];
        counts->continuations += is_continuation(byte);
    }
    return true;
}

uint64_t nf_long_line_box_any(struct nf_span text, size_t readable, const struct nf_boxes *boxes, uint64_t *places)
{
    uint64_t blocks = 0;
    (void)readable;
    for (size_t at = 0; at < text.len; at += 64)
        places[at / 64] = 0;
    for (size_t at = 0; at + 1 < text.len; at++) {
        unsigned char first = text.data[at] & 0x1F, second = text.data[at + 1] & 0x1F;
        unsigned char third = at + 2 < text.len ? text.data[at + 2] & 0x1F : 0;
        bool found = false;
        for (int group = 0; group < NF_BOX_GROUPS; group++)
            found |= boxes->row[group][0][first] & boxes->row[group][1][second] & boxes->row[group][2][third];
        places[at / 64] |= (uint64_t)found << at % 64;
        blocks |= (uint64_t)found << at / 64;
    }
    return blocks;
}
