/*
 * normalise_blocks.h: the way over a paragraph 64 bytes at a time, by masks of a bit for each byte.
 * Used by the files that have the vector instructions of a processor (normalise_v2.c and so on).
 *
 * A file that includes it says before what it brings: NF_LEVEL, the attributes of its functions, and
 *   LOADS_VALID_ONLY                                 whether load looks at no other bytes
 *   struct block load(const char *, uint64_t valid)  64 bytes in registers, of which these are the text's
 *   void classify(block *, struct nf_masks *)        what the bytes are; what else is needed of it stays in the block
 *   void tell_signs(block, struct nf_signs *)        which sign is which
 *   uint64_t equal(block, byte)                      where the byte stands
 *   size_t compact(block, keep, letters, char *out)  the bytes to keep, folded, and blanks for those that are no
 *                                                    letters; gives their number, may write 64
 *   size_t count(uint64_t)                           bits that are set
 * and perhaps, with OWN_ORDINARY, for what most blocks are:
 *   uint64_t special(block *, struct nf_masks *)     as below; of the masks, those of letters and wide bytes are filled
 *   size_t compact_ordinary(block, keep, letters, char *out)
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
#define FEW_UNKNOWN 6           /* bytes of them */
#define MANY_UNKNOWN 24
#define FAR 1024

/* Where the key goes on. */
struct end {
    char *to;
    uint32_t words;
    uint64_t follows;           /* 1: no break since the last letter */
};

/* What is known of a block that is looked at closely. */
struct step {
    size_t at, len;             /* bytes of the text that it is about */
    struct nf_masks is;
    unsigned char before, behind;       /* the bytes around its 64 */
    uint64_t letters, skipped;
    uint64_t sharps, dashes;    /* letters that are not what the text has there */
    size_t stuck_to;            /* not 0: what follows is to be walked by characters, so far */
    struct end end;
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
static inline uint64_t after(uint64_t bits, uint64_t carry, uint64_t skipped)
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

static inline bool is_damaged(struct nf_span text, size_t at, uint64_t places)
{
    for (; places; places &= places - 1) {
        size_t place = at + (size_t)__builtin_ctzll(places);
        if (text.data[place] == '&' ? nf_is_entity(text, place) : nf_is_mojibake(text, place))
            return true;
    }
    return false;
}

/* Where entities may begin; and where one character of Latin-1 follows the other, mojibake. */
NF_LEVEL static inline uint64_t may_be_damaged(const struct block *block, const struct step *step)
{
    uint64_t wide = step->is.wide, wide_next = wide >> 1 | (uint64_t)(step->behind >= 0x80) << 63;
    uint64_t places = (step->is.odd & ~wide) | (step->is.known & equal(block, 0xC3) << 1 & wide_next) >> 1;
    return places & nf_first_bits(step->len);
}

/* Numbers with their points and signs, a sharp s, characters without width. */
NF_LEVEL static inline void take_details(const struct block *block, struct step *step, uint64_t digit)
{
    struct nf_signs is;
    tell_signs(block, &is);
    uint64_t wide = step->is.wide, digit_before = digit << 1 | is_digit(step->before);
    uint64_t digit_next = digit >> 1 | (uint64_t)is_digit(step->behind) << 63, signs = is.minus & digit_next;
    uint64_t at_word = equal(block, ' ') << 1 | (step->before == ' ');
    uint64_t odd = step->is.odd & wide, sharps = odd & equal(block, 0x9F), skipped = odd & ~sharps;
    step->sharps = sharps;
    step->dashes = signs & wide & at_word << 2;
    step->letters |= (is.point & digit_before & digit_next) | (signs & ~wide & at_word) | step->dashes;
    step->skipped = skipped | skipped >> 1 | (skipped >> 1 & ~equal(block, 0xC2)) >> 1;
}

/* A sharp s and minus signs are put in place afterwards. */
NF_LEVEL static inline void amend(const struct step *step, uint64_t keep, char *out)
{
    uint64_t left = (step->sharps | step->dashes) & nf_first_bits(step->len);
    for (; left; left &= left - 1) {
        uint64_t bit = left & (~left + 1);
        char *p = out + count(keep & (bit - 1));
        *p = step->dashes & bit ? '-' : 's';
        if (step->sharps & bit)
            p[-1] = 's';
    }
}

/* Both bytes of a letter of Latin-1. */
static inline uint64_t letters_of(const struct nf_masks *is)
{
    return is->letter | (is->letter & is->wide) >> 1;
}

/* Characters beyond ASCII that are not known here. */
static inline uint64_t unknown_of(const struct nf_masks *is)
{
    return is->wide & ~(is->known | is->known >> 1 | is->known >> 2);
}

/* Writes what the step has of the key. */
NF_LEVEL static inline void put_step(const struct block *block, struct step *step)
{
    struct end *end = &step->end;
    uint64_t here = nf_first_bits(step->len), letters = step->letters & here, counted = here & ~step->skipped;
    uint64_t follows = after(letters, end->follows, step->skipped & here), keep = (letters | follows) & counted;
    size_t len = compact(block, keep, letters, end->to);
    amend(step, keep, end->to);
    end->to += len;
    end->words += (uint32_t)count(letters & ~follows);
    if (counted)
        end->follows = letters >> (63 - __builtin_clzll(counted)) & 1;
}

/* 64 bytes at p, of which the text has `len`. `readable`: as far from p as memory may be read. */
NF_LEVEL static inline struct block load_text(const char *p, size_t len, size_t readable)
{
    char padded[64];
    if (LOADS_VALID_ONLY || readable >= 64)
        return load(p, nf_first_bits(len));
    memset(padded, 0, sizeof padded);
    return load(memcpy(padded, p, len), nf_first_bits(len));
}

/* A block that has something out of the ordinary. */
NF_LEVEL static enum nf_outcome __attribute__((noinline)) walk_closely(const struct nf_walk *walk, struct step *step)
{
    struct nf_span text = walk->text;
    struct block block = load_text(text.data + step->at, step->len, walk->readable - step->at);
    classify(&block, &step->is);
    step->before = step->at ? byte_at(text, step->at - 1) : ' ';
    step->behind = byte_at(text, step->at + 64);
    uint64_t here = nf_first_bits(step->len), unknown = unknown_of(&step->is) & here;
    if (unknown)
        cut(text, step, unknown);
    uint64_t damaged = walk->repaired ? 0 : may_be_damaged(&block, step);
    if (damaged && is_damaged(text, step->at, damaged))
        return NF_WALK_REPAIR;
    step->letters = letters_of(&step->is);
    take_details(&block, step, step->is.digit & here);
    put_step(&block, step);
    return NF_WALK_DONE;
}

#ifndef OWN_ORDINARY
/* Where something else is than letters, blanks and what separates words; perhaps, where the block ends. */
NF_LEVEL static inline uint64_t special(struct block *block, struct nf_masks *is)
{
    const uint64_t last = UINT64_C(1) << 63;
    classify(block, is);
    uint64_t numbers = is->sign & (is->digit >> 1 | last), neighbours = is->known & (is->wide >> 1 | last);
    return is->odd | numbers | neighbours | unknown_of(is);
}

NF_LEVEL static inline size_t compact_ordinary(const struct block *block, uint64_t keep, uint64_t letters, char *out)
{
    return compact(block, keep, letters, out);
}
#endif

/* An ordinary block, or what the text has of it. */
NF_LEVEL static inline __attribute__((always_inline)) void put(struct end *end, const struct block *block, const struct nf_masks *is, size_t len)
{
    uint64_t here = nf_first_bits(len), letters = letters_of(is) & here, follows = letters << 1 | end->follows;
    end->words += (uint32_t)count(letters & ~follows);
    end->to += compact_ordinary(block, (letters | follows) & here, letters, end->to);
    end->follows = letters >> (len - 1);
}

/* Between the ways: blocks write a gap's blank when it begins, characters when it is over. */
static inline void to_chars(struct nf_walk *walk, const struct end *end)
{
    struct nf_key *key = walk->key;
    size_t len = (size_t)(end->to - key->bytes.data);
    walk->unspaced &= len == key->bytes.len;
    walk->gap = !end->follows;
    key->words = end->words;
    key->bytes.len = len - (len > key->from && end->to[-1] == ' ');
}

static inline struct end to_blocks(struct nf_walk *walk)
{
    struct nf_key *key = walk->key;
    if (walk->gap && key->bytes.len > key->from && !walk->unspaced)
        key->bytes.data[key->bytes.len++] = ' ';
    walk->gap |= walk->unspaced;
    return (struct end){key->bytes.data + key->bytes.len, key->words, !walk->gap};
}

/* Past what can be gone over as blocks. */
static inline enum nf_outcome walk_stuck(struct nf_walk *walk, const struct step *step, size_t *at, struct end *end)
{
    size_t len = walk->text.len, walked = *at;
    to_chars(walk, end);
    enum nf_outcome outcome = nf_walk_chars(walk, &walked, step->stuck_to < len ? step->stuck_to : len);
    *at = walked;
    nf_buf_reserve(&walk->key->bytes, len - walked + 2 * NF_KEY_PADDING);
    *end = to_blocks(walk);
    return outcome;
}

/*
 * Takes a block of nothing but letters, blanks and what separates words. Where it ends, the next one may make a
 * difference: then it ends before that.
 *
 * in      len: bytes of it that the text has
 * out     how many it has; 0: it is to be looked at closely
 */
NF_LEVEL static inline __attribute__((always_inline)) size_t take(struct end *end, const char *text, struct block block, size_t len)
{
    struct nf_masks is;
    uint64_t places = special(&block, &is) & nf_first_bits(len);
    if (places) {
        if (places << 3)
            return 0;
        for (len = (size_t)__builtin_ctzll(places); (text[len] & 0xC0) == 0x80;)
            len--;
    }
    put(end, &block, &is, len);
    return len;
}

/* Block after block, to the text's end or to one that is to be looked at closely. */
NF_LEVEL static inline __attribute__((always_inline)) size_t take_all(struct end *end, struct nf_span text, size_t readable, size_t at)
{
    size_t left = text.len - at, taken = 1;
    const char *p = text.data + at;
    while (left >= 64 && taken) {
        taken = take(end, p, load(p, ~UINT64_C(0)), 64);
        p += taken;
        left -= taken;
    }
    if (left && taken)
        left -= take(end, p, load_text(p, left, readable - (text.len - left)), left);
    return text.len - left;
}

NF_LEVEL static inline enum nf_outcome walk_blocks(struct nf_walk *walk)
{
    struct nf_span text = walk->text;
    enum nf_outcome outcome = NF_WALK_DONE;
    walk->gap = true;
    struct end end = to_blocks(walk);
    for (size_t at = take_all(&end, text, walk->readable, 0); at < text.len; at = take_all(&end, text, walk->readable, at)) {
        struct step step = {.at = at, .len = text.len - at < 64 ? text.len - at : 64, .end = end};
        outcome = walk_closely(walk, &step);
        end = step.end;
        at += step.len;
        if (step.stuck_to && outcome == NF_WALK_DONE)
            outcome = walk_stuck(walk, &step, &at, &end);
        if (outcome != NF_WALK_DONE)
            break;
    }
    to_chars(walk, &end);
    return outcome;
}
#endif

#endif
