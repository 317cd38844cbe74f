/*
 * normalise_blocks.h: the way over a paragraph 64 bytes at a time, by masks of a bit for each byte.
 * Used by the files that have the vector instructions of a processor (normalise_v2.c and so on).
 *
 * A file that includes it says before what it brings: NF_LEVEL, the attributes of its functions, and
 *   LOADS_VALID_ONLY                                 whether load looks at no other bytes
 *   struct block load(const char *, uint64_t valid)  64 bytes in registers
 *   void classify(block, struct nf_masks *)             what needs no neighbours
 *   void classify_wide(block, struct nf_wide *)         the bytes of characters beyond ASCII
 *   size_t compact(block, keep, letters, char *out)  the bytes to keep, folded, and blanks for those that are no
 *                                                    letters; gives their number, may write 64
 *   size_t count(uint64_t)                           bits that are set
 * Western text is settled here: ASCII, Latin-1, typographic quotes, dashes, blanks. Other characters are
 * walked one at a time, and so is a paragraph that must be repaired.
 */
#ifndef NEWSFOLD_TEXT_NORMALISE_BLOCKS_H
#define NEWSFOLD_TEXT_NORMALISE_BLOCKS_H

#include <string.h>

#include "text/normalise_masks.h"
#include "text/normalise_walk.h"
#include "text/repair.h"

#ifdef NF_LEVEL

/* Characters of a block that are not known here: few, or a text in another script, which goes on. */
#define FEW_UNKNOWN 2
#define MANY_UNKNOWN 12
#define FAR 1024

/* What is known of the bytes at hand. */
struct step {
    size_t at, len;             /* bytes of the text that it is about */
    uint64_t digit_next;        /* bytes before a digit, */
    uint64_t wide_next;         /* before one beyond ASCII, */
    uint64_t at_word;           /* and after a blank, or the text's first */
    uint64_t letters, skipped;
    uint64_t raised, sharps, dashes;    /* letters that are not what the text has there */
    uint64_t damaged;           /* perhaps: where entities or mojibake may begin */
    size_t stuck_to;            /* not 0: what follows is to be walked by characters, so far */
};

static inline unsigned char byte_at(struct nf_span text, size_t at)
{
    return at < text.len ? (unsigned char)text.data[at] : 0;
}

static inline bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

/* Bytes right after a set bit, or, where skipped ones stand between, after those. */
static inline uint64_t after(uint64_t bits, bool carry, uint64_t skipped)
{
    uint64_t flow = bits << 1 | carry;
    return skipped ? (flow & ~skipped) | (((flow & skipped) + skipped) & ~skipped) : flow;
}

/*
 * Takes the step no further than a character that is not known here, or that goes on in the next block.
 * Few are passed one by one, many to the block's end, and another script's text for a while.
 */
NF_LEVEL static inline void cut(struct nf_span text, struct step *step, uint64_t unknown)
{
    size_t first = (size_t)__builtin_ctzll(unknown), end = step->len, times = count(unknown);
    unsigned char lead = byte_at(text, step->at + first);
    size_t len = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    step->len = first;
    if (first + len <= 64)
        step->stuck_to = step->at + (times > MANY_UNKNOWN ? FAR : times > FEW_UNKNOWN ? end : first + len);
}

/* The characters beyond ASCII. */
NF_LEVEL static inline void take_wide(struct nf_span text, const struct block *block, struct step *step)
{
    struct nf_wide wide;
    classify_wide(block, &wide);
    uint64_t here = nf_first_bits(step->len), lead = wide.lead & here;
    uint64_t second2 = wide.c2 << 1, second3 = wide.c3 << 1, third = (wide.e2 << 1 & wide.is_80) << 1;
    uint64_t known2 = second2 & (wide.c2_letter | wide.c2_break | wide.c2_skip);
    uint64_t unknown = lead & ~(known2 >> 1 | second3 >> 1 | (third & (wide.e2_break | wide.e2_skip)) >> 2);
    if (unknown)
        cut(text, step, unknown);
    uint64_t letters = (second2 & wide.c2_letter) | (second3 & ~wide.c3_break);
    step->dashes = third & wide.e2_dash & step->digit_next & step->at_word << 2;
    step->letters |= letters | letters >> 1 | step->dashes;
    uint64_t skipped2 = second2 & wide.c2_skip, skipped3 = third & wide.e2_skip;
    step->skipped = skipped2 | skipped2 >> 1 | skipped3 | skipped3 >> 1 | skipped3 >> 2;
    step->raised = second3 & wide.c3_upper;
    step->sharps = second3 & wide.c3_sharp;
    step->damaged |= (second3 & step->wide_next) >> 1;
}

static inline bool is_damaged(struct nf_span text, size_t at, uint64_t places)
{
    for (; places; places &= places - 1) {
        size_t place = at + (size_t)__builtin_ctzll(places);
        if (text.data[place] == '&' ? nf_is_entity(text, place) : nf_is_mojibake(text, place))
            return true;
    }
    return false;
}

/* Sharp s, capitals of Latin-1 and minus signs are put in place afterwards: they are few. */
NF_LEVEL static inline void amend(const struct step *step, uint64_t keep, char *out)
{
    uint64_t left = (step->raised | step->sharps | step->dashes) & nf_first_bits(step->len);
    for (; left; left &= left - 1) {
        uint64_t bit = left & (~left + 1);
        char *p = out + count(keep & (bit - 1));
        if (step->sharps & bit)
            p[-1] = p[0] = 's';
        else
            *p = step->dashes & bit ? '-' : (char)(*p + 0x20);
    }
}

/* Writes what the step has of the key. */
NF_LEVEL static inline void put(struct nf_walk *walk, const struct block *block, const struct step *step)
{
    struct nf_key *key = walk->key;
    uint64_t here = nf_first_bits(step->len), letters = step->letters & here, counted = here & ~step->skipped;
    uint64_t follows = after(letters, !walk->gap, step->skipped & here);
    uint64_t keep = letters | (follows & ~letters & counted);
    char *out = key->bytes.data + key->bytes.len;
    key->words += (uint32_t)count(letters & ~follows);
    key->bytes.len += compact(block, keep, letters, out);
    if (step->raised | step->sharps | step->dashes)
        amend(step, keep, out);
    walk->unspaced &= !letters;
    if (counted)
        walk->gap = !(letters >> (63 - __builtin_clzll(counted)) & 1);
}

/* One block; it begins and ends between two characters. */
NF_LEVEL static inline enum nf_outcome walk_block(struct nf_walk *walk, const struct block *block, struct step *step)
{
    struct nf_span text = walk->text;
    struct nf_masks is;
    classify(block, &is);
    unsigned char before = step->at ? byte_at(text, step->at - 1) : ' ', behind = byte_at(text, step->at + 64);
    uint64_t here = nf_first_bits(step->len), digit = is.digit & here;
    step->digit_next = digit >> 1 | (uint64_t)is_digit(behind) << 63;
    step->at_word = is.blank << 1 | (before == ' ');
    step->letters = is.letter | (is.point & step->digit_next & (digit << 1 | is_digit(before)))
                    | (is.minus & step->digit_next & step->at_word);
    step->damaged = is.amp & here;
    step->wide_next = (is.wide & here) >> 1 | (uint64_t)(behind >= 0x80) << 63;
    if (is.wide & here)
        take_wide(text, block, step);
    step->damaged &= nf_first_bits(step->len);
    if (step->damaged && !walk->repaired && is_damaged(text, step->at, step->damaged))
        return NF_WALK_REPAIR;
    put(walk, block, step);
    return NF_WALK_DONE;
}

/* Between the ways: blocks write a gap's blank when it begins, characters when it is over. */
static inline void to_chars(struct nf_walk *walk)
{
    struct nf_buf *bytes = &walk->key->bytes;
    if (bytes->len > walk->key->from && bytes->data[bytes->len - 1] == ' ')
        bytes->len--;
}

static inline void to_blocks(struct nf_walk *walk, size_t left)
{
    struct nf_buf *bytes = &walk->key->bytes;
    nf_buf_reserve(bytes, left + 2 * NF_KEY_PADDING);
    if (walk->gap && bytes->len > walk->key->from && !walk->unspaced)
        bytes->data[bytes->len++] = ' ';
    walk->gap |= walk->unspaced;
}

NF_LEVEL static inline enum nf_outcome walk_blocks(struct nf_walk *walk)
{
    struct nf_span text = walk->text;
    enum nf_outcome outcome = NF_WALK_DONE;
    walk->gap = true;
    for (size_t at = 0; at < text.len && outcome == NF_WALK_DONE;) {
        struct step step = {.at = at, .len = text.len - at < 64 ? text.len - at : 64};
        char padded[64];
        const char *p = text.data + at;
        if (!LOADS_VALID_ONLY && at + 64 > walk->readable) {
            memset(padded, 0, sizeof padded);
            p = memcpy(padded, p, step.len);
        }
        struct block block = load(p, nf_first_bits(step.len));
        outcome = walk_block(walk, &block, &step);
        at += step.len;
        if (step.stuck_to && outcome == NF_WALK_DONE) {
            to_chars(walk);
            outcome = nf_walk_chars(walk, &at, step.stuck_to < text.len ? step.stuck_to : text.len);
            to_blocks(walk, text.len - at);
        }
    }
    to_chars(walk);
    return outcome;
}
#endif

#endif
