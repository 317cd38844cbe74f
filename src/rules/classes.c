/*
 * classes.c: the class of each character.
 * Used by the rule set and the matcher.
 */
#include "rules/classes.h"

#define C(class) (UINT64_C(1) << (class))
#define S NF_CLASS_BLANKS
#define D NF_CLASS_DIGITS
#define B (NF_CLASS_BEYOND | NF_CLASS_DIGITS)
#define B8 B, B, B, B, B, B, B, B
#define B32 B8, B8, B8, B8

const uint64_t nf_class_of[256] = {
    S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S,
    S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S,
    S, C(28), C(29), C(30), C(31), C(32), C(33), C(34), C(35), C(36), C(37), C(38), C(39), C(40), C(41), C(42),
    D, D, D, D, D, D, D, D, D, D, C(43), C(44), C(45), C(46), C(47), C(48),
    C(49), C(0), C(1), C(2), C(3), C(4), C(5), C(6), C(7), C(8), C(9), C(10), C(11), C(12), C(13), C(14),
    C(15), C(16), C(17), C(18), C(19), C(20), C(21), C(22), C(23), C(24), C(25), C(50), C(51), C(52), C(53), C(54),
    C(55), C(0), C(1), C(2), C(3), C(4), C(5), C(6), C(7), C(8), C(9), C(10), C(11), C(12), C(13), C(14),
    C(15), C(16), C(17), C(18), C(19), C(20), C(21), C(22), C(23), C(24), C(25), C(56), C(57), C(58), C(59), S,
    B32, B32, B32, B32};

uint64_t nf_classes_of_set(const struct nf_ascii_set *set)
{
    uint64_t classes = nf_ascii_set_has(set, 0) ? nf_class_of[0x80] : 0;
    for (unsigned char c = 1; c < 0x80; c++)
        if (nf_ascii_set_has(set, c))
            classes |= nf_class_of[c];
    return classes;
}
