/*
 * utf8_valid_tables.h: what can be wrong with two bytes in a row, by three of their halves.
 * Used by utf8_valid_v2.c and the files like it. A bit that all three rows have is an error; the highest is none by itself.
 */
#ifndef NEWSFOLD_TEXT_UTF8_VALID_TABLES_H
#define NEWSFOLD_TEXT_UTF8_VALID_TABLES_H

enum {
    TOO_SHORT = 1,              /* a first byte, and no second */
    TOO_LONG = 2,               /* ASCII, and a further byte */
    OVERLONG_3 = 4,
    TOO_LARGE = 8,
    SURROGATE = 16,
    OVERLONG_2 = 32,
    OVERLONG_4 = 64,            /* or far too large */
    TWO_FURTHER = 128,          /* right only where a character of three bytes or four began before */
    CARRY = TOO_SHORT | TOO_LONG | TWO_FURTHER
};

/* By the high half of the first byte, its low half, and the high half of the second. */
#define NF_FIRST_HIGH \
    TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, \
    (char)TWO_FURTHER, (char)TWO_FURTHER, (char)TWO_FURTHER, (char)TWO_FURTHER, \
    TOO_SHORT | OVERLONG_2, TOO_SHORT, TOO_SHORT | OVERLONG_3 | SURROGATE, TOO_SHORT | TOO_LARGE | OVERLONG_4

#define NF_FIRST_LOW \
    (char)(CARRY | OVERLONG_2 | OVERLONG_3 | OVERLONG_4), (char)(CARRY | OVERLONG_2), (char)CARRY, (char)CARRY, \
    (char)(CARRY | TOO_LARGE), \
    (char)(CARRY | TOO_LARGE | OVERLONG_4), (char)(CARRY | TOO_LARGE | OVERLONG_4), (char)(CARRY | TOO_LARGE | OVERLONG_4), \
    (char)(CARRY | TOO_LARGE | OVERLONG_4), (char)(CARRY | TOO_LARGE | OVERLONG_4), (char)(CARRY | TOO_LARGE | OVERLONG_4), \
    (char)(CARRY | TOO_LARGE | OVERLONG_4), (char)(CARRY | TOO_LARGE | OVERLONG_4), \
    (char)(CARRY | TOO_LARGE | OVERLONG_4 | SURROGATE), \
    (char)(CARRY | TOO_LARGE | OVERLONG_4), (char)(CARRY | TOO_LARGE | OVERLONG_4)

#define NF_SECOND_HIGH \
    TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, \
    (char)(TOO_LONG | OVERLONG_2 | TWO_FURTHER | OVERLONG_3 | OVERLONG_4), \
    (char)(TOO_LONG | OVERLONG_2 | TWO_FURTHER | OVERLONG_3 | TOO_LARGE), \
    (char)(TOO_LONG | OVERLONG_2 | TWO_FURTHER | SURROGATE | TOO_LARGE), \
    (char)(TOO_LONG | OVERLONG_2 | TWO_FURTHER | SURROGATE | TOO_LARGE), \
    TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT

#endif
