/*
 * bit_places.h: the places of a mask's 64 bits, of which AVX-512 keeps those that are set.
 * Used by the files that do so (words_v4.c and so on).
 */
#ifndef NEWSFOLD_TEXT_BIT_PLACES_H
#define NEWSFOLD_TEXT_BIT_PLACES_H

#include <stdint.h>

static const uint8_t nf_bit_places[64] = {
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
    32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63
};

#endif
